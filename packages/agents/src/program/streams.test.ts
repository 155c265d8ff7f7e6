/** Streams that the real programs said, version by version: what they are taken for. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ClaudeDialect } from "../claude/dialect.ts";
import { CodexDialect } from "../codex/dialect.ts";
import type { Dialect } from "./dialect.ts";

const streams = new URL("../../../twins/fixtures/streams/", import.meta.url);

test.each([
	["claude-2.1.329", 20],
	["claude-2.1.197", 20],
	["codex-0.169.0", 20],
	["codex-0.128.0", 20],
] as const)("%s", (version, count) => {
	const folder = fileURLToPath(new URL(`${version}/`, streams));
	const taken = readdirSync(folder)
		.sort()
		.map(
			(name) => `${name.replace(".jsonl", "").padEnd(22)} ${takenFor(dialectOf(version, name), `${folder}${name}`)}`,
		);
	expect(taken).toHaveLength(count);
	expect(taken.join("\n")).toMatchSnapshot();
});

function dialectOf(version: string, name: string): Dialect & { readonly heard: { readonly unknown: number } } {
	const answer = name.startsWith("structured") ? { type: "object", required: ["verdict"] } : undefined;
	return version.startsWith("claude") ? new ClaudeDialect(answer) : new CodexDialect(answer);
}

function takenFor(dialect: Dialect & { readonly heard: { readonly unknown: number } }, path: string): string {
	const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
	let shown = 0;
	for (const line of lines) shown += dialect.hear(line).length;
	const tail = "";
	// The programs exit with 1 exactly where their last word is an error; without one it says nothing.
	const child = { kind: "exited", code: 0, ms: 1, outputBytes: 1, tail } as const;
	const ending = dialect.ending({ child, errors: "", passedOver: 0 });
	const code = "code" in ending ? ` ${ending.code}` : "";
	const more =
		ending.kind === "done"
			? ` ${JSON.stringify(ending.data ?? ending.text).slice(0, 60)}${ending.denied ? ` denied ${ending.denied.join(",")}` : ""}`
			: ` ${ending.detail.slice(0, 100)}${ending.kind === "limited" ? ` until ${ending.until}` : ""}`;
	expect(shown, path).toBeGreaterThan(0);
	return `${ending.kind}${code} |${more} | awake ${dialect.awake}, unknown ${dialect.heard.unknown}`;
}
