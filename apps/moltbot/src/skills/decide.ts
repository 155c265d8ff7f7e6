/**
 * What self-improvement does with what it sees. A candidate has to handle more of everything that was ever said, and may
 * change nothing that was answered rightly. Whatever passes that is on trial until enough was said after it. Pure.
 */
import {
	type BotSkill,
	type Heard,
	judge,
	type Replay,
	replay,
	type SkillSet,
	type Suspicion,
	scanText,
	shareOf,
	skillSet,
	skillsMax,
	together,
	understand,
} from "@shopfloor/skills";
import { type Candidate, type Learned, learned } from "./learned.ts";
import type { Memory, Trial } from "./memory.ts";

/** So many messages after it was adopted tell what a skill is worth. */
export const trialMessages = 20;
/** Before that, a skill that is behind by so many is taken back at once. */
const behindMax = 2;
/** Learned ones leave room for those that are shipped. */
const learnedMax = skillsMax - 50;

/** What calls for a pass: said since the last one, and not understood then, or wrongly. */
export function unsettled(heard: readonly Heard[], through: number): readonly Heard[] {
	return heard.filter(({ seq, handled }) => seq > through && !handled);
}

/** All that the skills of today still do not understand, or understand wrongly. */
export function stillOpen(heard: readonly Heard[], set: SkillSet): readonly Heard[] {
	return heard.filter((one) => !one.handled && judge(understand(one.text, set), one) !== "handled");
}

interface Shares {
	readonly before: number;
	readonly after: number;
}

export type Judged =
	| { readonly kind: "adopt"; readonly learned: Learned; readonly gained: number; readonly shares: Shares }
	/** It says what no skill may say. */
	| {
			readonly kind: "quarantine";
			readonly hash: string;
			readonly text: string;
			readonly suspicions: readonly Suspicion[];
	  }
	| { readonly kind: "refuse"; readonly hash: string; readonly why: string };

export interface Bench {
	readonly heard: readonly Heard[];
	readonly set: SkillSet;
	readonly refused: readonly string[];
	/** Values that may stand nowhere. */
	readonly secrets: readonly string[];
	readonly now: string;
}

export function judgeCandidate(candidate: Candidate, { heard, set, refused, secrets, now }: Bench): Judged {
	const made = learned(candidate, now);
	const { hash, text } = made;
	const refuse = (why: string): Judged => ({ kind: "refuse", hash, why });
	if (refused.includes(hash)) return refuse("it was refused before");
	const suspicions = scanText(text, secrets);
	if (suspicions.length > 0) return { kind: "quarantine", hash, text, suspicions };
	if (made.kind === "faults") return refuse(made.faults.map(({ at, message }) => `${at}: ${message}`).join("; "));
	if (set.skills.filter(({ origin }) => origin === "learned").length >= learnedMax)
		return refuse(`there are ${learnedMax} learned ones already`);
	const next = together([...set.skills, made.skill]);
	const [trouble] = next.troubles;
	if (trouble !== undefined) return refuse(`${trouble.skill} ${trouble.what}`);
	const result = replay(heard, set, next.set);
	const why = against(result);
	if (why !== undefined) return refuse(why);
	return { kind: "adopt", learned: made, gained: result.gained.length, shares: sharesOf(result) };
}

function against({ before, after, changed, messages }: Replay): string | undefined {
	const [first] = changed;
	if (first !== undefined) return `it would change ${changed.length} of ${messages} answers`;
	if (after.handled <= before.handled) return "nothing that was said would be understood that is not already";
	if (after.wrong > before.wrong) return "more would be understood wrongly";
	return undefined;
}

function sharesOf({ messages, before, after }: Replay): Shares {
	return { before: shareOf(before, messages), after: shareOf(after, messages) };
}

export type TrialEnd =
	| { readonly kind: "retire"; readonly trial: Trial; readonly shares: Shares; readonly messages: number }
	| { readonly kind: "passed"; readonly trial: Trial }
	/** Somebody removed it. */
	| { readonly kind: "gone"; readonly trial: Trial };

/** Those of which it is known by now. What was said since is replayed with and without the skill. */
export function endedTrials(
	{ trials }: Pick<Memory, "trials">,
	heard: readonly Heard[],
	set: SkillSet,
): readonly TrialEnd[] {
	return trials.flatMap((trial): TrialEnd[] => {
		if (!set.skills.some(({ name }) => name === trial.skill)) return [{ kind: "gone", trial }];
		const since = heard.filter(({ seq }) => seq > trial.since).slice(0, trialMessages);
		const result = replay(since, without(set, trial.skill), set);
		const behind = worth(result.before) - worth(result.after);
		const isOver = since.length >= trialMessages;
		if (behind >= (isOver ? 1 : behindMax))
			return [{ kind: "retire", trial, shares: sharesOf(result), messages: since.length }];
		return isOver ? [{ kind: "passed", trial }] : [];
	});
}

/** A wrong answer is worse than none. */
function worth({ handled, wrong }: Replay["before"]): number {
	return handled - wrong;
}

function without(set: SkillSet, name: BotSkill["name"]): SkillSet {
	return skillSet(set.skills.filter((skill) => skill.name !== name));
}
