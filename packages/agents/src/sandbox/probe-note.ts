/** What is remembered of the last probe, so that it is due once a day and not before every run. */
import type { RecordKind } from "@shopfloor/core";
import { z } from "zod";
import type { Probed } from "./probe.ts";

const Note = z.object({
	last: z
		.object({
			runner: z.enum(["bubblewrap", "unshare", "process-group"]),
			at: z.iso.datetime(),
			machine: z.string().max(1_000),
			results: z
				.array(z.object({ name: z.string(), tried: z.string(), held: z.boolean(), detail: z.string().max(2_000) }))
				.max(100),
		})
		.nullable(),
	/** What was last told to the log as an alert, so that one trouble is told once a day. */
	alert: z.object({ at: z.iso.datetime(), why: z.string() }).nullable(),
});
export type ProbeNote = z.infer<typeof Note>;

export const probeNotes: RecordKind<ProbeNote> = {
	key: "sandbox",
	schema: Note,
	empty: { last: null, alert: null },
	faults: () => [],
};

/** Whether it is to be tried again: it did not hold, is not the same any more, or a day has passed. */
export function dueProbe(
	{ last }: ProbeNote,
	{ runner, machine, nowMs }: { readonly runner: Probed["runner"]; readonly machine: string; readonly nowMs: number },
): boolean {
	if (last === null || last.runner !== runner || last.machine !== machine) return true;
	return last.results.some(({ held }) => !held) || isOld(last.at, nowMs);
}

export function dueAlert({ alert }: ProbeNote, why: string, nowMs: number): boolean {
	return alert === null || alert.why !== why || isOld(alert.at, nowMs);
}

/** A kernel or a container around us changes rarely, and then mostly with a restart. */
const dayMs = 24 * 60 * 60 * 1_000;

function isOld(at: string, nowMs: number): boolean {
	// A time that is to come is a clock that was set: then nothing is known.
	const ageMs = nowMs - Date.parse(at);
	return ageMs < 0 || ageMs >= dayMs;
}
