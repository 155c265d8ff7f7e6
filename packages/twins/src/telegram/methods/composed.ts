/** What a request wants to say: the words and the buttons. */

import type { Call } from "../call.ts";
import { readText } from "../formatted.ts";
import { readKeyboard } from "../keyboard.ts";
import { faulty, type Refused } from "../reply.ts";
import type { Entity, Keyboard } from "../wire.ts";
import type { World } from "../world.ts";

export interface Composed {
	readonly kind: "composed";
	/** Empty only where it may be. */
	readonly text: string;
	readonly entities: readonly Entity[];
	readonly keyboard: Keyboard | undefined;
}

export function composedText(world: World, call: Call): Composed | Refused {
	const { text = "" } = call.args;
	if (text === "") return faulty("Message text is empty");
	const composed = composedOf(world, call, text, call.args["entities"]);
	if (composed.kind === "refused") return composed;
	if (composed.text === "") return faulty("Message must be non-empty");
	return composed.text.length > textUnitsMax ? faulty("Message is too long") : composed;
}

export function composedCaption(world: World, call: Call): Composed | Refused {
	const { caption = "" } = call.args;
	const composed = composedOf(world, call, caption, call.args["caption_entities"]);
	if (composed.kind === "refused") return composed;
	return composed.text.length > captionUnitsMax ? faulty("Message caption is too long") : composed;
}

/** In UTF-16 units, which are never fewer than what the API counts. */
const textUnitsMax = 4096;
const captionUnitsMax = 1024;

function composedOf(world: World, { method, args }: Call, text: string, entities: string | undefined) {
	// Only entities are played; the API's own word for a mode that it does not know.
	if (text !== "" && (args["parse_mode"] ?? "") !== "") return faulty("Unsupported parse_mode");
	const read = readText(text, entities);
	if (read.kind === "refused") return faulty(read.why);
	const buttons = readKeyboard(args["reply_markup"]);
	if (buttons.kind === "refused") return faulty(buttons.why);
	for (const what of [...read.overlooked, ...buttons.overlooked]) world.fault(method, what);
	return { kind: "composed" as const, text: read.text, entities: read.entities, keyboard: buttons.keyboard };
}
