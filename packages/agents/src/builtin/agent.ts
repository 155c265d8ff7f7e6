/**
 * An agent that needs no model, no key and no network. It does what can be done for certain and refuses the rest with
 * the reason. It never runs anything of the target, and its one change is written here, whole, when everything about it
 * is settled.
 */
import type { Agent } from "../port/agent.ts";
import type { Job } from "../port/job.ts";
import { nothingUsed } from "../port/outcome.ts";
import { answerFor } from "./answer.ts";
import { type ProjectBounds, projectBounds } from "./bounds.ts";
import { Compilers } from "./child/compilers.ts";
import { type Facts, factsIn } from "./facts.ts";
import { answerChat } from "./roles/bot.ts";
import { code } from "./roles/coder.ts";
import { diagnose } from "./roles/doctor.ts";
import { plan } from "./roles/planner.ts";
import { review } from "./roles/reviewer.ts";
import { type Ended, refused, type Said } from "./roles/said.ts";
import { report } from "./roles/scribe.ts";
import type { Workshop } from "./roles/workshop.ts";

export interface BuiltinOptions {
	/** For the compiler's process. */
	readonly memoryMb?: number;
	/** How long that process stays for a next job in the same folder. */
	readonly warmMs?: number;
	/** Of a project that is looked at. */
	readonly bounds?: ProjectBounds;
}

export interface BuiltinAgent extends Agent {
	/** Resolves when nothing of it is left running. It can be used again. */
	close(): Promise<void>;
}

export function builtinAgent(options: BuiltinOptions = {}): BuiltinAgent {
	const compilers = new Compilers({ memoryMb: memoryMbDefault, warmMs: warmMsDefault, ...options });
	return agentOver({ compilers, bounds: options.bounds ?? projectBounds });
}

/** The same with whatever compiles. */
export function agentOver(workshop: Workshop): BuiltinAgent {
	return {
		run: async (job) => ({ ...(await ended(job)), usage: nothingUsed, version }),
		close: () => workshop.compilers.close(),
	};

	async function ended(job: Job): Promise<Ended> {
		if (job.signal?.aborted) return { kind: "failed", code: "aborted", detail: "It was called off before it began." };
		if (job.resume !== undefined)
			return {
				kind: "failed",
				code: "conversation",
				detail: "The built-in agent keeps no conversations; give it a job without one.",
			};
		const read = factsIn(job.prompt);
		if (read.kind === "bad")
			return { kind: "refused", code: "prompt", detail: `The built-in agent cannot work with it: ${read.why}.` };
		// Those that look at the folder say what they look at.
		if (job.role !== "coder" && job.role !== "planner") job.show(`the built-in agent, as ${job.role}`);
		const said = await inRole(job, read.kind === "facts" ? read.facts : {});
		return said.kind === "said" ? answerFor(said, job.answer) : said;
	}

	async function inRole(job: Job, facts: Facts): Promise<Said | Ended> {
		switch (job.role) {
			case "coder":
				return code(job, facts, workshop);
			case "planner":
				return plan(job, facts, workshop);
			case "reviewer":
				return review(facts);
			case "scribe":
				return report(facts);
			case "doctor":
				return diagnose(facts);
			case "bot":
				return answerChat(facts);
			case "tester":
				return refused("it cannot try out a program as a person would; choose a model for the tester");
		}
	}
}

/** Raised when it does something else than before, so that the log tells what came of either. */
const version = "1";
/** The compiler alone takes 150; a project of a thousand files some 600. */
const memoryMbDefault = 2_048;
/** A cycle's next job comes within minutes or not at all. */
const warmMsDefault = 10 * 60_000;
