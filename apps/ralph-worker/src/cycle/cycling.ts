/** The cycle that is under way: says each step before it begins, and at the end what became of it all. */
import { type Cycle, type DataOf, own, type Task, toMs } from "@shopfloor/core";
import { crashAt, instant, type Turn, type World } from "@shopfloor/core/io";
import { interrupted } from "../messages.ts";

type Ended = DataOf<"ralph_cycle">;
type Step = Cycle["step"];

export class Cycling {
	readonly #world: World;
	readonly #turn: Turn;
	readonly #steps: Partial<Record<Step, number>> = {};
	readonly #prompts = new Set<string>();
	readonly #agents = new Set<string>();
	#cycle: Omit<Cycle, "at" | "seq">;
	#spent = { usd: 0, inputTokens: 0, outputTokens: 0 };
	#stepAt: number;

	constructor(world: World, turn: Turn, task: Task | undefined) {
		this.#world = world;
		this.#turn = turn;
		this.#stepAt = world.clock.watch();
		this.#cycle = {
			cycle: (own(turn.state.work.sessions, world.name)?.cycles ?? 0) + 1,
			step: "read",
			began: instant(world.clock.now()),
			task: task?.id ?? null,
			...(task === undefined ? {} : { title: task.title, files: task.files }),
		};
	}

	/** One that a dead process began. */
	static of(world: World, turn: Turn, { at: _at, seq: _seq, ...cycle }: Cycle): Cycling {
		const cycling = new Cycling(world, turn, undefined);
		cycling.#cycle = cycle;
		const { usd = 0, inputTokens = 0, outputTokens = 0, prompts = [], agents = [] } = cycle;
		cycling.#spent = { usd, inputTokens, outputTokens };
		for (const prompt of prompts) cycling.#prompts.add(prompt);
		for (const agent of agents) cycling.#agents.add(agent);
		return cycling;
	}

	get now(): Omit<Cycle, "at" | "seq"> {
		return this.#cycle;
	}

	get beganMs(): number {
		return toMs(this.#cycle.began);
	}

	get usd(): number {
		return this.#spent.usd;
	}

	/** Written down before anything of it is done. */
	async step(step: Step, patch: Partial<Omit<Cycle, "step" | "at" | "seq">> = {}): Promise<void> {
		this.#turn.signal.throwIfAborted();
		this.#clockOut();
		this.#cycle = { ...this.#cycle, ...patch, step, ...(this.#agents.size > 0 && this.#calls) };
		const { name, floor } = this.#world;
		await floor.log.append([{ type: "cycle_step", by: name, data: { session: name, ...this.#cycle } }]);
		if (long.has(step)) await this.#turn.doing(`${step}: ${this.#cycle.title ?? "looking for something to do"}`);
	}

	/** Written down with the next step. */
	measuredBefore(before: NonNullable<Cycle["before"]>): void {
		this.#cycle = { ...this.#cycle, before };
	}

	called(agent: string, prompt: string, usd: number, tokens: { inputTokens: number; outputTokens: number }): void {
		this.#agents.add(agent);
		this.#prompts.add(prompt);
		this.#spent = {
			usd: this.#spent.usd + usd,
			inputTokens: this.#spent.inputTokens + tokens.inputTokens,
			outputTokens: this.#spent.outputTokens + tokens.outputTokens,
		};
	}

	async interrupted(): Promise<void> {
		await this.end("failed", interrupted(this.#cycle.step));
	}

	async end(outcome: Ended["outcome"], reason: string, more: Partial<Pick<Ended, "after" | "change" | "branch">> = {}) {
		this.#clockOut();
		const { name, floor, clock } = this.#world;
		const { cycle, task, title, files, before } = this.#cycle;
		const { after = this.#cycle.after, change, branch } = more;
		crashAt("cycle.end.before");
		const data: Ended = {
			session: name,
			cycle,
			task,
			...(title !== undefined && { title }),
			outcome,
			reason: reason.slice(0, reasonMax),
			...(before && { before }),
			...(after && { after }),
			...(files !== undefined && { files }),
			...(change !== undefined && { change }),
			...(branch !== undefined && { branch }),
			...this.#calls,
			durationMs: Math.max(0, clock.now() - this.beganMs),
			steps: this.#steps,
		};
		await floor.log.append([{ type: "ralph_cycle", by: name, id: `cycle:${name}:${cycle}`, data }]);
	}

	get #calls() {
		return { ...this.#spent, prompts: [...this.#prompts], agents: [...this.#agents] };
	}

	#clockOut(): void {
		const now = this.#world.clock.watch();
		const { step } = this.#cycle;
		this.#steps[step] = (this.#steps[step] ?? 0) + Math.round(now - this.#stepAt);
		this.#stepAt = now;
	}
}

/** Those in which an agent or a check works; the others are over in a moment. */
const long: ReadonlySet<Step> = new Set(["analyze", "plan", "hack", "evaluate"]);
/** What an entry takes. */
const reasonMax = 2_000;
