/** A bot that is made with the real telegraf. */
import { Input, Markup, Telegraf } from "telegraf";
import { fmt, join, pre } from "telegraf/format";
import { expect, onTestFinished, test } from "vitest";
import { aTwin, soon } from "./testing/a-twin.ts";

test("telegraf's bot talks with people", async () => {
	const { twin } = await aTwin();
	const { ana } = twin.people;
	const bot = new Telegraf(twin.token, { telegram: { apiRoot: twin.url } });
	bot.command("status", (context) => context.reply(fmt`All is well.\n${pre("ts")`x < 1;`}`));
	bot.command("review", (context) =>
		context.reply("Land change-7?", Markup.inlineKeyboard([Markup.button.callback("Approve", "approve:7")])),
	);
	bot.action(/^approve:(.+)$/, async (context) => {
		await context.answerCbQuery("Approved.");
		await context.editMessageText(join(["change-7 is", "approved."], " "));
		await context.replyWithDocument(Input.fromBuffer(Buffer.from("+1\n-1\n"), "change-7.diff"), {
			caption: "The diff.",
		});
	});
	await bot.telegram.setMyCommands([{ command: "status", description: "How it is" }]);
	void bot.launch();
	onTestFinished(() => bot.stop());

	ana.says("/status");
	await expect.poll(() => twin.chat("ana"), soon).toContain("All is well.");
	ana.says("/review");
	await expect.poll(() => twin.chat("ana"), soon).toContain("[Approve]");
	ana.presses("Approve");
	await expect.poll(() => twin.chat("ana"), soon).toContain("change-7.diff");
	expect(twin.chat("ana")).toMatchInlineSnapshot(`
		"ana: /status
		bot: All is well.
		  \`\`\`ts
		  x < 1;
		  \`\`\`
		ana: /review
		bot (edited): change-7 is approved.
		ana presses [Approve]
		bot whispers: Approved.
		bot sends change-7.diff (6 bytes): The diff."
	`);
	expect(twin.documents("ana")).toMatchObject([{ text: "+1\n-1\n" }]);
	expect(twin.commands).toEqual([{ command: "status", description: "How it is" }]);
	expect(twin.faults).toEqual([]);
});

test("telegraf tells what the API refuses, and how long to wait", async () => {
	const { twin } = await aTwin();
	const { telegram } = new Telegraf(twin.token, { telegram: { apiRoot: twin.url } });
	await expect(telegram.sendMessage(4711, "x")).rejects.toMatchObject({
		response: { error_code: 400, description: "Bad Request: chat not found" },
	});
	twin.goWrong({ kind: "status", status: 429, retryAfterS: 7 });
	await expect(telegram.getMe()).rejects.toMatchObject({ parameters: { retry_after: 7 } });
	twin.passTime(7_000);
	twin.goWrong({ kind: "html" });
	await expect(telegram.getMe()).rejects.toThrow("502: Bad Gateway");
	twin.goWrong({ kind: "html", status: 200 });
	await expect(telegram.getMe()).rejects.toThrow(/JSON/);
	twin.goWrong({ kind: "cut" });
	await expect(telegram.getMe()).rejects.toThrow(/socket hang up/);
	expect(await telegram.getMe()).toMatchObject({ username: "shopfloor_bot", is_bot: true });
	expect(twin.faults).toEqual([]);
});
