import { mkdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLine } from "../../model/line.ts";
import { arbitraryDraft } from "../../testing/arbitrary-entry.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { encodeLines, prepare } from "./encode.ts";
import { logFiles, makeLogFolders } from "./files.ts";
import { hashLine } from "./hash.ts";

test("what is read from a line is what was drafted, numbered and chained to the line before", () => {
	const files = logFiles(tempDir());
	mkdirSync(files.stateDir, { recursive: true });
	makeLogFolders(files);
	fc.assert(
		fc.property(fc.array(arbitraryDraft(), { maxLength: 5 }), fc.nat(), (drafts, seq) => {
			const tail = { seq, hash: hashLine(String(seq)) };
			const ts = "2026-01-31T08:00:00.000Z";
			const { bytes, prevs, hash } = encodeLines(prepare(files, drafts), tail, ts);
			const lines = bytes.toString("utf8").split("\n").slice(0, -1);
			const hashes = [tail.hash, ...lines.map(hashLine)];
			expect(lines.map(parseLine)).toEqual(
				drafts.map((draft, index) => ({
					kind: "entry",
					entry: { ...draft, ts, seq: seq + index + 1, prev: hashes[index] },
				})),
			);
			expect([...prevs, hash]).toEqual(hashes);
		}),
	);
});
