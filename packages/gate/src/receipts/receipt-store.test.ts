import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import type { Receipt } from "./receipt.ts";
import { receiptStore } from "./receipt-store.ts";

const receipt: Receipt = {
	format: 1,
	tree: "a".repeat(40),
	gate: "0".repeat(16),
	environment: { node: "v20", platform: "linux", dependencies: null, tools: null, lent: null, sandbox: true },
	base: "b".repeat(40),
	givenUp: [],
	checks: [],
	made: "2026-01-01T00:00:00.000Z",
};

test("what is revoked of a tree is every proof of it in that environment, and no other", async () => {
	const stateDir = tempDir();
	const receipts = receiptStore(stateDir);
	const gone = [
		await receipts.write(receipt),
		await receipts.write({ ...receipt, givenUp: ["a test"] }),
		await receipts.write({ ...receipt, base: "c".repeat(40) }),
	];
	const { environment } = receipt;
	const kept = [
		await receipts.write({ ...receipt, environment: { ...environment, lent: "d".repeat(16) } }),
		await receipts.write({ ...receipt, tree: "c".repeat(40), base: receipt.tree }),
	];
	writeFileSync(join(stateDir, "receipts", `${"e".repeat(32)}.json`), `{"tree":"${receipt.tree}"`);
	expect(receipts.revoke(receipt)).toBe(gone.length);
	expect(gone.map((key) => receipts.read(key).kind)).toEqual(["none", "none", "none"]);
	expect(kept.map((key) => receipts.read(key).kind)).toEqual(["receipt", "receipt"]);
	expect(receipts.revoke(receipt)).toBe(0);
});

test("where there are no receipts none is revoked", () => {
	const stateDir = tempDir();
	expect(receiptStore(stateDir).revoke(receipt)).toBe(0);
	expect(readdirSync(stateDir)).toEqual([]);
});
