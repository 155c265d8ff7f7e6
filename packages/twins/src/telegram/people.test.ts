/** What a bot hears of the people, and what they see of the bot. */
import { expect, test } from "vitest";
import { aTwin, type Said } from "./testing/a-twin.ts";

test("a conversation reads like a chat", async () => {
	const { twin, api } = await aTwin({ people: { ana: {} } });
	const { ana } = twin.people;
	ana.says("/start");
	const buttons = [
		[
			{ text: "Approve", callback_data: "y" },
			{ text: "Reject", callback_data: "n" },
		],
		[{ text: "Log", url: "https://x.test" }],
	];
	const sent = await api("sendMessage", {
		chat_id: 4711,
		text: "  Land it?\nchange-7 🦉 by ralph-1\n",
		entities: [
			{ type: "bold", offset: 2, length: 8 },
			{ type: "code", offset: 11, length: 8 },
		],
		reply_markup: { inline_keyboard: buttons },
	});
	const press = ana.presses("Approve");
	await api("answerCallbackQuery", { callback_query_id: press, text: "Approved." });
	const { message_id } = sent.result as { message_id: number };
	expect(twin.chat("ana")).toMatchInlineSnapshot(`
		"ana: /start
		bot: **Land it?**
		  \`change-7\` 🦉 by ralph-1
		  [Approve] [Reject]
		  [Log]
		ana presses [Approve]
		bot whispers: Approved."
	`);
	await api("editMessageText", { chat_id: 4711, message_id, text: "Landed: change-7." });
	await api("sendMessage", { chat_id: 4711, text: "Good night.", disable_notification: true });
	const form = new FormData();
	form.set("chat_id", "4711");
	form.set("caption", "What it changes.");
	form.set("document", new Blob(["+one\r\n--x\n"]), "change-7.diff");
	await fetch(`${twin.url}/bot${twin.token}/sendDocument`, { method: "POST", body: form });
	expect(twin.chat("ana")).toMatchInlineSnapshot(`
		"ana: /start
		bot (edited): Landed: change-7.
		ana presses [Approve]
		bot whispers: Approved.
		bot (silently): Good night.
		bot sends change-7.diff (10 bytes): What it changes."
	`);
	expect(twin.documents("ana")).toEqual([
		{ name: "change-7.diff", text: "+one\r\n--x\n", caption: "What it changes." },
	]);
	expect(twin.faults).toEqual([]);
});

test("commands are marked, wherever they stand", async () => {
	const { twin, api } = await aTwin();
	twin.people.ana.says("/task@shopfloor_bot a/b and /x");
	expect(await heard(api)).toMatchObject([
		{
			message: {
				chat: { id: 4711, type: "private" },
				from: { id: 4711, username: "ana", is_bot: false },
				entities: [
					{ type: "bot_command", offset: 0, length: 19 },
					{ type: "bot_command", offset: 28, length: 2 },
				],
			},
		},
	]);
});

test("groups, channels, anonymous administrators, what is forwarded, edited or asked inline, and old", async () => {
	const { twin, api } = await aTwin({ nowMs: () => 10_000_000, people: { ana: {}, max: { id: 99 } } });
	const { ana } = twin.people;
	ana.says("One.", { in: "team" });
	ana.says("Two.", { in: "team", anonymously: true });
	twin.posts("news", "Three.");
	const four = ana.says("Four.");
	ana.edits(four, "/four");
	ana.forwards("/five", "max");
	ana.asksInline("six");
	ana.says("Seven.", { agoMs: 3_600_000, replyTo: four });
	expect(await heard(api)).toMatchObject([
		{ message: { text: "One.", chat: { type: "supergroup", title: "team" }, from: { id: 4711 } } },
		{ message: { from: { username: "GroupAnonymousBot" }, sender_chat: { title: "team" } } },
		{ channel_post: { chat: { type: "channel" }, sender_chat: { title: "news" } } },
		{ message: { text: "Four." } },
		{ edited_message: { text: "/four", edit_date: 10_000, entities: [{ type: "bot_command" }] } },
		{ message: { text: "/five", forward_origin: { type: "user", sender_user: { id: 99 } }, forward_date: 10_000 } },
		{ inline_query: { query: "six", from: { id: 4711 } } },
		{ message: { text: "Seven.", date: 6_400, reply_to_message: { message_id: four } } },
	]);
	expect([twin.chat("team"), twin.chat("news"), twin.chat("ana")].join("\n\n")).toMatchInlineSnapshot(`
		"ana: One.
		anonymous admin: Two.

		news: Three.

		ana (edited): /four
		ana forwards max: /five
		ana: Seven."
	`);
});

test("two people may have one name, one after the other", async () => {
	const { twin, api } = await aTwin({ people: { ana: {}, mallory: { username: "ana" } } });
	twin.people.mallory.says("/stop");
	expect(await heard(api)).toMatchObject([{ message: { from: { id: 4712, username: "ana", first_name: "mallory" } } }]);
});

test("a button can be pressed while it is shown", async () => {
	const { twin, api } = await aTwin();
	const { ana } = twin.people;
	ana.says("Hello.");
	expect(() => ana.presses("Go")).toThrow("ana sees no button [Go] to press; there is nothing to press.");
	const keyboard = (text: string, data: string) => ({ inline_keyboard: [[{ text, callback_data: data }]] });
	const ask = { chat_id: 4711, text: "Go?", reply_markup: keyboard("Go", "first") };
	const { message_id } = (await api("sendMessage", ask)).result as { message_id: number };
	await api("sendMessage", { ...ask, reply_markup: keyboard("Go", "second") });
	ana.presses("Go");
	ana.presses("Go", { of: message_id });
	await api("editMessageReplyMarkup", { chat_id: 4711, message_id });
	expect(() => ana.presses("Go", { of: message_id })).toThrow("no button");
	expect(() => ana.presses("Stop")).toThrow("there is [Go].");
	ana.forges("third");
	const presses = (await heard(api)).slice(1);
	expect(presses.map(({ callback_query }) => callback_query)).toMatchObject([
		{ data: "second", from: { id: 4711 }, message: { text: "Go?" } },
		{ data: "first", message: { message_id } },
		{ data: "third" },
	]);
});

test("a press is answered once, and soon", async () => {
	const { twin, api } = await aTwin();
	const { ana } = twin.people;
	ana.says("Hello.");
	const reply_markup = { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] };
	await api("sendMessage", { chat_id: 4711, text: "Go?", reply_markup });
	const first = ana.presses("Go");
	const answer = (callback_query_id: string) =>
		api("answerCallbackQuery", { callback_query_id, text: "Gone.", show_alert: true });
	expect(await answer(first)).toMatchObject({ ok: true });
	expect(await answer(first)).toMatchObject({ status: 400 });
	const second = ana.presses("Go");
	twin.passTime(61_000);
	expect(await answer(second)).toMatchObject({ status: 400, result: expect.stringContaining("query is too old") });
	expect(twin.chat("ana")).toMatchInlineSnapshot(`
		"ana: Hello.
		bot: Go?
		  [Go]
		ana presses [Go]
		bot alerts: Gone.
		ana presses [Go]"
	`);
});

test("an edit must change something, and takes buttons away that it does not name", async () => {
	const { twin, api } = await aTwin();
	twin.people.ana.says("Hello.");
	const reply_markup = { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] };
	const sent = await api("sendMessage", { chat_id: 4711, text: "Go?", reply_markup });
	const { message_id } = sent.result as { message_id: number };
	const edit = (text: string, more = {}) => api("editMessageText", { chat_id: 4711, message_id, text, ...more });
	expect(await edit("Go? ", { reply_markup })).toMatchObject({
		status: 400,
		result: expect.stringMatching(/^Bad Request: message is not modified: specified new message content/),
	});
	expect(await edit("Go?")).toMatchObject({ ok: true, result: { edit_date: expect.any(Number) } });
	expect(twin.chat("ana")).toBe("ana: Hello.\nbot (edited): Go?");
	expect(await edit("Go?")).toMatchObject({ status: 400 });
	expect(twin.faults).toEqual([]);
});

test("whoever blocks the bot is not reached", async () => {
	const { twin, api } = await aTwin();
	const { ana } = twin.people;
	ana.says("Hello.");
	ana.blocks();
	expect(await api("sendMessage", { chat_id: 4711, text: "x" })).toMatchObject({ status: 403 });
	ana.unblocks();
	expect(await api("sendMessage", { chat_id: 4711, text: "x" })).toMatchObject({ ok: true });
	expect((await heard(api)).slice(1)).toMatchObject([
		{ my_chat_member: { new_chat_member: { status: "kicked" } } },
		{ my_chat_member: { new_chat_member: { status: "member" } } },
	]);
});

test("a person's file can be fetched", async () => {
	const { twin, api } = await aTwin();
	twin.people.ana.sendsDocument({ name: "idea.md", content: "An idea.", caption: "Look." });
	expect(twin.chat("ana")).toBe("ana sends idea.md (8 bytes): Look.");
	const [update = {}] = await heard(api);
	const { document } = update["message"] as { document: { file_id: string } };
	const { file_path } = (await api("getFile", { file_id: document.file_id })).result as { file_path: string };
	const file = await fetch(`${twin.url}/file/bot${twin.token}/${file_path}`);
	expect(await file.text()).toBe("An idea.");
});

async function heard(api: (method: string) => Promise<Said>): Promise<Record<string, unknown>[]> {
	return (await api("getUpdates")).result as Record<string, unknown>[];
}
