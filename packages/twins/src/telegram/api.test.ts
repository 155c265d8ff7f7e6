/** The server as a bot without any library sees it. */
import { describe, expect, test } from "vitest";
import { aTwin, saidIn, soon, type Twinned } from "./testing/a-twin.ts";

describe("what it refuses", () => {
	const to = { chat_id: 4711 };
	const button = (more: object) => ({ reply_markup: { inline_keyboard: [[{ text: "Go", ...more }]] } });
	const entity = (more: object) => ({ entities: [{ type: "bold", offset: 0, length: 1, ...more }] });

	const faults: [method: string, args: object, why: string][] = [
		["sendMessage", { text: "x" }, "Bad Request: chat_id is empty"],
		["sendMessage", to, "Bad Request: message text is empty"],
		["sendMessage", { ...to, text: " \n " }, "Bad Request: message must be non-empty"],
		["sendMessage", { ...to, text: "x".repeat(4097) }, "Bad Request: message is too long"],
		["sendMessage", { ...to, text: "*x*", parse_mode: "Markdown" }, "Bad Request: unsupported parse_mode"],
		[
			"sendMessage",
			{ ...to, text: "x", reply_markup: "{" },
			"Bad Request: can't parse reply keyboard markup JSON object",
		],
		["sendMessage", { ...to, text: "x", reply_markup: [] }, "Bad Request: object expected as reply markup"],
		[
			"sendMessage",
			{ ...to, text: "x", reply_markup: { inline_keyboard: {} } },
			'Bad Request: field "inline_keyboard" must be of type Array',
		],
		[
			"sendMessage",
			{ ...to, text: "x", reply_markup: { inline_keyboard: [{ text: "Go" }] } },
			'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
		],
		[
			"sendMessage",
			{ ...to, text: "x", ...button({ text: true }) },
			'Bad Request: can\'t parse inline keyboard button: Field "text" must be of type String',
		],
		[
			"sendMessage",
			{ ...to, text: "x", ...button({}) },
			"Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
		],
		[
			"sendMessage",
			{ ...to, text: "x", ...button({ callback_data: "é".repeat(33) }) },
			"Bad Request: BUTTON_DATA_INVALID",
		],
		[
			"sendMessage",
			{ ...to, text: "x", ...entity({ type: undefined }) },
			"Bad Request: can't parse MessageEntity: Can't find field \"type\"",
		],
		[
			"sendMessage",
			{ ...to, text: "x", ...entity({ type: "huge" }) },
			"Bad Request: can't parse MessageEntity: Unsupported type specified",
		],
		[
			"sendMessage",
			{ ...to, text: "x", ...entity({ length: 2 }) },
			"Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
		],
		["editMessageText", { text: "x" }, "Bad Request: message identifier is not specified"],
		["editMessageText", { ...to, message_id: 1, text: "x" }, "Bad Request: message can't be edited"],
		["sendDocument", to, "Bad Request: there is no document in the request"],
		["sendChatAction", { ...to, action: "dance" }, "Bad Request: wrong parameter action in request"],
		["setMyCommands", { commands: [{ command: "Status", description: "x" }] }, "Bad Request: BOT_COMMAND_INVALID"],
		[
			"setMyCommands",
			{ commands: [{ command: "a" }] },
			"Bad Request: can't parse BotCommand: Can't find field \"description\"",
		],
		["answerCallbackQuery", { callback_query_id: "1", text: "x".repeat(201) }, "Bad Request: MESSAGE_TOO_LONG"],
	];

	test.each(faults.map(([method, args, why]) => ({ method, args, why })))("$method: $why", async (row) => {
		const { method, args, why } = row;
		const { twin, api } = await aTwin();
		twin.people.ana.says("Hello.");
		expect(await api(method, args)).toMatchObject({ status: 400, result: why });
		expect(twin.faults).toEqual([{ kind: "protocol", message: why, path: method }]);
		expect(twin.chat("ana")).toBe("ana: Hello.");
	});

	test.each<[method: string, args: object, status: number, why: string]>([
		["sendMessage", { chat_id: 1, text: "x" }, 400, "Bad Request: chat not found"],
		["sendMessage", { chat_id: 4711, text: "x" }, 400, "Bad Request: chat not found"],
		["sendMessage", { chat_id: 4712, text: "x" }, 403, "Forbidden: bot was blocked by the user"],
		["sendMessage", { chat_id: 4713, text: "x" }, 403, "Forbidden: bot can't initiate conversation with a user"],
		["editMessageText", { chat_id: 4714, message_id: 99, text: "x" }, 400, "Bad Request: message to edit not found"],
		[
			"sendMessage",
			{ chat_id: 4714, text: "x", reply_parameters: { message_id: 99 } },
			400,
			"Bad Request: message to be replied not found",
		],
		[
			"answerCallbackQuery",
			{ callback_query_id: "old" },
			400,
			"Bad Request: query is too old and response timeout expired or query ID is invalid",
		],
		["getFile", { file_id: "x" }, 400, "Bad Request: wrong file_id or the file is temporarily unavailable"],
	])("%s %j is nobody's fault", async (method, args, status, why) => {
		const { twin, api } = await aTwin({ people: { ana: {}, max: {}, eve: {}, kim: {} } });
		const { max, eve, kim } = twin.people;
		max.says("Hello.");
		max.blocks();
		eve.says("Hello.", { in: "team" });
		kim.says("Hello.");
		expect(await api(method, args)).toMatchObject({ status, result: why });
		expect(twin.faults).toEqual([]);
	});

	test("what the API overlooks without a word is a fault all the same", async () => {
		const { twin, api } = await aTwin();
		twin.people.ana.says("Hello.");
		const buttons = { inline_keyboard: [[{ text: "", callback_data: "x" }]] };
		await api("sendMessage", { chat_id: 4711, text: "x", entities: "bold", reply_markup: buttons });
		await api("getUpdates", { allowed_updates: ["messages"] });
		expect(twin.faults.map(({ message }) => message)).toEqual([
			"the entities are no array in JSON; the API sends the text without them",
			"a button without text is not shown, nor is one beyond 8 in a row",
			"allowed_updates has kinds that there are not: messages",
		]);
		expect(twin.chat("ana")).toBe("ana: Hello.\nbot: x");
	});

	test("a wrong token, another method, another address, and more than there may be", async () => {
		const { twin, api } = await aTwin();
		const at = async (path: string, init?: RequestInit) => saidIn(await fetch(twin.url + path, init));
		expect(await at("/bot4242:other/getMe")).toMatchObject({ status: 401, result: "Unauthorized" });
		expect(twin.faults).toEqual([]);
		expect(await api("sendDance")).toMatchObject({ status: 404, result: "Not Found: method not found" });
		expect(await at("/status")).toMatchObject({ status: 404, result: "Not Found" });
		const much = { method: "POST", body: Buffer.alloc(52 * 1024 * 1024) };
		expect(await at(`/bot${twin.token}/sendDocument`, much)).toMatchObject({ status: 413 });
		expect(twin.faults).toHaveLength(3);
		expect(JSON.stringify([twin.calls, twin.faults])).not.toContain(twin.token);
	});
});

test("arguments may come in the address, as a form, and as JSON, and what is unknown does not matter", async () => {
	const { twin, api } = await aTwin();
	twin.people.ana.says("Hello.");
	const address = `${twin.url}/bot${twin.token}/SENDMESSAGE`;
	await fetch(`${address}?chat_id=4711&text=One.`);
	await fetch(address, { method: "POST", body: new URLSearchParams({ chat_id: "4711", text: "Two." }) });
	const form = new FormData();
	form.set("chat_id", "4711");
	form.set("text", "Three.");
	await fetch(address, { method: "POST", body: form });
	await api("sendMessage", { chat_id: "4711", text: "Four.", no_such_thing: { a: 1 } });
	expect(twin.chat("ana")).toBe("ana: Hello.\nbot: One.\nbot: Two.\nbot: Three.\nbot: Four.");
	expect(twin.faults).toEqual([]);
});

describe("updates", () => {
	test("come until they are confirmed", async () => {
		const { twin, api } = await aTwin();
		twin.people.ana.says("One.");
		twin.people.ana.says("Two.");
		const first = idsIn(await api("getUpdates", { limit: 1 }));
		expect(first).toHaveLength(1);
		expect(idsIn(await api("getUpdates"))).toEqual([first[0], Number(first[0]) + 1]);
		expect(twin.pending).toBe(2);
		expect(idsIn(await api("getUpdates", { offset: Number(first[0]) + 1 }))).toEqual([Number(first[0]) + 1]);
		twin.people.ana.says("Three.");
		expect(idsIn(await api("getUpdates", { offset: -1 }))).toEqual([Number(first[0]) + 2]);
		expect(twin.pending).toBe(1);
		expect(await api("deleteWebhook", { drop_pending_updates: true })).toMatchObject({ result: true });
		expect(twin.pending).toBe(0);
	});

	test("are waited for", async () => {
		const { twin, api } = await aTwin();
		const polled = api("getUpdates", { timeout: 50 });
		await expect.poll(() => twin.calls.length, soon).toBe(1);
		twin.people.ana.says("One.");
		twin.people.ana.says("Two.");
		expect(idsIn(await polled)).toHaveLength(2);
	});

	test("nothing came for as long as was waited", async () => {
		const { twin, api } = await aTwin();
		const polled = api("getUpdates", { timeout: 50 });
		await expect.poll(() => twin.calls.length, soon).toBe(1);
		twin.passTime(50_000);
		expect(idsIn(await polled)).toEqual([]);
	});

	test("who waits is ended by the next one who does", async () => {
		const { twin, api } = await aTwin();
		const first = api("getUpdates", { timeout: 50 });
		await expect.poll(() => twin.calls.length, soon).toBe(1);
		const second = api("getUpdates", { timeout: 50 });
		expect(await first).toMatchObject({
			status: 409,
			result: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
		});
		expect(idsIn(await api("getUpdates"))).toEqual([]);
		twin.people.ana.says("One.");
		expect(idsIn(await second)).toHaveLength(1);
	});

	test("are not lost on one who left", async () => {
		const { twin, api } = await aTwin();
		const leaving = new AbortController();
		const left = api("getUpdates", { timeout: 50 }, leaving.signal);
		await expect.poll(() => twin.calls.length, soon).toBe(1);
		leaving.abort();
		await expect(left).rejects.toThrow();
		twin.people.ana.says("One.");
		expect(idsIn(await api("getUpdates", { timeout: 50 }))).toHaveLength(1);
	});

	test("are those that were asked for, and none that waited for more than a day", async () => {
		const { twin, api } = await aTwin();
		await api("getUpdates", { allowed_updates: ["channel_post"] });
		twin.people.ana.says("One.");
		twin.posts("news", "Two.");
		expect((await api("getUpdates")).result).toMatchObject([{ channel_post: { text: "Two." } }]);
		twin.passTime(24 * 3_600_000 + 1);
		expect(idsIn(await api("getUpdates"))).toEqual([]);
	});
});

describe("limits", () => {
	const still = { nowMs: () => 1_000_000 };

	test("one message a second in a chat, after some at once; the next chat is free", async () => {
		const { twin, api } = await aTwin({ people: { ana: {}, max: {} }, limits: { chatBurst: 2 }, ...still });
		const { ana, max } = twin.people;
		ana.says("Hello.");
		max.says("Hello.");
		const say = (text: string, chat_id = 4711) => api("sendMessage", { chat_id, text });
		await say("One.");
		await say("Two.");
		expect(await say("Three.")).toMatchObject({
			status: 429,
			result: "Too Many Requests: retry after 1",
			retryAfterS: 1,
		});
		expect(await say("One.", 4712)).toMatchObject({ ok: true });
		twin.passTime(1_000);
		expect(await say("Three.")).toMatchObject({ ok: true });
		expect(twin.faults).toEqual([]);
	});

	test("who does not wait is told so again, and to the test", async () => {
		const { twin, api } = await aTwin({ limits: { chatBurst: 1, chatEveryMs: 3_000 }, ...still });
		twin.people.ana.says("Hello.");
		const say = (text: string) => api("sendMessage", { chat_id: 4711, text });
		await say("One.");
		expect(await say("Two.")).toMatchObject({ retryAfterS: 3 });
		twin.passTime(1_000);
		expect(await say("Two.")).toMatchObject({ retryAfterS: 2 });
		expect(twin.faults.map(({ message }) => message)).toEqual([
			"what is for chat 4711 asked again 2000 ms before retry_after was over",
		]);
	});

	test("20 a minute in a group, 30 a second over all", async () => {
		const { twin, api } = await aTwin({ people: { ana: {}, max: {} }, ...still });
		const { ana, max } = twin.people;
		ana.says("Hello.", { in: "team" });
		ana.says("Hello.");
		max.says("Hello.");
		const team = twin.messages("team")[0]?.chat.id;
		const say = (chat_id: number | undefined) => api("sendMessage", { chat_id, text: "x" });
		for (let at = 0; at < 20; at++) expect(await say(team)).toMatchObject({ ok: true });
		expect(await say(team)).toMatchObject({ retryAfterS: 3 });
		for (let at = 0; at < 10; at++) expect(await say(4711)).toMatchObject({ ok: true });
		expect(await say(4712)).toMatchObject({ status: 429 });
		twin.passTime(3_000);
		expect(await say(team)).toMatchObject({ ok: true });
	});
});

describe("what goes wrong on purpose", () => {
	const said = { chat_id: 4711, text: "Said." };

	async function ill(): Promise<Twinned<"ana">> {
		const twinned = await aTwin();
		twinned.twin.people.ana.says("Hello.");
		return twinned;
	}

	test("a status, for one method, as often as is said", async () => {
		const { twin, api } = await ill();
		const wrong = twin.goWrong({ kind: "status", status: 500, on: "sendMessage", times: 2 });
		expect(await api("getMe")).toMatchObject({ ok: true });
		expect(await api("sendMessage", said)).toMatchObject({ status: 500, result: "Internal Server Error" });
		expect(await api("sendMessage", said)).toMatchObject({ status: 500 });
		expect(await api("sendMessage", said)).toMatchObject({ ok: true });
		expect([wrong.met, twin.chat("ana")]).toEqual([2, "ana: Hello.\nbot: Said."]);
	});

	test("429, and who does not wait is at fault", async () => {
		const { twin, api } = await ill();
		twin.goWrong({ kind: "status", status: 429, retryAfterS: 30, on: "getUpdates" });
		expect(await api("getUpdates")).toMatchObject({ status: 429, retryAfterS: 30 });
		expect(await api("getUpdates")).toMatchObject({ status: 429 });
		expect(twin.faults).toHaveLength(1);
	});

	test("until it is ended", async () => {
		const { twin, api } = await ill();
		const wrong = twin.goWrong({ kind: "status", status: 409, times: Number.POSITIVE_INFINITY });
		for (let at = 0; at < 3; at++) expect(await api("getUpdates")).toMatchObject({ status: 409 });
		wrong.end();
		expect(await api("getUpdates")).toMatchObject({ ok: true });
	});

	test("a page of something in between", async () => {
		const { twin } = await ill();
		twin.goWrong({ kind: "html" });
		const answer = await fetch(`${twin.url}/bot${twin.token}/getMe`);
		expect([answer.status, answer.headers.get("content-type")]).toEqual([502, "text/html"]);
	});

	test.each(["before-effect", "after-effect"] as const)("the line is cut %s", async (at) => {
		const { twin, api } = await ill();
		twin.goWrong({ kind: "cut", at });
		await expect(api("sendMessage", said)).rejects.toThrow();
		expect(twin.chat("ana")).toBe(at === "after-effect" ? "ana: Hello.\nbot: Said." : "ana: Hello.");
		expect(twin.calls).toMatchObject([{ method: "sendMessage", status: 0 }]);
	});

	test("no answer, and the twin goes on", async () => {
		const { twin, api } = await ill();
		const wrong = twin.goWrong({ kind: "hang", at: "after-effect" });
		const leaving = new AbortController();
		const hanging = api("sendMessage", said, leaving.signal);
		await expect.poll(() => twin.chat("ana"), soon).toContain("Said.");
		expect([wrong.met, (await api("getMe")).ok]).toEqual([1, true]);
		leaving.abort();
		await expect(hanging).rejects.toThrow();
	});

	test("a late answer, and what was asked is done then", async () => {
		const { twin, api } = await ill();
		const wrong = twin.goWrong({ kind: "slow", ms: 60_000, on: "sendMessage" });
		const leaving = new AbortController();
		const late = api("sendMessage", said, leaving.signal);
		await expect.poll(() => wrong.met, soon).toBe(1);
		expect([(await api("getMe")).ok, twin.chat("ana")]).toEqual([true, "ana: Hello."]);
		leaving.abort();
		await expect(late).rejects.toThrow();
		twin.goWrong({ kind: "slow", ms: 1 });
		expect(await api("sendMessage", said)).toMatchObject({ ok: true });
	});
});

function idsIn({ result }: { result: unknown }): number[] {
	return (result as { update_id: number }[]).map(({ update_id }) => update_id);
}
