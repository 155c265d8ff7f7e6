/** What came of it: what was written and what it means, what the doctor says of it, and what comes next. */
import { configJsonSchema } from "@shopfloor/core";
import type { Context } from "../context.ts";
import type { Finding } from "../doctor/check.ts";
import { checks } from "../doctor/checks.ts";
import { findingLines as doctorLines, summaryLine } from "../doctor/view.ts";
import { exitCodes } from "../failure.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { meaningsOf } from "./meanings.ts";
import { nextSteps, stillOpen } from "./next-steps.ts";
import type { InitOptions } from "./options.ts";
import type { Tried } from "./try-agents.ts";
import { type Findings, meaningLines, stepLines, triedLine, writtenLine } from "./view.ts";
import type { Written } from "./write-config.ts";

interface Came {
	readonly findings: Findings;
	readonly settings: object;
	readonly written: Extract<Written, { kind: "written" | "same" }>;
	readonly tried: readonly Tried[];
}

/** Exits with 1 when something must be mended before the factory can work; written it is all the same. */
export async function tell(context: Context, options: InitOptions, came: Came): Promise<void> {
	const { findings, settings, written, tried } = came;
	const { paint, places, say } = context;
	const look = { width: widthOf(context.out), paint };
	if (!options.json) {
		say("");
		say(paint.bold(writtenLine(places.config, written)));
		for (const line of meaningLines(meaningsOf(settings, configJsonSchema()), look)) say(line);
		say("");
		for (const one of tried) say(triedLine(one, paint));
	}
	const health = await examined(context);
	const ok = health.every(({ level }) => level !== "fail");
	const open = stillOpen(
		findings.base.value.definition,
		findings.sights,
		findings.agents.value,
		tried.map(({ agent }) => agent),
	);
	const next = nextSteps(findings.agents.value);
	if (options.json)
		say(
			jsonText({
				config: places.config,
				written: written.kind === "written",
				kept: (written.kind === "written" && written.kept) || null,
				settings,
				found: findings,
				tried,
				doctor: { ok, checks: health },
				open,
				next,
			}),
		);
	else
		for (const line of [
			...doctorLines(health, paint),
			"",
			summaryLine(health),
			...stepLines("Still open:", open, paint),
			...stepLines("Next:", next, paint),
		])
			say(line);
	if (!ok) context.endWith(exitCodes.failed);
}

/** Asked to stop in the middle, it stops: what was written stands. */
async function examined(context: Context): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (const check of checks) {
		context.interruption().throwIfAborted();
		findings.push(await check.examine(context));
	}
	return findings;
}
