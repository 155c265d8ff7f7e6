/** Proof that the log is what was written, or the first entry that is not. */
import { type Head, logExtent, notedHead, type Verification } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { withFloor } from "../with-floor.ts";
import type { VerifyOptions } from "./options.ts";
import { verificationLines } from "./verification-lines.ts";

export async function verifyLog(context: Context, options: VerifyOptions): Promise<void> {
	const given = headsOf(options.head ?? []);
	await withFloor(context, async (floor) => {
		const noted = await notedHead(floor);
		refuseContradiction(noted === undefined ? given : [...given, noted]);
		const { bytes } = logExtent(floor);
		if (context.err.isTTY && bytes > longBytes) context.note("reading the whole log, which takes a few seconds…");
		const verification = await floor.log.verify(noted === undefined ? given : [...given, noted]);
		if (options.json) context.say(jsonText(report(verification, given, noted)));
		else
			for (const line of verificationLines({ verification, given, noted, stateDir: floor.stateDir })) context.say(line);
		if (verification.bad !== undefined) context.endWith(exitCodes.failed);
	});
}

function report(verification: Verification, given: readonly Head[], noted: Head | undefined) {
	return { ok: verification.bad === undefined, ...verification, noted: noted ?? null, given };
}

function headsOf(texts: readonly string[]): Head[] {
	return texts.map((text) => {
		const match = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text);
		if (match === null)
			throw misuse(
				`--head "${text}" is no head. It has the form that log verify prints: the seq, a colon, and 64 hexadecimal digits.`,
			);
		return { seq: Number(match[1]), hash: (match[2] as string).toLowerCase() };
	});
}

/** Two different hashes for one entry: whatever the log says, one of them is not of this log. */
function refuseContradiction(heads: readonly Head[]): void {
	for (const head of heads) {
		const other = heads.find(({ seq, hash }) => seq === head.seq && hash !== head.hash);
		if (other !== undefined)
			throw new Failure(
				exitCodes.failed,
				`two different heads are noted for entry ${head.seq}; one of them is not of this log:\n  ${head.hash}\n  ${other.hash}`,
			);
	}
}

/** About a third of a second of reading; below it nobody needs to be told. */
const longBytes = 10 * 2 ** 20;
