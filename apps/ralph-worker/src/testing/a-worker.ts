/** A session on a repository of this test's own: real git, a real floor, and an agent that is a shell script. */
import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type DataOf, type EntryType, own } from "@shopfloor/core";
import { currentState, findPlaces, loadConfig, openFloor, type World } from "@shopfloor/core/io";
import { aTask, tempDir } from "@shopfloor/core/testing";
import { onTestFinished } from "vitest";
import { takeTurn } from "../turn.ts";

export interface WorkerOptions {
	/** What the coder does, in its tree. */
	readonly coder: string;
	/** What the planner answers; without one the built-in agent plans. */
	readonly plan?: object;
	/** Of the project, by path; `check` is run by sh and says with its exit code whether all is well. */
	readonly files?: Readonly<Record<string, string>>;
	readonly check?: string;
}

export function aWorker({ coder, plan, files = { "a.txt": "one\n" }, check = "true" }: WorkerOptions) {
	const dir = tempDir();
	const project = join(dir, "project");
	const stateDir = join(dir, "state");
	mkdirSync(project);
	const git = (...args: string[]) =>
		execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@x", ...args], {
			cwd: project,
			encoding: "utf8",
		}).trim();
	git("init", "--quiet", "--initial-branch=main");
	const gate = { checks: [{ name: "check", run: ["sh", "-c", check], reports: "exit" }] };
	write(project, { ...files, ".shopfloor/gate.json": JSON.stringify(gate) });
	git("add", "--all");
	git("commit", "--quiet", "-m", "The first");
	const called = join(dir, "called");
	const agent = (name: string, script: string) => {
		write(dir, { [name]: `#!/bin/sh\ncat > ${join(dir, `${name}-prompt`)}\necho ${name} >> ${called}\n${script}\n` });
		chmodSync(join(dir, name), 0o755);
		return { kind: "command", command: [join(dir, name)], usd: 0 };
	};
	const answer = (value: object) => `cat <<'END'\n${JSON.stringify(value)}\nEND`;
	write(dir, {
		"shopfloor.config.json": JSON.stringify({
			repository: { path: "project" },
			sandbox: "off",
			agents: {
				coder: agent("coder", `${coder}\n${answer({ summary: "I did it." })}`),
				...(plan && { planner: agent("planner", answer({ task: plan, why: "it is small" })) }),
			},
			roles: { coder: "coder", ...(plan && { planner: "planner" }) },
		}),
	});
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	cpSync(join(findPlaces({}).root, "prompts"), join(dir, "prompts"), { recursive: true });
	const places = { ...findPlaces({}), root: dir, state: stateDir, config: join(dir, "shopfloor.config.json") };
	const config = loadConfig(places.config);
	const clock = {
		now: () => Date.now(),
		watch: () => performance.now(),
		sleep: async () => {},
	} as unknown as World["clock"];
	const world: World = { name: "ralph-1", config, floor, clock, places, heartbeatMs: 60_000 };
	const turn = async (signal: AbortSignal = new AbortController().signal): Promise<void> => {
		const state = await currentState(floor);
		await takeTurn(world, { state, because: [], signal, doing: async () => {} });
	};
	return {
		dir,
		git,
		floor,
		stateDir,
		turn,
		/** One that ends at a point, as if the process had died there. */
		async turnUntil(point: string): Promise<void> {
			const hooks = globalThis as { [crashPoint]?: (name: string) => void };
			hooks[crashPoint] = (name) => {
				if (name === point) throw new Error(died);
			};
			try {
				await turn();
			} catch (error) {
				if ((error as Error).message === died) return;
				throw error;
			} finally {
				delete hooks[crashPoint];
			}
			throw new Error(`${point} was not visited`);
		},
		/** A person does, and the scheduler has done it. */
		async cancel(id: string): Promise<void> {
			const reason = "cancelled by cli:ana: done by hand";
			await floor.tasks.update(({ tasks }) => ({
				tasks: tasks.map((task) => (task.id === id ? { ...task, status: "cancelled", reason } : task)),
			}));
			const data = { task: id, session: "ralph-1", outcome: "cancelled", reason } as const;
			await floor.log.append([{ type: "task_settled", by: "scheduler", data }]);
		},
		editsPrompt: (name: string) => appendFileSync(join(dir, "prompts", `${name}.md`), "\n"),
		commits(files: Readonly<Record<string, string>>): void {
			write(project, files);
			git("add", "--all");
			git("commit", "--quiet", "-m", "The person's own");
		},
		/** Of the factory's own repository. */
		refs(under: string): string[] {
			const repositories = join(stateDir, "repositories");
			return readdirSync(repositories).flatMap((one) =>
				execFileSync(
					"git",
					["--git-dir", join(repositories, one, "store.git"), "for-each-ref", "--format=%(refname)", under],
					{
						encoding: "utf8",
					},
				)
					.split("\n")
					.filter((ref) => ref !== ""),
			);
		},
		async assign(id: string, patch: Partial<Parameters<typeof aTask>[0]> = {}) {
			await floor.tasks.update(({ tasks }) => ({ tasks: [...tasks, aTask({ id, ...patch })] }));
			await floor.tasks.update(({ tasks }) => ({
				tasks: tasks.map((task) => (task.id === id ? { ...task, status: "assigned", session: "ralph-1" } : task)),
			}));
		},
		async entries<T extends EntryType>(type: T): Promise<DataOf<T>[]> {
			return (await floor.log.last(1_000, { type: [type] })).map(({ data }) => data as unknown as DataOf<T>);
		},
		/** Puts an empty file into the session's tree. */
		inTree(name: string): void {
			const repositories = join(stateDir, "repositories");
			for (const one of readdirSync(repositories)) writeFileSync(join(repositories, one, "trees/ralph-1", name), "");
		},
		isInTree(name: string): boolean {
			const repositories = join(stateDir, "repositories");
			return readdirSync(repositories).some((one) => existsSync(join(repositories, one, "trees/ralph-1", name)));
		},
		changes: async () => (await floor.reviews.read()).value.changes,
		underWay: async () => own((await currentState(floor)).work.cycles, "ralph-1"),
	};
}

const crashPoint = Symbol.for("shopfloor.crash-point");
const died = "the process died here";

function write(dir: string, files: Readonly<Record<string, string>>): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
}
