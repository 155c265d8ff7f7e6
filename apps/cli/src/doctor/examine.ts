import type { Context } from "../context.ts";
import { exitCodes } from "../failure.ts";
import { jsonText } from "../json.ts";
import type { AnyCheck, Finding } from "./check.ts";
import { checks } from "./checks.ts";
import type { DoctorOptions } from "./options.ts";
import { findingLines, type Repair, repairLines, summaryLine } from "./view.ts";

/** Exits with 1 when something must be mended before the factory can work. */
export async function examine(context: Context, options: DoctorOptions): Promise<void> {
	const repairs = options.fix ? await repairAll(context, checks) : [];
	// After the repairs: what is said is what holds.
	const findings = await examineAll(context, checks);
	if (options.json) context.say(jsonText({ ok: isFit(findings), checks: findings, ...(options.fix && { repairs }) }));
	else
		for (const line of [
			...repairLines(repairs, options.fix === true),
			...findingLines(findings, context.paint),
			"",
			summaryLine(findings),
		])
			context.say(line);
	if (!isFit(findings)) context.endWith(exitCodes.failed);
}

async function repairAll(context: Context, all: readonly AnyCheck[]): Promise<Repair[]> {
	const repairs: Repair[] = [];
	for (const { name, mend } of all) {
		const done = await mend(context);
		if (done !== undefined) repairs.push({ name, done });
	}
	return repairs;
}

/** One after the other: the order matters to some, and none takes long. */
async function examineAll(context: Context, all: readonly AnyCheck[]): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (const check of all) findings.push(await check.examine(context));
	return findings;
}

function isFit(findings: readonly Finding[]): boolean {
	return findings.every(({ level }) => level !== "fail");
}
