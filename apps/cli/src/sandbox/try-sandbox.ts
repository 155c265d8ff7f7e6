/** Tries the sandbox, as the factory itself does once a day; what comes of it holds for the factory too. */
import { holds, type Probed, probeSandbox, rememberProbe } from "@shopfloor/agents";
import { chooseRunner, loadConfig, type Runner } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { exitCodes, Failure } from "../failure.ts";
import { jsonText } from "../json.ts";
import { changingFloor } from "../with-floor.ts";
import type { TestOptions } from "./options.ts";
import { offLines, probeLines } from "./view.ts";

export async function trySandbox(context: Context, { runner: wanted, json }: TestOptions): Promise<void> {
	const { sandbox: setting } = loadConfig(context.places.config);
	const meant = wanted ?? setting;
	if (meant === "off") {
		if (json) context.say(jsonText({ setting, runner: null, holds: false, results: [] }));
		else for (const line of offLines(context)) context.say(line);
		return context.endWith(exitCodes.failed);
	}
	const choice = await chooseRunner(meant);
	if (choice.kind === "missing") throw new Failure(exitCodes.notReady, `there is no sandbox to test. ${choice.why}`);
	if (!json) context.note(`trying to break the sandbox by ${choice.runner.name}…`);
	const probed = await probe(context, choice.runner, wanted === undefined);
	if (json) context.say(jsonText({ setting, holds: holds(probed), ...probed }));
	else for (const line of probeLines(context, probed, setting)) context.say(line);
	if (!holds(probed)) context.endWith(exitCodes.failed);
}

function probe(context: Context, runner: Runner, isTheConfiguredOne: boolean): Promise<Probed> {
	return changingFloor(context, async (floor) => {
		const probed = await probeSandbox(runner, floor.stateDir, context.clock);
		if (isTheConfiguredOne) await rememberProbe(floor, probed);
		return probed;
	});
}
