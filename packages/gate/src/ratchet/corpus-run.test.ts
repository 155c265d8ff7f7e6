/**
 * The cases of the corpus that reading a change does not show: each lands on a base of its own, as far as the gate lets
 * it. Projects of Node's runner run as they are, those of vitest with this repository's.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFloor, processGroupRunner, systemClock } from "@shopfloor/core/io";
import { sampled } from "@shopfloor/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Files, type WrittenChange, writeCommits } from "../diff/write-commits.ts";
import type { Bench } from "../gate/bench.ts";
import { type Evaluation, evaluate } from "../gate/evaluate.ts";
import { openStore } from "../git/store.ts";
import { findTarget } from "../git/target.ts";
import { baseAt } from "../landing/combine.ts";
import { receiptStore } from "../receipts/receipt-store.ts";
import { runGit } from "../testing/a-repository.ts";
import { type CorpusCase, readCorpus } from "./corpus.ts";
import { rules } from "./rules.ts";

const workspace = fileURLToPath(new URL("../../../../", import.meta.url));
const all = readCorpus(fileURLToPath(new URL("../../corpus", import.meta.url))).filter(({ where }) => where === "run");
const cases = sampled(all, ({ kind, expect: found }) =>
	[kind, ...found.map(({ rule, severity }) => `${rule} ${severity}`)].join(" "),
);
const stateDir = mkdtempSync(join(tmpdir(), "shopfloor-"));
const project = join(stateDir, "project");
const floor = openFloor({ stateDir });
const written = new Map<CorpusCase, WrittenChange>();
let bench: Bench;

beforeAll(async () => {
	mkdirSync(project);
	runGit(project, ["init", "--quiet", "--initial-branch=main"]);
	// Above every bay, so that the tests of a tree without dependencies find this vitest.
	symlinkSync(join(workspace, "node_modules"), join(stateDir, "node_modules"));
	const store = await openStore(stateDir, await findTarget(project, "/"), floor.leases);
	bench = { store, receipts: receiptStore(stateDir), runner: processGroupRunner, clock: systemClock };
	const changes = await writeCommits(
		store.git,
		cases.map(({ before, after }) => ({ before: runnable(before), after: [runnable(after)] })),
	);
	for (const [index, one] of cases.entries()) written.set(one, changes[index] ?? { base: "", head: "" });
});
afterAll(async () => {
	await floor.close();
	rmSync(stateDir, { recursive: true, force: true });
});

test.each(cases)("$kind: $name", { timeout: 60_000 }, async (one) => {
	const { base, head } = written.get(one) ?? { base: "", head: "" };
	const evaluation = await evaluate(bench, head, await baseAt(bench.store.git, base));
	const found = foundIn(evaluation);
	const wanted = one.expect.map(({ rule, severity }) => (rule === "verdict" ? rule : `${rule} ${severity}`));
	if (one.kind === "cheat") {
		expect(found).toEqual(expect.arrayContaining(wanted));
		expect(wanted).not.toEqual([]);
		expect(evaluation.decision).not.toBe("good");
	} else {
		expect({ found, reasons: evaluation.reasons }).toEqual({
			found: wanted,
			reasons: wanted.length > 0 ? expect.any(Array) : [],
		});
	}
});

/** Names and severities; "verdict" for whatever only a run tells. */
function foundIn({ findings, verdicts }: Evaluation): string[] {
	const grave = findings.filter(({ severity }) => severity !== "note");
	const byRunning =
		verdicts.some(({ verdict }) => verdict.overall === "worse" || verdict.overall === "unknown") ||
		grave.some(({ rule }) => rule !== "secrets" && !rules.some((known) => known.name === rule));
	return [...grave.map(({ rule, severity }) => `${rule} ${severity}`), ...(byRunning ? ["verdict"] : [])];
}

function runnable(files: Files): Files {
	const texts = Object.values(files).map((file) => (typeof file === "string" ? file : file.text));
	const manifest = JSON.parse(textOf(files["package.json"]) || "{}");
	const gate = textOf(files[".shopfloor/gate.json"]);
	const usesVitest = texts.some((text) => /from "vitest"/.test(text));
	const checks = gate === "" ? detected(usesVitest, "tsconfig.json" in files) : JSON.parse(gate).checks;
	return {
		...files,
		"package.json": JSON.stringify({ ...manifest, scripts: { test: "node --test", ...manifest.scripts } }),
		".shopfloor/gate.json": JSON.stringify({
			...(gate === "" ? {} : JSON.parse(gate)),
			checks: checks.map(withOwnTools),
		}),
	};
}

function detected(usesVitest: boolean, usesTypes: boolean) {
	const types = { name: "types", run: "tsc --noEmit", reports: "tsc", reads: ["**/*.{ts,js,json}"] };
	const tests = usesVitest
		? { name: "tests", run: "vitest run", reports: "vitest" }
		: { name: "tests", run: "node --test --test-reporter=tap", reports: "tap" };
	return usesTypes && usesVitest ? [types, tests] : [tests];
}

/** By their paths: a tree without dependencies has no programs. */
function withOwnTools(check: { readonly run: string | readonly string[] }) {
	const words = typeof check.run === "string" ? check.run.split(" ") : check.run;
	const [program = "", ...others] = words;
	const path = { vitest: "vitest/vitest.mjs", tsc: "typescript/bin/tsc" }[program];
	if (path === undefined) return check;
	// A process of its own for the one file costs a third more.
	const inThreads = program === "vitest" ? ["--pool=threads"] : [];
	return { ...check, run: ["node", join(workspace, "node_modules", path), ...others, ...inThreads] };
}

function textOf(file: Files[string] | undefined): string {
	return typeof file === "string" ? file : (file?.text ?? "");
}
