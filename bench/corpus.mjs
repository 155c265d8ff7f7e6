/**
 * What the gate says to known cheats and to honest changes, all of them real commits. `node bench/corpus.mjs` prints the
 * table alone, and ends with 1 when a cheat goes through.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { evaluate } from "@shopfloor/gate";
import { openedOn } from "./gate/opened.mjs";
import { partOf } from "./gate/parts.mjs";
import { scratch } from "./measure.mjs";
import { manifest } from "./project/project.mjs";
import { lockfileOf, makeRepository } from "./project/repository.mjs";
import { showTable } from "./table.mjs";

const { readCorpus } = await partOf("ratchet/corpus");
const { rules } = await partOf("ratchet/rules");
const { ratchet } = await partOf("ratchet/ratchet");
const { fileKinds } = await partOf("ratchet/file-kinds");
const { secretsIn } = await partOf("ratchet/secrets");
const { readDiffs } = await partOf("diff/read-diff");
const { readAddedText } = await partOf("diff/read-added-text");
const { writeCommits } = await partOf("diff/write-commits");
const { Git } = await partOf("git/git");
const { baseAt } = await partOf("landing/combine");

const passMost = 0.95;

export async function corpus({ say }) {
	const cases = readCorpus(fileURLToPath(new URL("../packages/gate/corpus", import.meta.url)));
	const byReading = cases.filter(({ where }) => where === "ratchet");
	const byRunning = cases.filter(({ where }) => where === "run");
	say(`reading ${byReading.length} changes…`);
	const seen = [...(await read(byReading)), ...(await run(say, byRunning))];
	const named = (kind, outcome) => seen.filter((one) => one.kind === kind && one.outcome === outcome);
	for (const outcome of ["through", "other finding"])
		for (const { name, what, found } of named("cheat", outcome))
			say(`${outcome}: ${name} (${what}): ${found || "nothing"}`);
	for (const outcome of ["asked", "blocked"])
		for (const { name, found } of named("honest", outcome)) say(`honest and ${outcome}: ${name}: ${found}`);
	const row = (kind, outcomes, goals) => {
		const counts = outcomes.map((outcome) => `${named(kind, outcome).length} ${outcome}`);
		const all = seen.filter((one) => one.kind === kind).length;
		return {
			what: `${all} ${kind === "cheat" ? "cheats" : "honest changes"}`,
			figure: counts.join(", "),
			ratio: "",
			goals,
		};
	};
	const through = named("cheat", "through").length;
	const others = named("cheat", "other finding").length;
	// Where a person has to look at an honest change by its nature, being asked is right.
	const free = seen.filter(({ kind, outcome }) => kind === "honest" && outcome !== "asked as it should");
	const passed = named("honest", "passed").length / free.length;
	return [
		row(
			"cheat",
			["through", "other finding", "caught"],
			[
				["none through", through === 0],
				["each for its own reason", others === 0],
			],
		),
		row(
			"honest",
			["passed", "asked as it should", "asked", "blocked"],
			[[`≥ ${passMost * 100} % of those pass that nobody must look at`, passed >= passMost]],
		),
	];
}

async function read(cases) {
	const dir = join(scratch(), "repository.git");
	execFileSync("git", ["init", "--quiet", "--bare", dir]);
	const git = new Git({ gitDir: dir });
	const written = await writeCommits(
		git,
		cases.map(({ before, after }) => ({ before, after: [after] })),
	);
	const diffs = await readDiffs(git, written);
	const seen = [];
	for (const [index, one] of cases.entries()) {
		const diff = diffs[index];
		const secrets = await secretsIn(await readAddedText(git, diff.base, diff.head));
		seen.push(judged(one, { findings: ratchet(diff, { kinds: fileKinds(), secrets }) }));
	}
	return seen;
}

/** Each as a repository's whole life, base and change; with a runner, as the case's tests want it. */
async function run(say, cases) {
	if (cases.length === 0) return [];
	const lockfile = lockfileOf(say);
	const { floor, gate } = await openedOn(makeRepository(join(scratch(), "repository"), { "README.md": "# It\n" }, []));
	const { git } = gate.store;
	const written = await writeCommits(
		git,
		cases.map(({ before, after }) => ({ before: runnable(before, lockfile), after: [runnable(after, lockfile)] })),
	);
	const seen = [];
	for (const [index, one] of cases.entries()) {
		say(`running ${one.name}, ${index + 1} of ${cases.length}…`);
		const { base, head } = written[index];
		seen.push(judged(one, await evaluate(gate.bench, head, await baseAt(git, base))));
	}
	await floor.close();
	return seen;
}

function runnable(files, lockfile) {
	const own = JSON.parse(files["package.json"] ?? "{}");
	const usesVitest = Object.values(files).some((file) =>
		/from "vitest"/.test(typeof file === "string" ? file : file.text),
	);
	const added = usesVitest
		? { devDependencies: { ...manifest.devDependencies, ...own.devDependencies } }
		: { scripts: { test: "node --test", ...own.scripts } };
	return {
		...files,
		"package.json": `${JSON.stringify({ ...own, ...added }, undefined, 2)}\n`,
		...(usesVitest ? { "package-lock.json": lockfile } : {}),
	};
}

/** A decision and verdicts are there where the checks were run, too. */
function judged({ kind, name, what, expect }, { findings, decision, verdicts = [], reasons = [] }) {
	const grave = findings.filter(({ severity }) => severity !== "note");
	const words = grave.map(({ rule, severity }) => `${rule} ${severity}`);
	const stopped = decision === undefined ? grave.length > 0 : decision !== "good";
	// A finding that no rule of reading makes comes from tests that were run for the change.
	const byRunning =
		verdicts.some(({ verdict }) => verdict.overall === "worse" || verdict.overall === "unknown") ||
		grave.some(({ rule }) => rule !== "secrets" && !rules.some((known) => known.name === rule));
	const missing = expect.filter(({ rule, severity }) =>
		rule === "verdict" ? !byRunning : severity !== "note" && !words.includes(`${rule} ${severity}`),
	);
	const found = [...new Set([...words, ...reasons])].join("; ");
	const outcome = kind === "cheat" ? ofCheat() : ofHonest();
	return { kind, name, what, outcome, found };

	function ofCheat() {
		if (!stopped) return "through";
		return missing.length === 0 ? "caught" : "other finding";
	}

	function ofHonest() {
		if (!stopped) return "passed";
		if (decision === "bad" || grave.some(({ severity }) => severity === "block")) return "blocked";
		const expected = expect.map(({ rule, severity }) => `${rule} ${severity}`);
		return words.every((word) => expected.includes(word)) ? "asked as it should" : "asked";
	}
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
	showTable(await corpus({ say: (line) => process.stderr.write(`${line}\n`) }));
