import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isShopfloorError } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { loadPrompt, loadPrompts } from "./load-prompt.ts";
import { slots } from "./slots.ts";

const ours = fileURLToPath(new URL("../../../../prompts", import.meta.url));

test("the version is that of the file, as it lies there", () => {
	const bytes = readFileSync(join(ours, "coder.md"));
	expect(loadPrompt(ours, "coder").version).toBe(createHash("sha256").update(bytes).digest("hex").slice(0, 12));
	const dir = aCopy();
	writeFileSync(join(dir, "coder.md"), `${bytes}\nBe kind.\n`);
	expect(loadPrompt(dir, "coder").version).not.toBe(loadPrompt(ours, "coder").version);
});

test("line ends of another system do no harm", () => {
	const dir = aCopy();
	const text = readFileSync(join(ours, "reviewer-refute.md"), "utf8");
	writeFileSync(join(dir, "reviewer-refute.md"), text.replaceAll("\n", "\r\n"));
	const filling = { context: "c", task: "t", measured: "m", findings: "f", diff: "d", facts: "x" };
	const [theirs, own] = [dir, ours].map((from) => loadPrompt(from, "reviewer-refute").render(filling));
	expect(theirs?.prompt).toBe(own?.prompt);
});

test.each<[string, (text: string) => string, RegExp]>([
	["without one of its slots", (text) => text.replace("{{digest}}", ""), /planner\.md.*{{digest}} is not used/],
	["with a slot that nobody fills", (text) => `${text}\n{{weather}}\n`, /planner\.md.*{{weather}} is not known/],
	[
		"with a slot in the middle of a line",
		(text) => text.replace("{{held}}", "Held: {{held}}"),
		/{{held}} is not used.*line/,
	],
	["that is much too long", (text) => text + "x".repeat(50_001), /planner\.md.*may have 50000/],
])("a prompt %s is refused before anything is asked", (_what, edit, why) => {
	const dir = aCopy();
	writeFileSync(join(dir, "planner.md"), edit(readFileSync(join(ours, "planner.md"), "utf8")));
	expect(faultOf(() => loadPrompts(dir))).toMatch(why);
});

test("so is one that is not there", () => {
	const dir = aCopy();
	rmSync(join(dir, "reviewer.md"));
	expect(faultOf(() => loadPrompts(dir))).toMatch(/reviewer\.md cannot be used: ENOENT.*take it back from git/);
});

test("docs/formats/prompts.md tells the slots as they are", () => {
	const text = readFileSync(new URL("../../../../docs/formats/prompts.md", import.meta.url), "utf8");
	for (const [prompt, forms] of Object.entries(slots))
		for (const [slot, { as, most }] of Object.entries(forms)) {
			const row = new RegExp(`^\\| \`${slot}\` \\|[^|]*\`${prompt}\`[^|]*\\| ${as} \\| ${most} \\|`, "m");
			expect(text).toMatch(row);
		}
});

function aCopy(): string {
	const dir = tempDir();
	cpSync(ours, dir, { recursive: true });
	return dir;
}

function faultOf(load: () => unknown): string {
	try {
		load();
	} catch (error) {
		if (isShopfloorError(error, "bad-config")) return error.message;
		throw error;
	}
	throw new Error("it was not refused");
}
