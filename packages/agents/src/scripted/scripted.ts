/** An agent that does what it was told beforehand, misbehaviour included: for tests and for trying the factory out. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Clock, systemClock } from "@shopfloor/core/io";
import { fits } from "../answer/fits.ts";
import type { Agent } from "../port/agent.ts";
import type { Job } from "../port/job.ts";
import type { Ending, Outcome, Usage } from "../port/outcome.ts";
import { AgentScript, type ScriptedTurn } from "./script.ts";

export interface ScriptedAgent extends Agent {
	/** What it was asked, in order. */
	readonly asked: readonly Job[];
}

export function scriptedAgent(script: AgentScript, clock: Clock = systemClock): ScriptedAgent {
	const turns = AgentScript.parse(script).turns.map((turn) => ({ turn, left: turn.times }));
	const asked: Job[] = [];
	const conversations = new Set<string>();
	return {
		asked,
		async run(job) {
			if (job.signal?.aborted) return { ...calledOff, usage: null };
			if (job.resume !== undefined && !conversations.has(job.resume))
				return { kind: "failed", code: "conversation", detail: "the script has no such conversation", usage: null };
			asked.push(job);
			const conversation = job.resume ?? `scripted-${asked.length}`;
			const next = turns.find(({ turn, left }) => left > 0 && isFor(turn, job));
			if (next === undefined)
				return { kind: "refused", code: "cannot", detail: "the script has no turn for this job", usage: null };
			next.left--;
			const outcome = await play(next.turn, job, clock);
			if (!job.keep && job.resume === undefined) return outcome;
			conversations.add(conversation);
			return { ...outcome, conversation };
		},
	};
}

const calledOff = { kind: "failed", code: "aborted", detail: "it was called off" } as const;

function isFor({ when }: ScriptedTurn, { role, prompt }: Job): boolean {
	return (when?.role ?? role) === role && (when?.prompt === undefined || new RegExp(when.prompt).test(prompt));
}

async function play(turn: ScriptedTurn, job: Job, clock: Clock): Promise<Outcome> {
	for (const line of turn.show) job.show(line);
	if (job.access === "write") for (const [path, text] of Object.entries(turn.edit)) edit(join(job.cwd, path), text);
	const used: Usage = { usd: turn.usd, estimated: false, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
	return { ...(turn.hang ? await hang(job, clock) : ending(turn, job)), usage: used };
}

function edit(path: string, text: string | null): void {
	if (text === null) rmSync(path, { force: true, recursive: true });
	else {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
	}
}

async function hang({ limits, signal }: Job, clock: Clock): Promise<Ending> {
	const ms = Math.min(limits.idleMs, limits.wallMs);
	await clock.sleep(ms, signal);
	if (signal?.aborted) return calledOff;
	return { kind: "timed-out", which: ms === limits.idleMs ? "idle" : "wall", detail: "the script says nothing more" };
}

function ending({ ends, text, data }: ScriptedTurn, { answer }: Job): Ending {
	if (ends !== undefined) return asEnding(ends, text);
	if (answer === undefined) return { kind: "done", text };
	const fit = fits(data, answer);
	if (fit.kind === "unfit") return { kind: "incomplete", code: "answer", detail: fit.detail };
	return { kind: "done", text, data: fit.data };
}

function asEnding(ends: NonNullable<ScriptedTurn["ends"]>, detail: string): Ending {
	if (ends.kind !== "limited") return { ...ends, detail };
	return { kind: "limited", detail, ...(ends.until === undefined ? {} : { until: ends.until }) };
}
