import { textBytesMax } from "../../diff/diff.ts";
import type { Rule, Severity, Steps } from "../rule.ts";

export const bigFiles: Rule = {
	name: "big-files",
	severity: "ask",
	reason: "A large file stays in the history for ever, and is read by nobody.",
	*look({ diff, limits }) {
		for (const { path, bytesAfter, bytesBefore, after, binary } of diff.files) {
			if (bytesAfter <= bytesBefore) continue;
			const isUnread = after === null && !binary && bytesAfter > textBytesMax;
			const severity = isUnread && looksLikeCode(path) ? "block" : stepOf(bytesAfter, limits.bytes);
			if (severity !== null)
				yield { path, what: `has ${bytesAfter} bytes${isUnread ? ", too many for the other rules" : ""}`, severity };
		}
	},
	examples: {
		caught: [
			{ name: "a megabyte of text", after: { "data/a.json": "x".repeat(1024 * 1024) } },
			{ name: "code that no rule can read", after: { "src/a.ts": `// ${"x".repeat(textBytesMax)}\n` } },
		],
		passed: [
			{
				name: "it got smaller",
				before: { "a.json": "x".repeat(1024 * 1024 + 1) },
				after: { "a.json": "x".repeat(1024 * 1024) },
			},
			{ name: "a small one", after: { "a.json": "{}" } },
		],
	},
};

export function stepOf(count: number, steps: Steps): Severity | null {
	if (count >= steps.block) return "block";
	if (count >= steps.ask) return "ask";
	return count >= steps.note ? "note" : null;
}

function looksLikeCode(path: string): boolean {
	return /\.([cm]?[jt]sx?|vue|svelte|astro|snap)$|(^|\/)package\.json$/i.test(path);
}
