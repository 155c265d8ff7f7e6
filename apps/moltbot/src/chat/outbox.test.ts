import { fakeClock } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { Outbox } from "./outbox.ts";
import type { Chat, Outgoing, Told, Trouble } from "./port.ts";
import { rich } from "./rich.ts";

/** A messenger that takes what it is sent, or answers with the trouble that waits for it. */
function aLine(...trouble: Trouble[]) {
	const clock = fakeClock();
	const ended = new AbortController();
	onTestFinished(() => ended.abort());
	const sent: string[] = [];
	const take = async (to: number, { text: { text } }: Outgoing): Promise<Told<number>> => {
		const now = trouble.shift();
		if (now !== undefined) return { kind: "trouble", trouble: now };
		sent.push(`${to} ${text.length > 40 ? `${text.length} letters` : text}`);
		return { kind: "done", value: sent.length };
	};
	const chat: Pick<Chat, "send" | "edit"> = {
		send: take,
		edit: (to, message, next) => take(to, { ...next, text: rich(`edit ${message}: `, next.text) }),
	};
	return { clock, sent, ended, outbox: new Outbox(chat, clock, ended.signal) };
}

const words = (text: string): Outgoing => ({ text: rich(text) });
const withButton = (text: string): Outgoing => ({ ...words(text), buttons: [[{ label: "x", data: "x" }]] });

test("a chat gets what is sent to it in order, edits among it, and no other chat waits for that", async () => {
	const { clock, sent, outbox } = aLine({ kind: "wait", ms: 30_000 });
	const first = outbox.post(1, withButton("one"));
	void outbox.edit(1, 7, words("two"));
	const last = outbox.post(1, withButton("three"));
	await outbox.post(2, words("other"));
	expect(sent).toEqual(["2 other"]);
	await clock.advance(30_000);
	expect(await first).toEqual({ kind: "sent", message: 2 });
	expect(await last).toEqual({ kind: "sent", message: 4 });
	expect(sent).toEqual(["2 other", "1 one", "1 edit 7: two", "1 three"]);
});

test("five at once, then one a second", async () => {
	const { clock, sent, outbox } = aLine();
	for (let count = 1; count <= 8; count++) void outbox.post(1, withButton(String(count)));
	await clock.advance(0);
	expect(sent).toHaveLength(5);
	await clock.advance(1_000);
	expect(sent).toHaveLength(6);
	await clock.advance(2_000);
	expect(sent.at(-1)).toBe("1 8");
});

test("plain answers that have to wait come together, as far as a message reaches", async () => {
	const { clock, sent, outbox } = aLine({ kind: "unreachable", why: "" });
	const first = outbox.post(1, words("one"));
	await clock.advance(0);
	const posted = [first, ...["two", "three", "x".repeat(4_090)].map((text) => outbox.post(1, words(text)))];
	await clock.advance(10_000);
	expect(sent).toEqual(["1 one", "1 two\n\nthree", "1 4090 letters"]);
	expect(await Promise.all(posted)).toMatchObject([{ message: 1 }, { message: 2 }, { message: 2 }, { message: 3 }]);
});

test("what is refused is given up, and what follows goes on", async () => {
	const { sent, outbox } = aLine({ kind: "refused", why: "blocked" });
	expect(await outbox.post(1, words("one"))).toEqual({ kind: "refused", why: "blocked" });
	expect(await outbox.post(1, words("two"))).toEqual({ kind: "sent", message: 1 });
	expect(sent).toEqual(["1 two"]);
});

test("of more than there is room for, the oldest plain answers are dropped, and whoever posted them is told", async () => {
	const { clock, sent, outbox } = aLine({ kind: "wait", ms: 60_000 });
	void outbox.post(1, withButton("first"));
	const plain = outbox.post(1, words("plain"));
	const many = Array.from({ length: 199 }, (_, index) => outbox.post(1, withButton(`b${index}`)));
	expect(await plain).toEqual({ kind: "dropped" });
	await clock.advance(0);
	await clock.advance(60_000 + 200_000);
	expect(await Promise.all(many)).toHaveLength(199);
	expect([sent[0], sent.at(-1)]).toEqual(["1 first", "1 b198"]);
});

test("at the end nobody is left waiting", async () => {
	const { ended, outbox } = aLine({ kind: "wait", ms: 60_000 });
	const posted = [outbox.post(1, withButton("one")), outbox.post(1, withButton("two"))];
	ended.abort();
	expect(await Promise.all(posted)).toEqual([{ kind: "dropped" }, { kind: "dropped" }]);
	expect(await outbox.post(1, words("three"))).toEqual({ kind: "dropped" });
});
