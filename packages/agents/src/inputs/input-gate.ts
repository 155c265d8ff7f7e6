/**
 * The input gate: a role that is asked the same again answers as before, without a call. Only answers are kept: what
 * failed, ran out of time or was cut short may come out otherwise the next time.
 */
import { type Clock, instant, type Ledger, ledger, type Records } from "@shopfloor/core/io";
import type { Role } from "../port/job.ts";
import { nothingUsed, type Outcome } from "../port/outcome.ts";
import type { Paid } from "../purse/pay.ts";
import { inputsHash } from "./inputs-hash.ts";
import { answerIn, type RoleAnswers, roleAnswers, withAnswer } from "./role-answers.ts";

export interface Asked {
	readonly role: Role;
	/** What it is about, within the role: a session, a change. For each the last answer is kept. */
	readonly key: string;
	readonly agent: string;
	readonly model?: string;
	readonly prompt: string;
	/** All else that the answer depends on, as plain JSON: the head of the base, the failing tests. No times. */
	readonly inputs: unknown;
	show(line: string): void;
}

/** The answer of an earlier call: nothing was called, and nothing is to be paid. */
export interface Reused {
	readonly kind: "reused";
	readonly outcome: Outcome;
	/** When that call was made. */
	readonly at: string;
}

export interface InputGate {
	once<P extends Paid>(asked: Asked, call: () => Promise<P>): Promise<P | Reused>;
}

export function inputGate(records: Records, clock: Clock): InputGate {
	return {
		async once(asked, call) {
			const { role, key, agent, model, prompt, inputs } = asked;
			const hash = inputsHash([role, key, agent, model ?? null, prompt, inputs]);
			const answers: Ledger<RoleAnswers> = ledger(records, roleAnswers(role));
			const standing = answerIn((await answers.read()).value, key, hash);
			if (standing !== undefined) {
				asked.show(`nothing changed since ${standing.at}: the answer of then holds, and nothing is called`);
				return { kind: "reused", outcome: { ...standing.outcome, usage: nothingUsed } as Outcome, at: standing.at };
			}
			const paid = await call();
			if (paid.kind !== "called") return paid;
			const { usage: _paid, conversation: _over, ...outcome } = paid.outcome;
			const at = instant(clock.now());
			await answers.update((value) => withAnswer(value, { key, hash, at, outcome: outcome as never }));
			return paid;
		},
	};
}
