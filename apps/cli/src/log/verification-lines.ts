/** What `log verify` says. Pure. */
import { oneLine } from "@shopfloor/core";
import type { Head, Verification } from "@shopfloor/core/io";

export interface Verified {
	readonly verification: Verification;
	readonly given: readonly Head[];
	readonly noted: Head | undefined;
	readonly stateDir: string;
}

export function verificationLines(verified: Verified): string[] {
	return verified.verification.bad === undefined ? good(verified) : bad(verified);
}

function good({ verification, given, noted }: Verified): string[] {
	const { entries, first, head } = verification;
	if (entries === 0) return ["The log is empty: there is nothing to verify.", ...asides(verification)];
	return [
		`The log is as it was written: ${count(entries, "entry", "entries")}, ${first} to ${head.seq}, in ${count(verification.segments, "segment", "segments")}.`,
		...(first > 1 ? [`What stood before ${first} was moved away; its checkpoint stands in for it.`] : []),
		...(noted === undefined
			? ["Nobody has noted a head yet, so a tail that was cut off would not show."]
			: [stands("The head that the scheduler noted", noted, first)]),
		...given.map((head) => stands("The given head", head, first)),
		...asides(verification),
		"",
		`head ${head.seq}:${head.hash}`,
	];
}

function bad({ verification, stateDir }: Verified): string[] {
	const { bad: fault, first } = verification;
	if (fault === undefined) return [];
	const before = first === 0 ? 0 : fault.seq - first;
	return [
		`Entry ${fault.seq} ${oneLine(fault.what)}.`,
		`  found at ${oneLine(fault.where)}`,
		before <= 0
			? "Nothing before it could be verified."
			: `Before it, ${first} to ${fault.seq - 1}, everything is as it was written.`,
		...asides(verification),
		"",
		`Nothing was changed by looking. Keep a copy of ${stateDir} before you mend anything.`,
	];
}

function stands(what: string, { seq }: Head, first: number): string {
	if (seq < first) return `${what} (${seq}) could not be compared: its entry was moved away.`;
	return `${what} stands in it (${seq}).`;
}

function asides({ rubbish, tornBytes }: Verification): string[] {
	return [
		...(rubbish.length > 0 ? ["Lines that are no entries, and that nobody of ours wrote:"] : []),
		...rubbish.map((line) => `  ${oneLine(line)}`),
		...(tornBytes > 0
			? [
					`${count(tornBytes, "byte", "bytes")} of an unfinished line at the end: a write in progress, or one whose writer died. The next append moves them aside.`,
				]
			: []),
	];
}

function count(n: number, one: string, many: string): string {
	return `${n} ${n === 1 ? one : many}`;
}
