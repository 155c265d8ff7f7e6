/** Lets somebody in by the code that the bot gave them: whoever can type here and read there is who they say. */
import { type Admission, admit, oneLine, type TelegramPeople, telegramPeople } from "@shopfloor/core";
import { instant, ledger } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { exitCodes, Failure } from "../failure.ts";
import { personAt } from "../person.ts";
import { timesFor } from "../times.ts";
import { changingFloor } from "../with-floor.ts";

export async function approve(context: Context, code: string): Promise<void> {
	const { by } = personAt(context);
	const nowMs = context.clock.now();
	await changingFloor(context, async ({ records, log }) => {
		let admission: Admission | undefined;
		await ledger<TelegramPeople>(records, telegramPeople).update((current) => {
			admission = admit(current, code, by, nowMs);
			return admission.next;
		});
		if (admission?.kind !== "admitted") throw refusal(context, admission);
		const { id, name } = admission.person;
		const subject = `telegram:${id}`;
		const message = `${subject} (${oneLine(name)}) may steer the factory`;
		await log.append([{ type: "alert", by, data: { code: "telegram-admitted", severity: "note", subject, message } }]);
		context.say(`${oneLine(name)} (${id}) is let in. To take it back: ${invocation} telegram remove ${id}`);
	});
}

function refusal(
	{ clock, timeZone }: Context,
	admission: Exclude<Admission, { kind: "admitted" }> | undefined,
): Failure {
	const anew = "Whoever it is for writes to the bot again and gets another one.";
	switch (admission?.kind) {
		case "expired":
			return new Failure(exitCodes.failed, `that code has run out. ${anew}`);
		case "locked": {
			const until = timesFor(clock.now(), timeZone).clock(instant(admission.untilMs));
			return new Failure(exitCodes.failed, `too many wrong codes: none is taken until ${until}`);
		}
		case "full":
			return new Failure(
				exitCodes.failed,
				`so many people are let in that there is no room: ${invocation} telegram ls`,
			);
		default:
			return new Failure(
				exitCodes.failed,
				`nobody was given that code; ${admission?.left ?? 0} more wrong ones and none is taken for a while. ${anew}`,
			);
	}
}
