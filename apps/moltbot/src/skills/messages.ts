/** Every sentence that self-improvement says. */
import { cut, type DataOf, oneLine } from "@shopfloor/core";
import type { Suspicion } from "@shopfloor/skills";

export function adopted(skill: string, action: string, gained: number, examples: readonly string[]): string {
	const [example = ""] = examples;
	const more = examples.length > 1 ? ` and ${examples.length - 1} more` : "";
	return `${skill} is learned: ${quoted(example)}${more} for ${action}. It would have understood ${counted(gained, "message")}.`;
}

export function takenBack(skill: string, messages: number): string {
	return `${skill} is taken back: of the ${counted(messages, "message")} since, more are understood rightly without it.`;
}

/** What a secret stands in is told to nobody. */
export function quarantined(hash: string, suspicions: readonly Suspicion[]): DataOf<"alert"> {
	const isSecret = suspicions.some(({ kind }) => kind === "secret");
	const [{ what = "", line = 0 } = {}] = suspicions;
	return {
		code: isSecret ? "bot-skill-secret" : "bot-skill-quarantined",
		severity: "warning",
		subject: hash,
		message: isSecret
			? `a skill was proposed that has ${what} in line ${line}; it was thrown away. Whoever sent it to the bot should change it.`
			: `a skill was proposed that has ${what} in line ${line}. It is not used, and lies in skills/quarantine/${hash}.md of the state directory.`,
	};
}

function quoted(text: string): string {
	return `"${cut(oneLine(text), 80)}"`;
}

function counted(count: number, one: string): string {
	return `${count} ${count === 1 ? one : `${one}s`}`;
}
