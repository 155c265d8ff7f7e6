import type { Task } from "@shopfloor/core";
import { inOrder, isOpen, taskStatuses, unheardRequests } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import { listLines, nothingListed } from "./list-view.ts";
import type { ListOptions } from "./options.ts";
import { unheardLines } from "./unheard-view.ts";

export async function listTasks(context: Context, options: ListOptions): Promise<void> {
	const status = options.status === undefined ? undefined : statusNamed(options.status);
	await withFloor(context, async (floor) => {
		const { tasks } = (await floor.tasks.read()).value;
		const shown = inOrder(
			tasks.filter((task) => (status === undefined ? options.all || isOpen(task) : task.status === status)),
		);
		if (options.json) return context.say(jsonText(shown));
		const { paint, timeZone, out, clock } = context;
		const look = { paint, timeZone, width: widthOf(out), nowMs: clock.now() };
		const unheard = status === undefined ? await unheardRequests(floor, tasks) : [];
		const nothing = unheard.length > 0 ? [] : [nothingListed(tasks, status)];
		const lines = shown.length === 0 ? nothing : listLines(shown, tasks, look);
		for (const line of [...lines, ...unheardLines(unheard, paint, look.width)]) context.say(line);
	});
}

function statusNamed(word: string): Task["status"] {
	const found = taskStatuses.find((status) => status === word);
	if (found === undefined) throw misuse(`"${word}" is no status of a task. ${didYouMean(word, taskStatuses)}`);
	return found;
}
