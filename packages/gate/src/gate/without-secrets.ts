/**
 * Takes secrets out of what checks said. A check is lent secrets, or finds some, and prints them when it fails; what it
 * prints becomes a reason, and a reason is written into the log and into the message of a commit that everybody gets.
 *
 * What is known is taken out exactly, in every form in which it is searched for in changes. Of what only looks like a
 * secret nothing tells where it ends, and the rest of its line goes, too: a reason that says less does no harm.
 */
import { withoutValues } from "@shopfloor/core";
import { ownPatterns } from "../ratchet/secrets/patterns.ts";
import { libraryPatterns } from "../ratchet/secrets/secretlint.ts";

export type WithoutSecrets = (text: string) => Promise<string>;

export function withoutSecrets(values: readonly string[]): WithoutSecrets {
	const exactly = withoutValues(values);
	return async (text) => await withoutLookalikes(exactly(text));
}

const instead = "…";

/** Line by line, and of one that runs over several lines all that follows. */
async function withoutLookalikes(text: string): Promise<string> {
	if ((await beginsAt(text)) === undefined) return text;
	const lines = await Promise.all(text.split("\n").map(cutAtFirst));
	return await cutAtFirst(lines.join("\n"));
}

async function cutAtFirst(text: string): Promise<string> {
	const at = await beginsAt(text);
	return at === undefined ? text : `${text.slice(0, at)}${instead}`;
}

/** Where something that looks like a secret begins. A text that could not be searched is one from its beginning. */
async function beginsAt(text: string): Promise<number | undefined> {
	const matches = [...ownPatterns(text), ...(await libraryPatterns(text, null))];
	return matches.length === 0 ? undefined : Math.min(...matches.map(({ at }) => at ?? 0));
}
