/**
 * Step three: the task that was assigned, or one small thing that the planner proposes. What repeats a recent attempt, or
 * touches what others hold, is refused here, whatever the planner thinks of it.
 */
import { type Answered, type Reason, readPlan } from "@shopfloor/agents";
import type { Task } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";
import { held, nothingToDo, repeats, sentence, taken, tooWide } from "../messages.ts";
import { askPlanner } from "./ask.ts";
import { claim } from "./claim.ts";
import type { Cycling } from "./cycling.ts";
import type { Plan, PlanFacts } from "./handed-on.ts";
import { meeting } from "./held.ts";
import type { Known } from "./read.ts";
import type { Site } from "./site.ts";

export type Planned =
	| { readonly kind: "plan"; readonly plan: Plan }
	| { readonly kind: "idle" | "limited" | "failed"; readonly reason: string };

/** The scheduler's, from the queue; not one whose cycle is over and that the scheduler has not taken back yet. */
export async function assigned({ name, floor }: World): Promise<Task | undefined> {
	const { tasks } = (await floor.tasks.read()).value;
	const task = tasks.find(({ status, session }) => status === "assigned" && session === name);
	if (task === undefined) return undefined;
	const ended = (await floor.log.last(1, { type: ["ralph_cycle"], by: name }))[0];
	const given = (await floor.log.last(assignmentsRead, { type: ["task_assigned"] })).findLast(
		(entry) => entry.type === "task_assigned" && entry.data.task === task.id && entry.data.session === name,
	);
	// By their order in the log: clocks may be set back.
	const isOver = ended?.type === "ralph_cycle" && ended.data.task === task.id && ended.seq > (given?.seq ?? 0);
	return isOver ? undefined : task;
}

/** Of all sessions, since this one was given its task. */
const assignmentsRead = 200;

/** Found and claimed: from here on others leave its files alone. */
export async function findPlan(site: Site, cycling: Cycling, facts: PlanFacts): Promise<Planned> {
	const { task } = facts;
	if (task !== undefined) return await claimTask(site, cycling, task);
	await cycling.step("plan");
	let { known } = facts;
	for (let look = 1; ; look++) {
		const planned = decidePlan(await askPlanner(site, cycling, { ...facts, known }), known);
		if (planned.kind !== "plan") return planned;
		const claimed = await claim(site, cycling, planned.plan);
		if (claimed.kind === "claimed") return planned;
		if (look === looksMax) return { kind: "limited", reason: taken(planned.plan.title) };
		known = { ...known, held: claimed.held, recent: [...known.recent, ...claimed.titles] };
	}
}

/** As many sessions may plan in the same moment; each look may cost a call. */
const looksMax = 3;

async function claimTask(site: Site, cycling: Cycling, task: Task): Promise<Planned> {
	const plan = { title: task.title, detail: task.detail ?? "", files: task.files };
	const claimed = await claim(site, cycling, plan);
	return claimed.kind === "claimed" ? { kind: "plan", plan } : { kind: "limited", reason: taken(task.title) };
}

/** Pure. */
export function decidePlan(answered: Answered, { recent, held: others }: Pick<Known, "recent" | "held">): Planned {
	if (answered.kind === "nobody") return nobody(answered.reasons);
	const { outcome, agent } = answered;
	if (outcome.kind === "refused") return { kind: "idle", reason: `${agent}: ${sentence(outcome.detail)}` };
	if (outcome.kind === "limited") return { kind: "limited", reason: `${agent}: ${outcome.detail}` };
	if (outcome.kind !== "done") return { kind: "failed", reason: `${agent}: ${outcome.detail}` };
	const proposed = readPlan(outcome.data);
	if (proposed.kind === "unfit") return { kind: "failed", reason: `${agent}: ${proposed.detail}` };
	if (proposed.kind === "nothing") return { kind: "idle", reason: proposed.why || nothingToDo };
	const { title, detail, files } = proposed;
	if (recent.some((one) => same(one, title))) return { kind: "idle", reason: repeats(title) };
	const theirs = meeting(files, others);
	if (theirs.length > 0) return { kind: "idle", reason: held(theirs) };
	if (files.length > filesMax) return { kind: "idle", reason: tooWide(files.length, filesMax) };
	const id = outcome.conversation;
	const conversation = id === undefined ? {} : { conversation: { agent, id } };
	return { kind: "plan", plan: { title, detail, files, ...conversation } };
}

/** One function, one bug or one test, with its tests and their neighbours. */
const filesMax = 10;

/** One that looked and found nothing says so; one that could not look is asked again. */
export function nobody(reasons: readonly Reason[]): { readonly kind: "idle" | "limited"; readonly reason: string } {
	const reason = reasons.map(({ agent, why }) => `${agent}: ${sentence(why)}`).join("; ");
	const looked = reasons.length > 0 && reasons.every(({ cannot }) => cannot);
	return { kind: looked ? "idle" : "limited", reason };
}

function same(one: string, other: string): boolean {
	return words(one) === words(other);
}

function words(text: string): string {
	return text.toLowerCase().replace(/\s+/g, " ").trim();
}
