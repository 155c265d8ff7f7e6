import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { tempDir } from "../../testing/temp-dir.ts";
import { takeCardFrom } from "./card.ts";
import { callNext, Ticket } from "./line.ts";

/** Longer than a test may take: whoever waits so long was not called. */
const tooLongMs = 600_000;

test("who is called wakes up at once", async () => {
	const ticket = aTicket(aLock());
	const called = ticket.called(tooLongMs);
	callNext(ticket.lock);
	await called;
});

test("a call that comes before one waits is not missed", async () => {
	const ticket = aTicket(aLock());
	callNext(ticket.lock);
	await ticket.called(tooLongMs);
	expect(ticket.stand(), "it has to stand in the line anew").toBe(true);
	expect(ticket.stand()).toBe(false);
});

test("who came first is called first, and again first when it was called in vain", () => {
	const lock = aLock();
	const first = aTicket(lock);
	const second = aTicket(lock);
	callNext(lock);
	expect([first.stand(), second.stand()]).toEqual([true, false]);
	callNext(lock);
	expect([first.stand(), second.stand()]).toEqual([true, false]);
	first.leave();
	callNext(lock);
	expect(second.stand()).toBe(true);
});

test("nobody is called where nobody waits, and who leaves leaves nothing behind", () => {
	const lock = aLock();
	callNext(lock);
	expect(existsSync(`${lock}.line`)).toBe(false);
	aTicket(lock).leave();
	expect(readdirSync(`${lock}.line`)).toEqual([]);
});

function aLock(): string {
	const folder = tempDir();
	onTestFinished(() => takeCardFrom(folder));
	return join(folder, "lock");
}

function aTicket(lock: string): Ticket & { readonly lock: string } {
	const ticket = Object.assign(new Ticket(lock), { lock });
	onTestFinished(() => ticket.leave());
	return ticket;
}

test("a process that ends leaves no card, also when it never closed its floor", async () => {
	const folder = tempDir();
	const card = fileURLToPath(import.meta.resolve("../../../dist/io/lock/card.js"));
	const script = `import { cardIn } from ${JSON.stringify(card)}; cardIn(${JSON.stringify(folder)});`;
	await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
	expect(readdirSync(join(folder, ".cards"))).toEqual([]);
});
