/** A text and its entities, as the API takes them and as it leaves them. */
import { z } from "zod";
import { isMissing } from "../serve/is-missing.ts";
import { parsed } from "./call.ts";
import type { Entity } from "./wire.ts";

export type ReadText =
	| {
			readonly kind: "text";
			readonly text: string;
			readonly entities: readonly Entity[];
			/** What the API overlooks without a word, and the reader of the message will miss. */
			readonly overlooked: readonly string[];
	  }
	| { readonly kind: "refused"; readonly why: string };

/** `entities` is JSON. An empty text is for the caller to judge. */
export function readText(text: string, entities: string | undefined): ReadText {
	if (Buffer.byteLength(text) > textBytesMax) return { kind: "refused", why: "Text is too long" };
	const value = entities === undefined ? [] : parsed(entities);
	const overlooked: string[] = [];
	if (!Array.isArray(value)) overlooked.push("the entities are no array in JSON; the API sends the text without them");
	const list: Entity[] = [];
	for (const item of Array.isArray(value) ? value : []) {
		const read = GivenEntity.safeParse(item);
		if (!read.success) return { kind: "refused", why: `Can't parse MessageEntity: ${shapeFault(read.error, item)}` };
		if (!knownTypes.has(read.data.type)) {
			return { kind: "refused", why: "Can't parse MessageEntity: Unsupported type specified" };
		}
		// What the API finds by itself is overlooked by design: such entities come back with every message.
		if (!foundTypes.has(read.data.type)) list.push(read.data);
	}
	if (list.length > entitiesMax) overlooked.push(`only the first ${entitiesMax} entities are shown`);
	const why = rangeFault(text, list);
	if (why !== undefined) return { kind: "refused", why };
	return { kind: "text", ...trimmed(cleaned(text, list.slice(0, entitiesMax))), overlooked };
}

/** Of the API, before it looks closer. */
const textBytesMax = 32_768;
const entitiesMax = 100;

const made = ["bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link", "text_mention"];
const foundTypes = new Set([
	"mention",
	"hashtag",
	"cashtag",
	"bot_command",
	"url",
	"email",
	"phone_number",
	"bank_card_number",
]);
const knownTypes = new Set([...made, "custom_emoji", "blockquote", "expandable_blockquote", ...foundTypes]);

const GivenEntity = z.looseObject({
	offset: z.int(),
	length: z.int(),
	type: z.string(),
	url: z.string().optional(),
	language: z.string().optional(),
});

function shapeFault(error: z.ZodError, item: unknown): string {
	const [issue] = error.issues;
	const [field] = issue?.path ?? [];
	if (field === undefined) return "expected an Object";
	if (isMissing(item, [field])) return `Can't find field "${String(field)}"`;
	return `Field "${String(field)}" must be of type ${field === "offset" || field === "length" ? "Number" : "String"}`;
}

/** Farther than any text reaches. */
const offsetMax = 1_000_000;

function rangeFault(text: string, entities: readonly Entity[]): string | undefined {
	for (const { offset, length } of entities) {
		if (offset < 0 || offset > offsetMax) return `Receive an entity with incorrect offset ${offset}`;
		if (length < 0 || length > offsetMax) return `Receive an entity with incorrect length ${length}`;
		if (length === 0) continue;
		const end = offset + length;
		if (offset > text.length) return `Entity begins after the end of the text at UTF-16 offset ${offset}`;
		const beginning = `Entity beginning at UTF-16 offset ${offset}`;
		if (end > text.length) return `${beginning} ends after the end of the text at UTF-16 offset ${end}`;
		if (isInsideSymbol(text, offset)) {
			return `Entity begins in a middle of a UTF-16 symbol at byte offset ${bytesTo(text, offset)}`;
		}
		if (isInsideSymbol(text, end)) {
			return `${beginning} ends in a middle of a UTF-16 symbol at byte offset ${bytesTo(text, end)}`;
		}
	}
	return undefined;
}

function isInsideSymbol(text: string, at: number): boolean {
	return /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));
}

/** The API names the byte after the symbol. */
function bytesTo(text: string, at: number): number {
	return Buffer.byteLength(text.slice(0, at + 1));
}

interface Formatted {
	readonly text: string;
	readonly entities: readonly Entity[];
}

/** Control characters become spaces; carriage returns and marks of direction are gone. */
function cleaned(text: string, entities: readonly Entity[]): Formatted {
	let kept = "";
	/** Where each unit of the old text stands in the new one. */
	const places: number[] = [];
	for (const unit of text.split("")) {
		places.push(kept.length);
		if (/[\r\u2028-\u202E]/.test(unit)) continue;
		kept += unit < " " && unit !== "\n" ? " " : unit;
	}
	places.push(kept.length);
	const moved = entities.map((entity) => {
		const offset = places[entity.offset] ?? kept.length;
		return { ...entity, offset, length: (places[entity.offset + entity.length] ?? kept.length) - offset };
	});
	return { text: kept, entities: moved };
}

/** Blank space at the ends of the text goes, and at the beginning of an entity; so does an entity of nothing else. */
function trimmed({ text, entities }: Formatted): Formatted {
	const end = text.replace(/[ \n]+$/, "").length;
	const start = Math.min(blankAt(text), end);
	const moved = entities.flatMap((entity) => {
		const covered = text.slice(entity.offset, Math.min(entity.offset + entity.length, end));
		const blank = blankAt(covered);
		if (blank === covered.length) return [];
		return [{ ...entity, offset: entity.offset + blank - start, length: covered.length - blank }];
	});
	return { text: text.slice(start, end), entities: moved };
}

function blankAt(text: string): number {
	return /^[ \n]*/.exec(text)?.[0].length ?? 0;
}

/** What the API finds in a text by itself, as far as a bot needs it. */
export function foundIn(text: string): Entity[] {
	return [...text.matchAll(/(?<![\w/])\/\w{1,64}(?:@\w{3,32})?(?!\w)/g)].map((found) => ({
		type: "bot_command",
		offset: found.index,
		length: found[0].length,
	}));
}
