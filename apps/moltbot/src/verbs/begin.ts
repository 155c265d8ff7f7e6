/** Commands that have something begun. Each is one entry in the log, and whoever it concerns acts on it. */
import { type FactoryConfig, processNames } from "@shopfloor/core";
import {
	type Answerer,
	answererOf,
	type IdTaken,
	type Presence,
	presenceOf,
	requestTask,
	scheduler,
	sentenceMax,
	takenSeats,
	taskRequestOf,
	trigger,
} from "@shopfloor/core/person";
import { none } from "./args.ts";
import { changeNamed } from "./change-named.ts";
import * as say from "./messages.ts";
import type { Say, Scene, Verb } from "./scene.ts";

export const review: Verb = {
	parse: (words) => ({ change: words.trim() }),
	async run(scene, { change = "" }) {
		if (change === "") return await asked(scene, "review");
		const named = await changeNamed(scene, change);
		return named.kind === "change" ? await asked(scene, "review", named.change.id) : [{ text: named.text }];
	},
};

export const standup: Verb = { parse: none, run: (scene) => asked(scene, "standup") };

export const doctor: Verb = { parse: none, run: (scene) => asked(scene, "doctor") };

export const ticket: Verb = {
	parse: (words) => ({ text: words.trim() }),
	async run(scene, { text = "" }) {
		if (text === "") return [{ text: say.wordsMissing("ticket") }];
		if (text.length > sentenceMax) return [{ text: say.tooLong("ticket", text.length, sentenceMax) }];
		return await asked(scene, "ticket", text);
	},
};

/** What no process of this factory does is not written down: it would wait for ever. */
async function asked(scene: Scene, what: string, note?: string): Promise<Say[]> {
	const { world, person } = scene;
	const answerer = answererOf(what);
	if (answerer === undefined || !isConfigured(answerer.name, world.config)) return [{ text: say.nobodyDoes(what) }];
	const said = await trigger(world.floor, person, { what, ...(note !== undefined && { note }) });
	if (said.kind === "id-taken") return taken(said);
	return [{ text: say.begun(what, answerer.name, await presence(scene, answerer)) }];
}

function isConfigured(name: string, config: FactoryConfig): boolean {
	return processNames(config).includes(name);
}

export const task: Verb = {
	/** The first line is the title, what follows the detail. */
	parse: (words) => ({ title: words.trim() }),
	async run(scene, { title: words = "" }) {
		const { world, person } = scene;
		const { floor } = world;
		const [title = "", ...detail] = words.split(/\r?\n/);
		if (title.trim() === "") return [{ text: say.wordsMissing("task") }];
		const wish = { title, ...(detail.length > 0 && { detail: detail.join("\n") }) };
		const asked = taskRequestOf(wish, person.source);
		if (asked.kind === "faults") return [{ text: say.taskFaults(asked.faults) }];
		const said = await requestTask(floor, person, asked.request);
		if (said.kind === "id-taken") return taken(said);
		const waiting = (await floor.tasks.read()).value.tasks.filter(({ status }) => status === "waiting").length;
		const { title: noted } = asked.request;
		return [
			{ text: say.taskAsked({ task: said.task, title: noted, waiting, presence: await presence(scene, scheduler) }) },
		];
	},
};

async function presence({ world: { floor, clock }, state }: Scene, answerer: Answerer): Promise<Presence> {
	return presenceOf(answerer, state, await takenSeats(floor), clock.now());
}

/** The same update was something else before: nobody knows what is meant. */
function taken({ entry }: IdTaken): Say[] {
	return [{ text: say.saidBefore(entry.seq) }];
}
