/** Which files the agent may edit. Everything it may not has a reason that a person can read. */
import { relative } from "node:path";
import type { Disk } from "./disk.ts";
import { realPath } from "./disk.ts";

/** Why not; undefined where it may. */
export function notEditable(path: string, root: string, disk: Disk): string | undefined {
	const file = relative(root, path);
	if (file.startsWith("..") || realPath(path) !== path) return "it lies outside of the folder, or behind a link";
	const rule = rules.find(({ names }) => names.test(file));
	if (rule !== undefined) return rule.why;
	const read = disk.read(path);
	if (read === undefined) return "it cannot be read";
	// Only bytes that are no UTF-8 are read as this; written back, they would be lost.
	if (read.text.includes("\ufffd")) return "it is not UTF-8";
	return isGenerated(read.text) ? "it says of itself that it is generated" : undefined;
}

const tests =
	/(^|\/)(tests?|__tests__|__mocks__|spec|specs|e2e|fixtures|__fixtures__)\/|[.-](test|spec|bench|e2e)\.[cm]?tsx?$/;

const rules: readonly { readonly names: RegExp; readonly why: string }[] = [
	{
		names: /(^|\/)(node_modules|dist|build|out|coverage|generated|__generated__|vendor|\.[^/]+)\//,
		why: "it is not written by hand",
	},
	{ names: /\.d\.([^/]+\.)?[cm]?ts$/, why: "a declaration file says what others made" },
	{ names: tests, why: "tests say what is right, and are not bent to the code" },
	{
		names: /(^|\/)[^/]*\.config\.[cm]?tsx?$|(^|\/)\.[^/]+$|(^|\/)(vitest|jest)\.[^/]*\.[cm]?tsx?$/,
		why: "it is configuration",
	},
	{ names: /(^|\.)(gen|generated|pb)\.[cm]?tsx?$/, why: "it is generated" },
	{ names: /(?<!\.[cm]?tsx?)$/, why: "it is not TypeScript" },
];

/** In its first lines, where generators say so. */
function isGenerated(text: string): boolean {
	const head = text.slice(0, 2_000).split("\n", 10).join("\n");
	return /@generated|do not (edit|modify)|auto-?generated/i.test(head);
}
