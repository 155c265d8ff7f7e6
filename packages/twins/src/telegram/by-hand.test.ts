import { expect, onTestFinished, test } from "vitest";
import { telegramByHand } from "./by-hand.ts";

test("lines of the terminal are what people do, and what the bot says is printed", async () => {
	const printed: string[] = [];
	const served = await telegramByHand(["--people", "ana,max"], (line) => printed.push(line));
	if (served.kind === "refused") throw new Error(served.lines.join("\n"));
	const { twin, hear } = served;
	onTestFinished(() => twin.close());
	hear("max: /status");
	hear("what now?");
	hear("max presses Go");
	const body = JSON.stringify({
		chat_id: twin.people["max"]?.id,
		text: "Go?",
		reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] },
	});
	const headers = { "content-type": "application/json" };
	await fetch(`${twin.url}/bot${twin.token}/sendMessage`, { method: "POST", headers, body });
	hear("max presses Go");
	expect(twin.chat("max")).toBe("max: /status\nbot: Go?\n  [Go]\nmax presses [Go]");
	expect(printed.slice(1)).toEqual([
		expect.stringMatching(/^Write "ana: /),
		"max sees no button [Go] to press; there is nothing to press.",
		"max | bot: Go?\n  [Go]",
	]);
});

test.each([[["x"]], [["--port", "high"]], [["--people", ""]], [["--token", "x"]]])(
	"%j: how it is called",
	async (args) => {
		expect(await telegramByHand(args, () => undefined)).toEqual({
			kind: "refused",
			lines: [expect.stringMatching(/^Usage: main.js telegram/)],
		});
	},
);
