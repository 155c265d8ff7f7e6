/**
 * Adopts a skill, or takes one back. The step is noted first, then done: files, log, what is remembered. A process that
 * dies in between finds the note and does all of it again, which changes nothing that was done.
 */
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { crashAt, errnoOf, type Floor, type Ledger, replaceFile } from "@shopfloor/core/io";
import { type Memory, refusedMax, type Step } from "./memory.ts";

export interface Desk {
	readonly name: string;
	readonly floor: Pick<Floor, "log">;
	readonly memory: Ledger<Memory>;
	/** Where learned skills lie. */
	readonly dir: string;
}

export async function carryOut(desk: Desk, step: Step): Promise<void> {
	await desk.memory.update((now) => ({ ...now, step }));
	crashAt("bot-skills.noted");
	await finish(desk);
}

/** What is noted is done. False where nothing is. */
export async function finish({ name, floor, memory, dir }: Desk): Promise<boolean> {
	const { step } = (await memory.read()).value;
	if (step === null) return false;
	const folder = join(dir, step.skill);
	if (step.kind === "adopt") await lay(folder, step.text);
	else rmSync(folder, { recursive: true, force: true });
	crashAt("bot-skills.laid");
	const data = { what: "bot-skills", summary: step.summary, handledBefore: step.before, handledAfter: step.after };
	const id = `bot-skills:${step.kind}:${step.hash}`;
	const [entry] = await floor.log.append([{ type: "self_improved", by: name, id, data }]);
	crashAt("bot-skills.told");
	await memory.update((now) => remembered(now, step, entry?.seq ?? 0));
	return true;
}

/** The folder comes whole or not at all: whoever loads skills meanwhile sees no half of one. */
async function lay(folder: string, text: string): Promise<void> {
	const beside = join(dirname(folder), `.${folder.slice(dirname(folder).length + 1)}`);
	mkdirSync(beside, { recursive: true, mode: 0o700 });
	await replaceFile(join(beside, "SKILL.md"), text);
	try {
		renameSync(beside, folder);
	} catch (error) {
		// It lies there since the step was begun before.
		if (!["ENOTEMPTY", "EEXIST"].includes(errnoOf(error) ?? "")) throw error;
		rmSync(beside, { recursive: true, force: true });
	}
}

function remembered({ trials, refused, ...rest }: Memory, { kind, skill, hash }: Step, since: number): Memory {
	const others = trials.filter((trial) => trial.skill !== skill);
	return kind === "adopt"
		? { ...rest, step: null, refused, trials: [...others, { skill, hash, since }] }
		: { ...rest, step: null, trials: others, refused: [...refused, hash].slice(-refusedMax) };
}
