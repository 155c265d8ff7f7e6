import { hasIssueLink } from "../issue-link.ts";
import { addedLines, isAdded, movedLines } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { commentsOf } from "../reading/comments.ts";
import { isCode, isTypeScript, treeOf } from "../reading/syntax.ts";
import type { ChangedFile, Found, Rule, Severity } from "../rule.ts";

const code = "export const a: number = one();\n";

export const suppressions: Rule = {
	name: "suppressions",
	severity: "block",
	reason: "A comment that switches a check off makes the error invisible and leaves the fault.",
	*look({ diff, kinds }) {
		const hasMoved = movedLines(diff);
		const found: (Found & { readonly severity: Severity })[] = [];
		for (const file of diff.files) {
			const isTest = isTestAlone(kinds, file.path);
			for (const { line, text } of commentsIn(file)) {
				const kind = spellings.find(({ form }) => form.test(text));
				if (kind === undefined || hasMoved(text)) continue;
				const what = `switches a check off: \`${shortened(text)}\``;
				found.push({ path: file.path, line, what, severity: kind.severity(text, isTest) });
			}
		}
		// One is an exception; many are a habit.
		const isFlood = found.filter(({ severity }) => severity !== "note").length > floodMax;
		for (const one of found) yield isFlood && one.severity === "ask" ? { ...one, severity: "block" } : one;
	},
	examples: {
		caught: [
			{ name: "@ts-nocheck", before: { "a.ts": code }, after: { "a.ts": `// @ts-nocheck\n${code}` } },
			{ name: "@ts-ignore", before: { "a.ts": code }, after: { "a.ts": `// @ts-ignore\n${code}` } },
			{
				name: "in a block",
				before: { "a.tsx": code },
				after: { "a.tsx": `const b = <p>{/* @ts-ignore */ 1}</p>;\n${code}` },
			},
			{ name: "@ts-expect-error", before: { "a.ts": code }, after: { "a.ts": `/* @ts-expect-error */\n${code}` } },
			{ name: "eslint for a file", before: { "a.js": "x();\n" }, after: { "a.js": "/* eslint-disable */\nx();\n" } },
			{
				name: "biome",
				before: { "a.ts": code },
				after: { "a.ts": `// biome-ignore lint/suspicious/noExplicitAny: later\n${code}` },
			},
			{ name: "coverage", before: { "a.ts": code }, after: { "a.ts": `/* v8 ignore next */\n${code}` } },
			{
				name: "with an issue",
				before: { "a.ts": code },
				after: { "a.ts": `// @ts-expect-error wrong types, see https://github.com/a/b/issues/12\n${code}` },
			},
			{
				name: "in a template of another language",
				before: { "a.vue": "<p/>\n" },
				after: { "a.vue": "<!-- eslint-disable -->\n<p/>\n" },
			},
		],
		passed: [
			{
				name: "in a text",
				before: { "a.ts": code },
				after: { "a.ts": `${code}export const hint = "write // @ts-ignore above";\n` },
			},
			{
				name: "in another line than before",
				before: { "a.ts": `// @ts-ignore\n${code}` },
				after: { "a.ts": `const b = 1;\n// @ts-ignore\n${code}` },
			},
			{
				name: "in another file than before",
				before: { "a.ts": `// @ts-ignore\n${code}` },
				after: { "a.ts": "", "b.ts": `// @ts-ignore\n${code}` },
			},
			{ name: "in a document", after: { "a.md": "Never write `// @ts-ignore`.\n" } },
			{ name: "taken away", before: { "a.ts": `// @ts-ignore\n${code}` }, after: { "a.ts": code } },
		],
	},
};

const floodMax = 5;

interface Kind {
	readonly form: RegExp;
	severity(text: string, isTest: boolean): Severity;
}

/** Why somebody needs it, beyond the words that switch off. */
function hasReason(text: string): boolean {
	return hasIssueLink(text);
}

const spellings: readonly Kind[] = [
	{ form: /@ts-nocheck\b/, severity: (text) => (isGenerated(text) ? "ask" : "block") },
	{ form: /@ts-ignore\b/, severity: (text) => (hasReason(text) ? "ask" : "block") },
	// A test of types asserts by it that something is an error.
	{ form: /@ts-expect-error\b/, severity: (text, isTest) => (isTest || hasReason(text) ? "ask" : "block") },
	{
		form: /(?:eslint|oxlint|tslint|jshint|standard)[-:]disable(?!d)/,
		severity: (text, isTest) => {
			// How a test is written is no check of the code, as long as it is not about what the test asserts.
			if (/disable-(?:next-)?line\s+\S/.test(text))
				return isTest && !/only|skip|focus|disabled|expect|assert|valid-/.test(text) ? "note" : "ask";
			return hasReason(text) || isGenerated(text) ? "ask" : "block";
		},
	},
	{
		form: /biome-ignore(?:-all|-start)?\b/,
		severity: (text) => (/biome-ignore-(?:all|start)/.test(text) && !hasReason(text) ? "block" : "ask"),
	},
	{
		form: /(?:v8|c8|istanbul|node:coverage)\s+(?:ignore|disable)/,
		severity: (text) => (/ignore (?:file|start)|disable/.test(text) ? "block" : "ask"),
	},
	{ form: /\bstryker\s+disable/i, severity: () => "block" },
	{ form: /@flow strict-off|\$Flow(?:FixMe|Ignore)|noqa\b|deno-lint-ignore/, severity: () => "ask" },
	{ form: /\bsecretlint-disable|gitleaks:allow|nosemgrep|NOSONAR\b/, severity: () => "block" },
];

function isGenerated(text: string): boolean {
	return /@generated|\b(?:auto-?generated|generated (?:by|from|code|file))|do not edit/i.test(text);
}

interface Comment {
	readonly line: number;
	readonly text: string;
}

function commentsIn(file: ChangedFile): readonly Comment[] {
	if (isCode(file.path)) {
		const tree = addedLines(file).some(({ text }) => marks.test(text)) ? treeOf(file, "after") : null;
		if (tree === null) return [];
		return commentsOf(tree)
			.filter(({ line, lines }) => isAdded(file, line) || lines.some((one) => isAdded(file, one)))
			.map(({ line, text }) => ({ line, text }))
			.filter(({ text }) => marks.test(text) && !(isTypeScript(file.path) && /^\/\/\/\s*<reference/.test(text)));
	}
	if (!/\.(?:vue|svelte|astro|html?|css|scss|less|ya?ml|sh|py)$/i.test(file.path)) return [];
	return addedLines(file).filter(({ text }) => /(?:\/\/|\/\*|<!--|#).*/.test(text) && marks.test(text));
}

const marks =
	/@ts-(?:nocheck|ignore|expect-error)|(?:eslint|oxlint|tslint|jshint|standard)[-:]disable|biome-ignore|(?:v8|c8|istanbul|node:coverage)\s+(?:ignore|disable)|stryker\s+disable|\$Flow(?:FixMe|Ignore)|noqa\b|deno-lint-ignore|secretlint-disable|gitleaks:allow|nosemgrep|NOSONAR/i;

function shortened(text: string): string {
	const line = text.trim().replace(/\s+/g, " ");
	return line.length > 100 ? `${line.slice(0, 97)}...` : line;
}
