/** Commands that only look. */
import { currentState } from "@shopfloor/core/io";
import { observe, readQueue, statusOf } from "@shopfloor/core/person";
import { none } from "./args.ts";
import * as say from "./messages.ts";
import type { Verb } from "./scene.ts";

export const status: Verb = {
	parse: none,
	async run({ world: { floor, places, clock, config }, times }) {
		const state = await currentState(floor);
		const seen = statusOf(await observe(floor, state, places.config, clock));
		return [{ text: say.status({ status: seen, state, capUsd: config.budget.perDay, times }) }];
	},
};

export const queue: Verb = {
	parse: none,
	async run({ world: { floor }, times }) {
		return [{ text: say.queue(await readQueue(floor), times) }];
	},
};

export const cost: Verb = {
	parse: none,
	async run({ world: { floor, config }, times }) {
		return [{ text: say.cost(await currentState(floor), config.budget, times) }];
	},
};

export const log: Verb = {
	parse: (words) => ({ count: words }),
	async run({ world: { floor }, times }, { count = "" }) {
		const most = /^\d{1,4}$/.test(count) ? Math.min(Math.max(Number(count), 1), entriesMax) : entriesDefault;
		return [{ text: say.log(await floor.log.last(most, { type: say.toldTypes }), times) }];
	},
};

/** What fits on a phone, and what is worth a file. */
const entriesDefault = 10;
const entriesMax = 200;

export const skills: Verb = {
	parse: none,
	async run({ skills: { skills: known } }) {
		return [{ text: say.skills(known) }];
	},
};
