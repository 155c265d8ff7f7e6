/** Streams that the real programs said, version by version, and how they ended: what they are taken for. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ClaudeDialect } from "../claude/dialect.ts";
import { CodexDialect } from "../codex/dialect.ts";
import type { Dialect } from "./dialect.ts";

const fixtures = new URL("../../../twins/fixtures/", import.meta.url);
const codes: Readonly<Record<string, Readonly<Record<string, number>>>> = JSON.parse(
	readFileSync(new URL("exit-codes.json", fixtures), "utf8"),
);

test.each([
	["claude-2.1.329", 20],
	["claude-2.1.197", 20],
	["codex-0.169.0", 20],
	["codex-0.128.0", 20],
] as const)("%s", (version, count) => {
	const folder = fileURLToPath(new URL(`streams/${version}/`, fixtures));
	const names = readdirSync(folder)
		.sort()
		.map((name) => name.replace(".jsonl", ""));
	const taken = names.map((name) => {
		const code = codes[version]?.[name];
		if (code === undefined) throw new Error(`nobody noted with which code ${version} ended ${name}`);
		return `${name.padEnd(22)} ${takenFor(dialectOf(version, name), `${folder}${name}.jsonl`, code)}`;
	});
	expect(taken).toHaveLength(count);
	expect(taken.join("\n")).toMatchSnapshot();
});

function dialectOf(version: string, name: string): Dialect {
	const answer = name.startsWith("structured") ? { type: "object", required: ["verdict"] } : undefined;
	return version.startsWith("claude") ? new ClaudeDialect(answer) : new CodexDialect(answer);
}

function takenFor(dialect: Dialect, path: string, exitCode: number): string {
	const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
	let shown = 0;
	for (const line of lines) shown += dialect.hear(line).length;
	const child = { kind: "exited", code: exitCode, ms: 1, outputBytes: 1, tail: "" } as const;
	const ending = dialect.ending({ child, errors: "", passedOver: 0 });
	const code = "code" in ending ? ` ${ending.code}` : "";
	const more =
		ending.kind === "done"
			? ` ${JSON.stringify(ending.data ?? ending.text).slice(0, 60)}${ending.denied ? ` denied ${ending.denied.join(",")}` : ""}`
			: ` ${ending.detail.slice(0, 100)}${ending.kind === "limited" ? ` until ${ending.until}` : ""}`;
	expect(shown, path).toBeGreaterThan(0);
	return `${ending.kind}${code} |${more} | awake ${dialect.awake}, unknown ${dialect.unknown}`;
}
