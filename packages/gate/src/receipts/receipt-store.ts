/** Receipts in the state directory: one small file each, named by what it answers, never changed once written. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { crashAt, errnoOf, replaceFile } from "@shopfloor/core/io";
import { type ReadReceipt, type Receipt, readReceiptText, receiptKey } from "./receipt.ts";

export interface ReceiptStore {
	read(key: string): ReadReceipt;
	/** The text as it stands, for a note. */
	text(key: string): string | undefined;
	/** Durable when it resolves. Returns the key. */
	write(receipt: Receipt): Promise<string>;
	/**
	 * Takes back every proof that a tree passed in this environment, whatever it was compared with: a new look showed
	 * otherwise. Commits that landed with one keep it as a note.
	 */
	revoke(of: Pick<Receipt, "tree" | "environment">): number;
	/** Takes the oldest away, down to `keep`. Landed commits carry theirs as a note. */
	trim(keep?: number): number;
}

export function receiptStore(stateDir: string): ReceiptStore {
	const dir = join(stateDir, "receipts");
	const pathOf = (key: string) => join(dir, `${key}.json`);
	const text = (key: string) => (/^[0-9a-f]{32}$/.test(key) ? readIfThere(pathOf(key)) : undefined);
	return {
		text,
		read(key) {
			const found = text(key);
			return found === undefined ? { kind: "none" } : readReceiptText(found, key);
		},
		async write(receipt) {
			const key = receiptKey(receipt);
			mkdirSync(dir, { recursive: true, mode: 0o700 });
			crashAt("receipt.write.before");
			await replaceFile(pathOf(key), `${JSON.stringify(receipt)}\n`);
			return key;
		},
		revoke({ tree, environment }) {
			const isOf = (name: string) => {
				const found = readIfThere(join(dir, name));
				// Most are of other trees, and need not be read closely.
				if (!found?.includes(tree)) return false;
				const read = readReceiptText(found, basename(name, ".json"));
				if (read.kind !== "receipt" || read.receipt.tree !== tree) return false;
				return isDeepStrictEqual(read.receipt.environment, environment);
			};
			const revoked = namesIn(dir).filter((name) => name.endsWith(".json") && isOf(name));
			for (const name of revoked) rmSync(join(dir, name), { force: true });
			return revoked.length;
		},
		trim(keep = receiptsMax) {
			const names = namesIn(dir).filter((name) => name.endsWith(".json"));
			if (names.length <= keep) return 0;
			const byAge = names
				.map((name) => ({
					path: join(dir, name),
					at: statSync(join(dir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
				}))
				.sort((one, other) => other.at - one.at);
			const old = byAge.slice(keep);
			for (const { path } of old) unlinkSync(path);
			return old.length;
		},
	};
}

/** A kilobyte each: two years of a busy factory. */
const receiptsMax = 50_000;

function readIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

function namesIn(dir: string): string[] {
	try {
		return readdirSync(dir);
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return [];
		throw error;
	}
}
