/** The patterns of the library, loaded when they are first needed: they take longer to load than most changes to judge. */
import { isPlaceholder, type Match } from "./patterns.ts";

export async function libraryPatterns(text: string, path: string | null): Promise<readonly Match[]> {
	if (text.trim() === "") return [];
	try {
		const { lintSource, rules } = await library();
		const { messages } = await lintSource({
			source: { filePath: `/${path ?? "message"}`, content: text, contentType: "text" },
			options: {
				config: { rules },
				maskSecrets: true,
				noPhysicFilePath: true,
			},
		});
		return messages
			.filter(({ range: [from, to] }) => !isPlaceholder(text.slice(from, to)))
			.map(({ range: [from], ruleId }) => ({
				at: from,
				what: `holds what looks like ${nameOf(ruleId)}`,
				severity: mild.test(ruleId) ? ("ask" as const) : ("block" as const),
			}));
	} catch {
		// Its message may quote what it was reading.
		return [{ at: null, what: "could not be searched with all patterns for secrets", severity: "block" }];
	}
}

/** Addresses in tests and documents hold passwords that are none. */
const mild = /basicauth|database-connection-string/;

/** It obeys comments, and a change shall not decide what is searched. Disabling it within the preset does nothing. */
const obedient = "@secretlint/secretlint-rule-filter-comments";

type Secretlint = typeof import("@secretlint/core");

interface Library {
	readonly lintSource: Secretlint["lintSource"];
	readonly rules: Parameters<Secretlint["lintSource"]>[0]["options"]["config"]["rules"];
}

let loaded: Promise<Library> | undefined;

function library(): Promise<Library> {
	loaded ??= load();
	return loaded;
}

async function load(): Promise<Library> {
	const [core, recommended] = await Promise.all([
		import("@secretlint/core"),
		import("@secretlint/secretlint-rule-preset-recommend"),
	]);
	const rules = recommended.rules.filter(({ meta }) => meta.id !== obedient);
	return { lintSource: core.lintSource, rules: rules.map((rule) => ({ id: rule.meta.id, rule })) };
}

function nameOf(ruleId: string): string {
	return `a secret of ${ruleId.replace(/^.*secretlint-rule-/, "")}`;
}
