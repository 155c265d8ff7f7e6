/** getUpdates and deleteWebhook. */
import { type Call, parsed } from "../call.ts";
import { granted, type Reply } from "../reply.ts";
import { usualWords } from "../trouble.ts";
import type { World } from "../world.ts";
import { isTrue } from "./send.ts";

export async function getUpdates(world: World, { method, args }: Call, left: AbortSignal): Promise<Reply> {
	if (args["allowed_updates"] !== undefined) allow(world, method, args["allowed_updates"]);
	const polled = await world.updates.poll(
		{
			offset: wholeNumber(args["offset"], 0),
			limit: clamped(wholeNumber(args["limit"], 100), 1, 100),
			timeoutMs: clamped(wholeNumber(args["timeout"], 0), 0, timeoutSMax) * 1_000,
		},
		left,
	);
	if (polled !== "terminated") return granted(polled);
	return { kind: "refused", status: 409, description: usualWords[409] ?? "", isFault: false };
}

export function deleteWebhook(world: World, { args }: Call): Reply {
	if (isTrue(args["drop_pending_updates"])) world.updates.drop();
	return granted(true, "Webhook is already deleted");
}

const timeoutSMax = 50;

/** The kinds that there are; those that a bot must ask for are not played. */
const kinds = new Set([
	...["message", "edited_message", "channel_post", "edited_channel_post"],
	...["callback_query", "inline_query", "chosen_inline_result", "my_chat_member", "chat_member"],
	...["poll", "poll_answer", "chat_join_request", "shipping_query", "pre_checkout_query"],
	...["message_reaction", "message_reaction_count", "chat_boost", "removed_chat_boost"],
	...["business_connection", "business_message", "edited_business_message", "deleted_business_messages"],
]);

function allow(world: World, method: string, json: string): void {
	const list = parsed(json);
	// The API keeps to what it was told before.
	if (!Array.isArray(list)) {
		world.fault(method, "allowed_updates is no array in JSON; the API overlooks it");
		return;
	}
	const unknown = list.filter((kind) => !kinds.has(String(kind)));
	if (unknown.length > 0) world.fault(method, `allowed_updates has kinds that there are not: ${unknown.join(", ")}`);
	world.updates.allow(list.length === 0 ? undefined : list.map(String));
}

/** What is no number is nothing, as to the API. */
function wholeNumber(text: string | undefined, otherwise: number): number {
	if (text === undefined || text === "") return otherwise;
	return /^-?\d+$/.test(text) ? Number(text) : 0;
}

function clamped(value: number, min: number, max: number): number {
	return Math.min(max, Math.max(min, value));
}
