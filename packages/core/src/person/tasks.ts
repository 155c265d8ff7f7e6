/** Asking for a task, ordering what is there, and looking at both. The scheduler does what is asked. */
import { currentState, type Floor } from "../io/index.ts";
import type { DataOf, Entry } from "../model/entry.ts";
import type { Task } from "../model/task-queue.ts";
import type { IdTaken, Person } from "./asking/person.ts";
import { momentOf, say } from "./say.ts";
import { type Objection, type Order, objectionTo } from "./task/order.ts";
import {
	cycleOn,
	type QueueSight,
	queueSight,
	requestIn,
	type TaskSight,
	type Unheard,
	unheardIn,
} from "./task/sight.ts";
import { taskStory } from "./task/story.ts";
import { requestSeqOf, taskIdOf, taskNamed } from "./task/task-id.ts";

export type Requested = { readonly kind: "asked"; readonly entry: Entry; readonly task: string } | IdTaken;

/** `request` as `taskRequestOf` made it. */
export async function requestTask(
	floor: Pick<Floor, "log">,
	person: Person,
	request: DataOf<"task_requested">,
): Promise<Requested> {
	const said = await say(floor, person, "task_requested", request);
	return said.kind === "said" ? { kind: "asked", entry: said.entry, task: taskIdOf(said.entry) } : said;
}

export type Ordered =
	| { readonly kind: "ordered"; readonly entry: Entry; readonly task: string }
	/** Nothing was written. `tasks`: those that there are. */
	| { readonly kind: "unknown-task"; readonly tasks: readonly Task[] }
	/** Nothing was written. */
	| { readonly kind: "senseless"; readonly task: Task; readonly because: Objection }
	| IdTaken;

export interface TaskOrder {
	/** `t-12` or `12`. */
	readonly task: string;
	readonly order: Order;
	readonly reason?: string;
}

export async function orderTask(
	floor: Pick<Floor, "log" | "tasks">,
	person: Person,
	{ task: word, order, reason }: TaskOrder,
): Promise<Ordered> {
	const id = taskNamed(word);
	// By now the scheduler may have done what was said before under the same id, and it would make no sense any more.
	const isSaid = person.id !== undefined && (await momentOf(floor, person)).before !== undefined;
	const refusal = isSaid ? undefined : await refusalOf(floor, id, order);
	if (refusal !== undefined) return refusal;
	const said = await say(floor, person, "task_order", { task: id, order, ...(reason !== undefined && { reason }) });
	return said.kind === "said" ? { kind: "ordered", entry: said.entry, task: id } : said;
}

async function refusalOf(
	floor: Pick<Floor, "log" | "tasks">,
	id: string,
	order: Order,
): Promise<Extract<Ordered, { kind: "unknown-task" | "senseless" }> | undefined> {
	const { tasks } = (await floor.tasks.read()).value;
	const task = tasks.find((one) => one.id === id);
	if (task === undefined) return (await isAskedFor(floor, id)) ? undefined : { kind: "unknown-task", tasks };
	const because = objectionTo(order, task);
	return because && { kind: "senseless", task, because };
}

/** Not taken up by the scheduler yet. What it took up and ended is in the queue for days, and then nobody's to order. */
async function isAskedFor({ log }: Pick<Floor, "log">, id: Task["id"]): Promise<boolean> {
	const seq = requestSeqOf(id);
	if (seq === undefined) return false;
	let asked = false;
	for await (const entry of log.read(seq)) {
		if (entry.seq === seq && entry.type === "task_requested") asked = true;
		if (!asked || ((entry.type === "task_settled" || entry.type === "task_queued") && entry.data.task === id))
			return false;
	}
	return asked;
}

/** Undefined for one that is neither in the queue nor in the log. */
export async function readTask(floor: Pick<Floor, "log" | "tasks">, word: string): Promise<TaskSight | undefined> {
	const id = taskNamed(word);
	const task = (await floor.tasks.read()).value.tasks.find((one) => one.id === id) ?? null;
	const asked = requestSeqOf(id);
	if (task === null && asked === undefined) return undefined;
	const story = taskStory(id);
	// Nothing is told of it before the entry that asked for it.
	for await (const entry of floor.log.read(asked ?? 1)) story.add(entry);
	const entries = story.entries();
	if (task === null && entries.length === 0) return undefined;
	return {
		id,
		task,
		request: requestIn(entries),
		cycle: cycleOn(id, await currentState(floor)),
		usd: story.usd(),
		calls: story.calls(),
		story: entries,
	};
}

/** Tasks and changes that are open. */
export async function readQueue(floor: Pick<Floor, "log" | "tasks" | "reviews">): Promise<QueueSight> {
	const { tasks } = (await floor.tasks.read()).value;
	const { changes } = (await floor.reviews.read()).value;
	const { work } = await currentState(floor);
	return queueSight(tasks, changes, work.approvals, await unheardRequests(floor, tasks));
}

export async function unheardRequests({ log }: Pick<Floor, "log">, tasks: readonly Task[]): Promise<Unheard[]> {
	return unheardIn(await log.last(entriesMax, { type: ["task_requested", "task_queued", "task_settled"] }), tasks);
}

/** Further back everything has been answered, or there are more than one looks at. */
const entriesMax = 500;
