/** The files of prompts, as a person left them. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ShopfloorError } from "@shopfloor/core/io";
import { render, templateFaults } from "./render.ts";
import { type Filling, type PromptName, slots } from "./slots.ts";

export interface Prompt<Name extends PromptName = PromptName> {
	readonly name: Name;
	/** Of the file: the first 12 digits of its SHA-256. */
	readonly version: string;
	render(filling: Filling<Name>): Rendered;
}

export interface Rendered {
	readonly prompt: string;
	/** `planner@0123456789ab`, as the log has it. */
	readonly version: string;
	/** What was longer than a prompt takes, by its slots. */
	readonly cut: readonly string[];
}

export type Prompts = { readonly [Name in PromptName]: Prompt<Name> };

/** All of them, so that a file that somebody broke is found before anything is asked. */
export function loadPrompts(dir: string): Prompts {
	return {
		planner: loadPrompt(dir, "planner"),
		coder: loadPrompt(dir, "coder"),
		"coder-next": loadPrompt(dir, "coder-next"),
		reviewer: loadPrompt(dir, "reviewer"),
		"reviewer-refute": loadPrompt(dir, "reviewer-refute"),
		bot: loadPrompt(dir, "bot"),
		"bot-skills": loadPrompt(dir, "bot-skills"),
	};
}

export function loadPrompt<Name extends PromptName>(dir: string, name: Name): Prompt<Name> {
	const path = join(dir, `${name}.md`);
	const bytes = read(path);
	const text = bytes.toString("utf8").replaceAll("\r\n", "\n");
	const forms = slots[name];
	const faults = templateFaults(text, Object.keys(forms));
	if (faults.length > 0) throw unusable(path, faults.join("; "));
	const version = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
	return {
		name,
		version,
		render(filling) {
			const { text: prompt, cut } = render({ name, text, forms }, filling);
			return { prompt, version: `${name}@${version}`, cut };
		},
	};
}

function read(path: string): Buffer {
	let bytes: Buffer;
	try {
		bytes = readFileSync(path);
	} catch (cause) {
		throw unusable(path, (cause as Error).message, cause);
	}
	if (bytes.length > bytesMax) throw unusable(path, `it has ${bytes.length} bytes, and may have ${bytesMax}`);
	return bytes;
}

/** Many times what a prompt needs, and little beside what it is filled with. */
const bytesMax = 50_000;

function unusable(path: string, why: string, cause?: unknown): ShopfloorError {
	return new ShopfloorError(
		"bad-config",
		`The prompt ${path} cannot be used: ${why}. Mend it by docs/formats/prompts.md, or take it back from git.`,
		{ cause },
	);
}
