import { oneLine, telegramPeople } from "@shopfloor/core";
import { ledger } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { personAt } from "../person.ts";
import { changingFloor } from "../with-floor.ts";

export async function removePerson(context: Context, word: string): Promise<void> {
	const [, digits = ""] = /^(?:telegram:)?(\d{1,20})$/.exec(word) ?? [];
	if (digits === "")
		throw misuse(`"${oneLine(word)}" is no number of an account; ${invocation} telegram ls shows them.`);
	const id = Number(digits);
	await changingFloor(context, async ({ records, log }) => {
		let isKnown = false;
		await ledger(records, telegramPeople).update((current) => {
			isKnown = current.people.some((person) => person.id === id);
			return isKnown ? { ...current, people: current.people.filter((person) => person.id !== id) } : current;
		});
		if (!isKnown) throw new Failure(exitCodes.failed, `${id} was not let in; ${invocation} telegram ls shows who was`);
		const subject = `telegram:${id}`;
		const message = `${subject} may steer the factory no more`;
		const { by } = personAt(context);
		await log.append([{ type: "alert", by, data: { code: "telegram-removed", severity: "note", subject, message } }]);
		context.say(`${id} is not listened to any more.`);
	});
}
