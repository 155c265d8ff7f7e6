import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processGroupRunner } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { receiptStore } from "../receipts/receipt-store.ts";
import { environmentOf } from "./environment.ts";
import { type Asked, forgetAnswer, rememberAnswer, remembered } from "./remembered.ts";

test("an answer is found by its question, and by no other", async () => {
	const { asked, ask, dir } = await answered();
	const key = ask(asked);
	expect(key).toMatch(/^[0-9a-f]{32}$/);
	for (const other of [{ tree: other40 }, { baseTree: other40 }, { givenUp: ["a"] }])
		expect(ask({ ...asked, ...other })).toBeUndefined();
	forgetAnswer(dir, asked);
	expect(ask(asked)).toBeUndefined();
});

test("a note that lies in another's place is no answer, nor is one of an older gate or one cut short", async () => {
	const { asked, ask, dir, note, remember } = await answered();
	const [ours = ""] = readdirSync(dir);
	const another = { ...asked, tree: other40 };
	await remember(another);
	const theirs = readdirSync(dir).find((name) => name !== ours) ?? "";
	cpSync(join(dir, ours), join(dir, theirs));
	expect(ask(another)).toBeUndefined();
	for (const text of [note.receipt, "", "{", JSON.stringify({ receipt: note.receipt }), "null"]) {
		writeFileSync(join(dir, ours), text);
		expect(ask(asked)).toBeUndefined();
	}
});

test("an answer counts while the machine's programs and the lent files are the same", async () => {
	const { asked, ask, write, remember } = await answered();
	write(".env.test", "changed");
	expect(ask(asked)).toBeUndefined();
	write(".env.test", "as it was");
	expect(ask(asked)).toBeDefined();
	// One that the dependencies bring goes before one of the machine.
	write("node_modules/.bin/git", "#!/bin/sh\n");
	expect(ask(asked)).toBeUndefined();
	await remember(asked, { programs: ["git"], lent: [] });
	expect(ask(asked)).toBeUndefined();
});

const other40 = "b".repeat(40);

async function answered() {
	const stateDir = tempDir();
	const checkout = tempDir();
	const dir = join(stateDir, "answers");
	const receipts = receiptStore(stateDir);
	const write = (path: string, text: string) => {
		mkdirSync(join(checkout, "node_modules", ".bin"), { recursive: true });
		writeFileSync(join(checkout, path), text, { mode: 0o755 });
	};
	write(".env.test", "as it was");
	const target = { kind: "local", address: checkout, name: "project" } as const;
	const outside = { programs: ["git"], folders: [join(checkout, "node_modules")], lent: [".env.test"] };
	const asked: Asked = {
		tree: "a".repeat(40),
		baseTree: "c".repeat(40),
		givenUp: [],
		runner: processGroupRunner,
		target,
	};
	const environment = environmentOf({ runner: processGroupRunner, dependencies: null, outside, target });
	expect(environment).toMatchObject({ tools: expect.any(String), lent: expect.any(String) });
	const { tree, baseTree: base, givenUp } = asked;
	const made = "2026-01-01T00:00:00.000Z";
	const key = await receipts.write({
		format: 1,
		tree,
		base,
		givenUp: [...givenUp],
		gate: "0".repeat(16),
		environment,
		checks: [],
		made,
	});
	const remember = async (of: Asked, more: Partial<typeof outside> = {}) =>
		await rememberAnswer(dir, of, { receipt: key, outside: { ...outside, ...more } });
	await remember(asked);
	return { asked, dir, write, remember, note: { receipt: key }, ask: (of: Asked) => remembered(dir, receipts, of) };
}
