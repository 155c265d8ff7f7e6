/** Steps four and five: the agent works in a tree of the session's own, and what it did becomes one commit. */
import { type Answered, readCoder } from "@shopfloor/agents";
import { oneLine } from "@shopfloor/core";
import { crashAt } from "@shopfloor/core/io";
import { commitWork, workTreeOf } from "@shopfloor/gate";
import { changedNothing, sentence } from "../messages.ts";
import { askCoder } from "./ask.ts";
import type { Cycling } from "./cycling.ts";
import type { HackFacts, Plan } from "./handed-on.ts";
import { nobody } from "./plan.ts";
import type { Site } from "./site.ts";

export type Hacked =
	| { readonly kind: "hacked" }
	| { readonly kind: "idle" | "limited" | "failed" | "discarded"; readonly reason: string };

export async function hack(site: Site, cycling: Cycling, facts: HackFacts): Promise<Hacked> {
	const { base, show } = site;
	const { plan } = facts;
	show(`task: ${plan.title}`);
	const session = await site.prepare(base.commit);
	const answered = await askCoder(site, cycling, facts, session);
	const hacked = decideHack(answered);
	if (hacked.kind !== "hacked") return hacked;
	await cycling.step("commit", { message: messageOf(plan, answered) });
	return hacked;
}

/** Pure. What the agent says of its success counts for nothing: whether it did anything is seen in the tree. */
export function decideHack(answered: Answered): Hacked {
	if (answered.kind === "nobody") return nobody(answered.reasons);
	const { agent, outcome } = answered;
	const reason = "detail" in outcome ? `${agent}: ${sentence(outcome.detail)}` : agent;
	switch (outcome.kind) {
		case "done":
			return { kind: "hacked" };
		case "limited":
			return { kind: "limited", reason };
		case "refused":
			return { kind: "idle", reason };
		default:
			return { kind: "failed", reason };
	}
}

/** The plan's title, and what the agent says it did. Its words are text, and carry no trailers of ours. */
function messageOf({ title, detail }: Plan, answered: Answered): string {
	const body = [detail, saidBy(answered)].filter((text) => text.trim() !== "").join("\n\n");
	return `${oneLine(title).slice(0, subjectMax)}\n\n${body.slice(0, bodyMax)}`.trim();
}

function saidBy(answered: Answered): string {
	if (answered.kind !== "answered" || answered.outcome.kind !== "done") return "";
	const read = readCoder(answered.outcome.data);
	return read.kind === "summary" ? read.summary : answered.outcome.text;
}

const subjectMax = 120;
const bodyMax = 4_000;

export type Committed = { readonly kind: "committed" } | { readonly kind: "discarded"; readonly reason: string };

/** Done again with what the step says, it is the same commit on the same branch. */
export async function commit(site: Site, cycling: Cycling): Promise<Committed> {
	const { gate, world } = site;
	const { base = "", branch = "", message = "", cycle, task } = cycling.now;
	crashAt("cycle.commit.before");
	const done = await commitWork(gate.store, workTreeOf(gate.store, world.name), {
		base,
		branch,
		message,
		trailers: { Session: world.name, Cycle: String(cycle), ...(task === null ? {} : { Task: task }) },
		seconds: Math.floor(cycling.beganMs / 1_000),
	});
	crashAt("cycle.commit.after");
	if (done.kind === "nothing") return { kind: "discarded", reason: changedNothing };
	if (done.kind === "refused") return { kind: "discarded", reason: done.why };
	await cycling.step("evaluate", { commit: done.commit, branch: done.branch });
	return { kind: "committed" };
}
