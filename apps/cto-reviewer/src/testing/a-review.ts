/**
 * A reviewer at work, in this very process: a real repository whose only check is a look through its files, real git, a
 * floor, a clock held by the test, and a reading agent that is a script of a few lines and says what the test put down.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
	type Change,
	type DataOf,
	type Entry,
	type EntryType,
	type FactoryConfig,
	unconfigured,
} from "@shopfloor/core";
import { currentState, type FileFloor, findPlaces, openFloor, type World } from "@shopfloor/core/io";
import { aTask, draftOf, type FakeClock, fakeClock, tempDir } from "@shopfloor/core/testing";
import { onTestFinished } from "vitest";
import { takeTurn } from "../turn.ts";

const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

export interface Reviewing {
	readonly floor: FileFloor;
	readonly clock: FakeClock;
	readonly world: World;
	git(...args: string[]): string;
	/** A commit of the person's on the base. */
	commit(files: Files): string;
	/** A session's work, pushed for review. */
	pushes(name: string, files: Files, patch?: Partial<Change>): Promise<Change>;
	/** What the reading agent answers from now on; without anything it thinks until there is something. */
	reads(review?: object, refutation?: object): void;
	/** How often it was asked, and the last prompt. */
	asked(): readonly string[];
	/** A person cancels tasks, and the scheduler has done it. */
	cancels(...tasks: string[]): Promise<void>;
	says<T extends EntryType>(type: T, data: DataOf<T>, by?: string): Promise<Entry>;
	/** One turn, because of all that was said since the last one that came to its end. */
	turn(signal?: AbortSignal): Promise<void>;
	/** One that ends where a point is visited for the n-th time, as if the process had died there. */
	turnUntil(point: string, visit?: number): Promise<void>;
	change(id: string): Promise<Change | undefined>;
	told<T extends EntryType>(type: T): Promise<DataOf<T>[]>;
	alerts(): Promise<string[]>;
	/** Branches of the target, without the base. */
	branches(): string[];
	/** Subjects of the base's commits, newest first, without merges. */
	landed(): string[];
}

type Files = Readonly<Record<string, string | null>>;

interface Options {
	readonly review?: Partial<FactoryConfig["review"]>;
	/** Who reads: the script, by default, or the built-in one. */
	readonly reviewer?: "script" | "builtin";
}

export const good = {
	criteria: ["introduces no bugs", "does not increase errors", "follows conventions", "is focused on one thing"].map(
		(name) => ({ name, met: "met", reason: "looked at it" }),
	),
	summary: "a small and sound change",
};

export function unmet(name: string, reason: string): object {
	return { ...good, criteria: good.criteria.map((one) => (one.name === name ? { name, met: "unmet", reason } : one)) };
}

export function aReview({ review, reviewer = "script" }: Options = {}): Reviewing {
	const dir = tempDir();
	const project = join(dir, "project");
	const stateDir = join(dir, "state");
	const desk = join(dir, "desk");
	for (const folder of [project, desk]) mkdirSync(folder);
	begin(project, checkAt(desk));
	const clock = fakeClock();
	const floor = openFloor({ stateDir, clock });
	onTestFinished(() => floor.close());
	const defaults = unconfigured();
	const config: FactoryConfig = {
		...defaults,
		repository: { path: project, base: "main", context: ["AGENTS.md"] },
		review: { ...defaults.review, policy: "auto", ...review },
		agents: { script: scriptAt(desk) },
		roles: { ...defaults.roles, reviewer },
		sandbox: "off",
	};
	const places = findPlaces({ SHOPFLOOR_STATE: stateDir, SHOPFLOOR_CONFIG: join(dir, "shopfloor.config.json") });
	const world: World = { name: "cto-reviewer", config, floor, clock, places, heartbeatMs: 5 * minuteMs };
	let handled = 0;
	const reviewing: Reviewing = {
		floor,
		clock,
		world,
		git: (...args) => runGit(project, args),
		commit: (files) => commitIn(project, files, "The person's own"),
		async pushes(name, files, patch = {}) {
			const branch = `brl/ralph-1/${name}`;
			runGit(project, ["checkout", "--quiet", "-b", branch, patch.base ?? "main"]);
			const commit = commitIn(project, files, `Work on ${name}`);
			runGit(project, ["checkout", "--quiet", "main"]);
			const change = aChange(name, branch, commit, runGit(project, ["rev-parse", "main"]), clock, patch);
			await floor.reviews.update(({ changes }) => ({ changes: [...changes, change] }));
			const { id, task, session, base } = change;
			await reviewing.says("change_pushed", { change: id, task, session, branch, commit, base }, session);
			return change;
		},
		reads(said, refutation = { refuted: false, reasons: [] }) {
			if (said === undefined) return rmSync(join(desk, "review.json"));
			writeFileSync(join(desk, "review.json"), JSON.stringify(said));
			writeFileSync(join(desk, "refute.json"), JSON.stringify(refutation));
		},
		asked: () =>
			readdirSync(desk)
				.filter((name) => name.startsWith("prompt."))
				.sort()
				.map((name) => readFileSync(join(desk, name), "utf8")),
		async cancels(...tasks) {
			const reason = "cancelled by cli:ana";
			await floor.tasks.update((queue) => ({
				tasks: [...queue.tasks, ...tasks.map((id) => aTask({ id }))],
			}));
			await floor.tasks.update((queue) => ({
				tasks: queue.tasks.map((task) => (tasks.includes(task.id) ? { ...task, status: "cancelled", reason } : task)),
			}));
			for (const task of tasks)
				await reviewing.says("task_settled", { task, outcome: "cancelled", reason }, "scheduler");
		},
		async says(type, data, by = "cli:ana") {
			const [entry] = await floor.log.append([draftOf(type, data, by)]);
			if (entry === undefined) throw new Error("nothing was written");
			return entry;
		},
		async turn(signal = new AbortController().signal) {
			const because: Entry[] = [];
			for await (const entry of floor.log.read(handled + 1)) if (wakes(entry)) because.push(entry);
			const state = await currentState(floor);
			await takeTurn(world, { state, because, signal, doing: async () => {} });
			handled = state.seq;
			clock.stall(minuteMs);
		},
		async turnUntil(point, visit = 1) {
			let visits = 0;
			const hooks = globalThis as { [crashPoint]?: (name: string) => void };
			hooks[crashPoint] = (name) => {
				if (name === point && ++visits === visit) throw new Error(died);
			};
			try {
				await reviewing.turn();
			} catch (error) {
				if ((error as Error).message === died) return;
				throw error;
			} finally {
				delete hooks[crashPoint];
			}
			throw new Error(`${point} was visited ${visits} times`);
		},
		change: async (id) => (await floor.reviews.read()).value.changes.find((change) => change.id === id),
		told: async (type) => (await floor.log.last(1_000, { type: [type] })).map(({ data }) => data) as never,
		alerts: async () => (await reviewing.told("alert")).map(({ code }) => code),
		branches: () =>
			runGit(project, ["for-each-ref", "--format=%(refname:short)", "refs/heads/brl"])
				.split("\n")
				.filter((name) => name !== ""),
		landed: () =>
			runGit(project, ["log", "--no-merges", "--format=%s", "main"])
				.split("\n")
				.filter((subject) => subject !== first),
	};
	reviewing.reads(good);
	return reviewing;
}

const crashPoint = Symbol.for("shopfloor.crash-point");
const died = "the process died here";

function wakes({ type }: Entry): boolean {
	return ["change_pushed", "approval_given", "task_settled", "trigger"].includes(type);
}

/** No file of the source may hold BROKEN. One that holds BOMB passes once. */
function checkAt(desk: string): string {
	const path = join(desk, "check.sh");
	writeFileSync(
		path,
		`if grep -rqs BROKEN src; then exit 1; fi\nif grep -rqs BOMB src; then test ! -e ${desk}/lit || exit 1; touch ${desk}/lit; fi\n`,
	);
	return path;
}

function begin(project: string, script: string): void {
	runGit(project, ["init", "--quiet", "--initial-branch=main"]);
	for (const [key, value] of [
		["user.name", "Ana"],
		["user.email", "ana@localhost"],
	] as const)
		runGit(project, ["config", key, value]);
	const check = { name: "words", run: ["/bin/sh", script], reports: "exit" };
	commitIn(
		project,
		{
			".shopfloor/gate.json": JSON.stringify({ checks: [check], measuringStick: ["words.txt"] }),
			"words.txt": "BROKEN\n",
			"AGENTS.md": "Keep it short.\n",
			"src/list.txt": "first\nlast\n",
		},
		first,
	);
}

const first = "The first commit";

function commitIn(project: string, files: Files, message: string): string {
	for (const [path, text] of Object.entries(files)) {
		const at = join(project, path);
		mkdirSync(dirname(at), { recursive: true });
		if (text === null) rmSync(at);
		else writeFileSync(at, text);
	}
	runGit(project, ["add", "--all"]);
	runGit(project, ["commit", "--quiet", "-m", message]);
	return runGit(project, ["rev-parse", "HEAD"]);
}

function aChange(
	name: string,
	branch: string,
	commit: string,
	base: string,
	clock: FakeClock,
	patch: Partial<Change>,
): Change {
	const now = new Date(clock.now()).toISOString();
	return {
		id: `c-${commit.slice(0, 12)}`,
		status: "pending",
		session: "ralph-1",
		task: `t-${name}`,
		branch,
		commit,
		base,
		title: `Work on ${name}`,
		created: now,
		changed: now,
		attempts: 0,
		reasons: [],
		...patch,
	};
}

/** Keeps each prompt, and answers with what lies there. The two prompts tell themselves apart by the answer they want. */
function scriptAt(desk: string): FactoryConfig["agents"][string] {
	const path = join(desk, "read.sh");
	writeFileSync(
		path,
		`n=$(ls ${desk} | grep -c prompt)\ncat > ${desk}/prompt.$n\nuntil test -e ${desk}/review.json; do sleep 0.05; done\nif grep -q refuted ${desk}/prompt.$n; then cat ${desk}/refute.json; else cat ${desk}/review.json; fi\n`,
	);
	return {
		kind: "command",
		command: ["/bin/sh", path],
		prompt: "stdin",
		answer: "text",
		usd: 0,
		sees: [],
		env: {},
		network: false,
	};
}

function runGit(dir: string, args: readonly string[]): string {
	return execFileSync("git", args, {
		cwd: dir,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
		env: { PATH: process.env["PATH"], HOME: dir, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
	}).trimEnd();
}

/** Whether the target was ever asked. */
export function hasStore({ world }: Reviewing): boolean {
	return existsSync(join(world.places.state, "repositories"));
}
