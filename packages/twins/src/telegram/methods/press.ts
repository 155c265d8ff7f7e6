/** answerCallbackQuery: the word to whoever pressed a button. */
import type { Call } from "../call.ts";
import { faulty, granted, inVain, type Reply } from "../reply.ts";
import type { World } from "../world.ts";
import { isTrue } from "./send.ts";

export function answerCallbackQuery(world: World, { args }: Call): Reply {
	const { callback_query_id = "", text = "", show_alert } = args;
	if (text.length > answerUnitsMax) return faulty("MESSAGE_TOO_LONG");
	const press = world.presses.get(callback_query_id);
	if (press === undefined || press.isAnswered || world.nowMs() - press.atMs > answerableMs) {
		return inVain("query is too old and response timeout expired or query ID is invalid");
	}
	press.isAnswered = true;
	if (text !== "") world.tell(press.chat, { kind: "answer", text, isAlert: isTrue(show_alert) });
	return granted(true);
}

const answerUnitsMax = 200;
/** The API names no number; people saw some 15 seconds. Longer, so that a slow machine is no reason. */
const answerableMs = 60_000;
