import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { tempDir } from "../testing/temp-dir.ts";
import { realPrograms } from "./real.ts";

const claude = "node_modules/@anthropic-ai/claude-code-linux-x64/claude";
const codex = "node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex";
const olderCodex = "node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/codex/codex";

test.each([
	[[claude, codex], { claude, codex }],
	[[claude], { claude }],
	[[olderCodex], { codex: olderCodex }],
	[["node_modules/@openai/codex/bin/codex.js", "node_modules/@anthropic-ai/claude-code/bin/claude.exe"], {}],
	[[], {}],
])("of %o there are %o", (files, expected) => {
	const folder = tempDir();
	for (const file of files) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), "");
	}
	const found = Object.entries(expected).map(([name, path]) => [name, join(folder, path)]);
	expect(realPrograms(folder)).toEqual(Object.fromEntries(found));
});

test("without a folder there are none", () => {
	expect(realPrograms("")).toBe(undefined);
});
