/** What was tried and what held, as lines. Pure. */
import { holds, type Probed } from "@shopfloor/agents";
import type { SandboxSetting } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { table } from "../table.ts";

type Where = Pick<Context, "paint" | "out" | "places">;

export function probeLines({ paint, out, places }: Where, probed: Probed, setting: SandboxSetting): string[] {
	const { runner, results } = probed;
	const rows = results.map(({ name, tried, held, detail }) => [
		{ text: held ? "held" : "OPEN", paint: held ? paint.green : paint.red },
		{ text: name },
		{ text: held ? tried : `${detail} (tried: ${tried})` },
	]);
	const open = results.filter(({ held }) => !held).length;
	const sum = holds(probed)
		? `All ${results.length} held: the sandbox by ${runner} shuts in what runs in it.`
		: paint.red(`${open} of ${results.length} did not hold. Nothing is run in the sandbox by ${runner} until they do.`);
	const off = setting === "off" ? ["", ...offLines({ paint, places })] : [];
	return [...table(rows, out.columns ?? widthDefault), "", sum, ...off];
}

export function offLines({ paint, places }: Pick<Where, "paint" | "places">): string[] {
	return [
		paint.red(`The sandbox is off ("sandbox": "off" in ${places.config}).`),
		"Agents and checks run with your own rights: they can read your keys and the factory's, change whatever you may",
		"change, reach every network that you reach, and leave processes behind. Remove the key to shut them in.",
	];
}

/** Where no terminal says how wide it is: enough for every sentence. */
const widthDefault = 120;
