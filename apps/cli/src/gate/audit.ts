import { oneLine } from "@shopfloor/core";
import { type Audit, audit } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { exitCodes } from "../failure.ts";
import { jsonText } from "../json.ts";
import { personAt } from "../person.ts";
import { commitNamed, type Opened, withGate } from "./open.ts";
import type { AuditOptions } from "./options.ts";

export async function showAudit(context: Context, range: string | undefined, options: AuditOptions): Promise<void> {
	await withGate(context, { ...options, runs: options.replay ?? false }, async (opened) => {
		const { gate, branch } = opened;
		const site = gate.site(personAt(context).by, { fresh: true });
		const found = await audit(site, {
			...(range === undefined ? {} : { range: await inCommits(opened, range) }),
			...(options.replay ? { replay: site.judge } : {}),
			signal: context.interruption(),
			tell: ({ done, of, commit }) => context.note(`checking ${commit.slice(0, 12)} again, ${done + 1} of ${of}…`),
		});
		if (options.json) context.say(jsonText({ ok: found.faults.length === 0, ...found }));
		else for (const line of auditLines(found, branch)) context.say(line);
		if (found.faults.length > 0) context.endWith(exitCodes.failed);
	});
}

/** An end that is left out is the base itself. */
async function inCommits(opened: Opened, range: string): Promise<string> {
	const ends = range.split("..");
	if (ends.length > 2) return range;
	return (await Promise.all(ends.map((end) => (end === "" ? end : commitNamed(opened, end))))).join("..");
}

function auditLines({ looked, ours, replayed, faults }: Audit, branch: string): string[] {
	const seen = `${looked} ${looked === 1 ? "commit" : "commits"} on ${branch}, ${ours} of them landed by the factory`;
	const again = replayed > 0 ? `; ${replayed} checked again` : "";
	if (faults.length === 0) return [`${seen}${again}. All is as it was proven.`];
	return [
		`${seen}${again}:`,
		...faults.map(
			({ commit, subject, what }) =>
				`  ${commit?.slice(0, 12) ?? "-"}  ${oneLine(subject).slice(0, 60)}: ${oneLine(what)}`,
		),
	];
}
