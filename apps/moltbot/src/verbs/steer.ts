/** Pausing, stopping, resuming. They hold whether or not anybody is there to read them. */
import { parseDuration } from "@shopfloor/core";
import { currentState, instant } from "@shopfloor/core/io";
import { hold, resume as lift, scopesOf, sentenceMax, takenSeats } from "@shopfloor/core/person";
import { firstWord } from "./args.ts";
import * as say from "./messages.ts";
import type { Args, Scene, Verb } from "./scene.ts";

export const pause: Verb = {
	parse: (words) => ({ words }),
	async run(scene, args) {
		const { world, person, times } = scene;
		const { scope, forMs, reason } = await wishIn(scene, args);
		const until = forMs === undefined ? undefined : instant(world.clock.now() + forMs);
		const wish = { kind: "pause" as const, scope, reason, ...(until !== undefined && { until }) };
		const held = await hold(world.floor, person, wish, world.config);
		return [{ text: say.paused(scope, until, held, times) }];
	},
};

export const stop: Verb = {
	parse: (words) => ({ words }),
	async run(scene, args) {
		const { world, person, times } = scene;
		const { scope, reason } = await wishIn(scene, args);
		const held = await hold(world.floor, person, { kind: "stop", scope, reason }, world.config);
		const alive = Object.keys(await takenSeats(world.floor)).length;
		return [{ text: say.stopped(scope, alive, held, times) }];
	},
};

export const resume: Verb = {
	parse: (words) => ({ scope: words.trim() }),
	async run({ world, person }, { scope: given = "" }) {
		const scope = given === "" ? "all" : given.toLowerCase();
		const resumed = await lift(world.floor, person, { scope }, world.config);
		return [{ text: say.resumed(scope, resumed) }];
	},
};

interface Wish {
	readonly scope: string;
	readonly forMs: number | undefined;
	readonly reason: string;
}

/**
 * `ralph-1 2h its branch needs a look`: a scope, a time and a reason, each as far as it is there. A first word that is no
 * scope belongs to the reason, and everything is meant: who writes "stop it spends too much" wants it stopped.
 */
async function wishIn({ world: { floor, config } }: Scene, args: Args): Promise<Wish> {
	const { scope, words = "", for: duration } = args;
	if (scope !== undefined || duration !== undefined)
		return { scope: scope ?? "all", forMs: parseDuration(duration ?? ""), reason: unsaid };
	const known = scopesOf(await currentState(floor), config);
	const [first, rest] = firstWord(words);
	const isScope = known.includes(first.toLowerCase());
	const [time, reason] = firstWord(isScope ? rest : words);
	const forMs = parseDuration(time);
	const why = (forMs === undefined ? (isScope ? rest : words) : reason).trim().slice(0, sentenceMax);
	return { scope: isScope ? first.toLowerCase() : "all", forMs, reason: why === "" ? unsaid : why };
}

const unsaid = "no reason given";
