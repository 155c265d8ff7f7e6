/** Mends one thing, and writes it. */
import { realpathSync } from "node:fs";
import { oneLine } from "@shopfloor/core";
import type { Job } from "../../port/job.ts";
import { answerFor } from "../answer.ts";
import type { Facts } from "../facts.ts";
import { writeEdit } from "../write-edit.ts";
import { type Ended, refused } from "./said.ts";
import { ask, type Workshop } from "./workshop.ts";

export async function code(job: Job, facts: Facts, workshop: Workshop): Promise<Ended> {
	if (job.access !== "write") return refused(`to change code it needs the access "write", and has "${job.access}"`);
	const { errors, tests, held, task } = facts;
	const request = {
		kind: "mend" as const,
		...(errors ? { errors } : {}),
		...(tests ? { tests } : {}),
		...(held ? { held } : {}),
		...(task?.files?.length ? { files: task.files } : {}),
	};
	const answer = await ask(job, request, workshop);
	if (answer.kind === "nothing")
		return refused(
			answer.reasons.length === 0
				? "it found nothing to mend"
				: `what there is needs a person or a model:\n${answer.reasons.join("\n")}`,
		);
	if (answer.kind === "looked") throw new Error("it only looked, and was to mend");
	if (answer.kind !== "edit") return answer;
	const effect =
		answer.expects === undefined
			? `errors ${answer.before} → ${answer.after}`
			: `no new errors; nothing was run, and it is expected that ${answer.expects}`;
	const line = oneLine(`${answer.file}:${answer.line}: ${answer.why} (${answer.fix}; ${effect}).`.replace(/\s+/g, " "));
	const files = [answer.file];
	const done = answerFor(
		{ text: line, forms: [{ summary: line, files }, { summary: line }, { text: line }] },
		job.answer,
	);
	if (done.kind !== "done") return done;
	const fault = await writeEdit(realpathSync(job.cwd), answer, job.signal);
	if (fault !== undefined) return fault;
	job.show(line);
	return done;
}
