/**
 * Runs one check on one tree, and says what it came to. The program is one of the dependencies, called by its path, and
 * what it reports is compared with how it ended; whatever does not fit is no verdict.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseDuration } from "@shopfloor/core";
import { type ChildEnd, type ChildLimits, type Mount, machineLimits, type Runner } from "@shopfloor/core/io";
import type { Installation } from "../dependencies/install.ts";
import type { CheckDefinition, CheckOutcome, ReporterName } from "./check.ts";
import { commandOf, locate } from "./command.ts";
import { notesFolder } from "./compiler-notes.ts";
import { checkEnvironment, programPath } from "./environment.ts";
import { mountsOf } from "./mounts.ts";
import { isWithin, readReport } from "./read-report.ts";
import type { Evidence } from "./reporters/evidence.ts";
import { readExit } from "./reporters/exit.ts";
import { readJunit } from "./reporters/junit.ts";
import { readTap } from "./reporters/tap.ts";
import { readTsc, tscArguments } from "./reporters/tsc.ts";
import { namePattern, readVitest, relatedWords, vitestArguments } from "./reporters/vitest.ts";
import { witnessModule } from "./reporters/vitest-witness.ts";
import { makeScratch, type Scratch } from "./scratch.ts";
import { fileOf, nameOf, type Selection, selected } from "./selection.ts";
import { notStarted, unfinished } from "./unfinished.ts";

export interface CheckJob {
	readonly definition: CheckDefinition;
	/** The folder of the tree to be checked; absolute. */
	readonly tree: string;
	/** Its dependencies: mounted over the tree in a sandbox, laid into it already where there is none. */
	readonly installation?: Installation | undefined;
	readonly runner: Runner;
	/** For what makes the next run cheaper, and decides nothing. */
	readonly cacheDir: string;
	/** Instead of the definition's. */
	readonly limits?: Partial<ChildLimits>;
	/** Only some of its tests. What cannot choose runs all of them; the outcome holds those that were asked for. */
	readonly only?: Selection | undefined;
	/** Test files in the order in which to run them, where the program lets itself be told. */
	readonly order?: readonly string[];
	/** For the program, besides what every check gets. */
	readonly env?: Readonly<Record<string, string>> | undefined;
	/** What it may see in a sandbox, besides the system, its tree and its dependencies. */
	readonly mounts?: readonly Mount[];
	readonly signal?: AbortSignal | undefined;
}

/** Rejects only with faults of the world: a disk, a process that cannot be ended. */
export async function runCheck(job: CheckJob): Promise<CheckOutcome> {
	const command = commandOf(job.definition.run);
	if (command.kind === "refused") return notStarted(command.why);
	const limits = limitsOf(job);
	if (typeof limits === "string") return notStarted(limits);
	const scratch = makeScratch();
	try {
		const plan = plans[job.definition.reports](job, command.words, scratch);
		const end = await run(job, plan, limits, scratch);
		if (end.kind !== "exited") return unfinished(end, limits);
		const outcome = plan.read(evidenceOf(job, end, scratch));
		return job.only === undefined ? outcome : selected(outcome, job.only);
	} finally {
		scratch.remove();
	}
}

/** How a check's words become a command, and what it leaves an outcome. */
interface Plan {
	readonly words: readonly string[];
	readonly mounts?: readonly Mount[];
	readonly read: (evidence: Evidence) => CheckOutcome;
}

type MakePlan = (job: CheckJob, words: readonly [string, ...string[]], scratch: Scratch) => Plan;

const plans: Record<ReporterName, MakePlan> = {
	tsc: ({ tree, cacheDir }, words) => {
		const notes = notesFolder(cacheDir, [tree, ...words]);
		const mount: Mount = { kind: "writable", from: notes, to: notes };
		return { words: [...words, ...tscArguments(words, join(notes, "tsbuildinfo"))], mounts: [mount], read: readTsc };
	},
	vitest: ({ only, tree, order = [] }, words, scratch) => {
		const name = () => randomBytes(16).toString("hex");
		const witness = {
			module: join(scratch.report, `${name()}.mjs`),
			report: join(scratch.report, name()),
			key: name(),
			order,
			tree: realpathSync(tree),
		};
		writeFileSync(witness.module, witnessModule(witness), { mode: 0o600 });
		return {
			words: [...chosen(words, only, tree), ...vitestArguments(witness.module)],
			read: (evidence) => readVitest(evidence, { text: readReport(witness.report, scratch.report), key: witness.key }),
		};
	},
	junit: ({ definition, tree }, words, scratch) => {
		const fresh = join(scratch.report, randomBytes(16).toString("hex"));
		const inTree = definition.report === undefined ? undefined : resolve(tree, definition.report);
		// What lies there is of another run, or of the branch; behind a link of the branch it is not ours to remove.
		if (inTree !== undefined && isWithin(dirname(inTree), tree)) rmSync(inTree, { force: true, recursive: true });
		return {
			words: words.map((word) => word.replaceAll("{report}", fresh)),
			read: (evidence) =>
				readJunit(evidence, readReport(fresh, scratch.report) ?? (inTree && readReport(inTree, tree))),
		};
	},
	tap: (_job, words) => ({ words, read: readTap }),
	exit: ({ definition }, words) => ({ words, read: (evidence) => readExit(evidence, definition.name) }),
};

function chosen(words: readonly [string, ...string[]], only: Selection | undefined, tree: string): readonly string[] {
	if (only === undefined) return words;
	if ("relatedTo" in only) return relatedWords(words, only.relatedTo);
	if ("files" in only) return [...words, ...inTree(only.files)];
	const pattern = namePattern(only.tests.map(nameOf));
	return [
		...words,
		...inTree(only.tests.map(fileOf)),
		...(pattern === undefined ? [] : [`--testNamePattern=${pattern}`]),
	];

	// Whole paths: a part of one would match other files as well.
	function inTree(files: readonly string[]): string[] {
		return [...new Set(files)].map((file) => join(tree, file));
	}
}

function limitsOf({ definition, limits }: CheckJob): ChildLimits | string {
	const wallMs = parseDuration(definition.wall);
	const idleMs = parseDuration(definition.idle);
	if (wallMs === undefined || idleMs === undefined)
		return `"${wallMs === undefined ? definition.wall : definition.idle}" is no duration; write 90s, 10m or 1h`;
	return { wallMs, idleMs, outputBytesMax, ...machineLimits(), ...limits };
}

/** Read into memory; a compiler's ten thousand errors have a tenth of it. */
const outputBytesMax = 32 * 1024 * 1024;

async function run(job: CheckJob, plan: Plan, limits: ChildLimits, scratch: Scratch): Promise<ChildEnd> {
	const { tree, installation, runner, env, mounts = [], signal } = job;
	const folders = (installation?.folders ?? []).map((folder) => ({
		from: join(installation?.dir ?? "", folder),
		to: join(tree, folder),
	}));
	const [name = "", ...args] = plan.words;
	const program = locate(name, tree, folders, programPath);
	if (program.kind === "missing") return { kind: "not-started", why: program.why, ms: 0, outputBytes: 0, tail: "" };
	return runner.run({
		command: [program.path, ...args],
		cwd: tree,
		env: checkEnvironment(
			scratch,
			folders.map(({ to }) => to),
			env,
		),
		output: scratch.output,
		errors: scratch.errors,
		limits,
		mounts: [...mountsOf(tree, folders), ...scratch.mounts, ...(plan.mounts ?? []), ...mounts],
		signal,
	});
}

function evidenceOf(job: CheckJob, end: ChildEnd & { readonly kind: "exited" }, scratch: Scratch): Evidence {
	const { tree, installation } = job;
	const roots = [tree, realpathSync(tree), ...(installation === undefined ? [] : [installation.dir])];
	return {
		exitCode: end.code,
		ms: end.ms,
		output: readFileSync(scratch.output, "utf8"),
		tail: end.tail,
		roots: [...new Set(roots)],
		part: job.only !== undefined,
	};
}
