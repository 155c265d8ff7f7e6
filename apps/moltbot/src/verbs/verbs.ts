/** The commands: one for each of the bot's actions. What free words are understood as is one of these, too. */
import type { ActionName } from "@shopfloor/skills";
import { doctor, review, standup, task, ticket } from "./begin.ts";
import { approve, reject } from "./decide-on.ts";
import { help } from "./help.ts";
import { cost, log, queue, skills, status } from "./look.ts";
import type { Verb } from "./scene.ts";
import { pause, resume, stop } from "./steer.ts";

const verbs: { readonly [name in ActionName]: Verb } = {
	status,
	queue,
	cost,
	log,
	skills,
	help,
	review,
	standup,
	doctor,
	task,
	ticket,
	approve,
	reject,
	pause,
	resume,
	stop,
};

export function isVerb(name: string): name is ActionName {
	return Object.hasOwn(verbs, name);
}

export function verbOf(name: ActionName): Verb {
	return verbs[name];
}
