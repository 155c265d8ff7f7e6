/** A program that speaks no protocol of ours: what it says is what a person sees, and the template says where its answer is. */
import type { CommandTemplate } from "@shopfloor/core";
import { fitsText } from "../answer/fits.ts";
import type { JsonSchema } from "../port/job.ts";
import type { Ending } from "../port/outcome.ts";
import type { Dialect, ProgramEnd } from "../program/dialect.ts";
import { asNumber } from "../program/json-line.ts";
import { lastWords } from "../program/last-words.ts";
import { shortened } from "../program/shortened.ts";
import { troubleOf } from "../program/trouble.ts";
import { fieldOf } from "./template.ts";

/** Of what it says; an answer is at the end. */
const keptCharacters = 1024 * 1024;

export class CommandDialect implements Dialect {
	readonly #template: CommandTemplate;
	readonly #answer: JsonSchema | undefined;
	#lines: string[] = [];
	#size = 0;
	awake: boolean;
	readonly steps = 0;
	readonly finished = false;
	readonly unknown = 0;

	constructor(template: CommandTemplate, answer: JsonSchema | undefined) {
		this.#template = template;
		// Whoever answers with one object, or not at all, says nothing before.
		this.awake = typeof template.answer === "object" || template.answer === "exit-code";
		this.#answer = answer;
	}

	hear(line: string): readonly string[] {
		this.awake = true;
		this.#lines.push(line);
		this.#size += line.length + 1;
		if (this.#size > 2 * keptCharacters) this.#forget();
		return shortened(line);
	}

	/** Much at once: taking the first one off a long list moves all the others. */
	#forget(): void {
		let from = 0;
		while (this.#size > keptCharacters && from < this.#lines.length - 1)
			this.#size -= (this.#lines[from++] as string).length + 1;
		this.#lines = this.#lines.slice(from);
	}

	ending(end: ProgramEnd): Ending {
		const { child } = end;
		if (child.kind !== "exited" || child.code !== 0) return failed(end);
		const text = this.#text();
		if (text === undefined)
			return {
				kind: "incomplete",
				code: "answer",
				detail: `it said nothing where its answer should be (${where(this.#template)})`,
			};
		if (this.#answer === undefined) return { kind: "done", text };
		const fit = fitsText(text, this.#answer);
		if (fit.kind === "unfit") return { kind: "incomplete", code: "answer", detail: fit.detail };
		return { kind: "done", text, data: fit.data };
	}

	/** The dollars, where it tells them. */
	get usd(): number | undefined {
		const { usd } = this.#template;
		return typeof usd === "object" ? this.#sum(usd.json) : usd;
	}

	#text(): string | undefined {
		const { answer } = this.#template;
		if (answer === "exit-code") return "";
		const all = this.#lines.join("\n").trim();
		if (answer === "text") return all === "" ? undefined : all;
		if (answer === "last-line") return this.#lines.at(-1)?.trim();
		const value = this.#field(answer.json);
		return value === undefined || value === null || typeof value === "string"
			? (value ?? undefined)
			: JSON.stringify(value);
	}

	/** Told once, or step by step. */
	#sum(path: string): number | undefined {
		const whole = asNumber(fieldOf(parsed(this.#lines.join("\n")), path));
		if (whole !== undefined) return whole;
		const told = this.#lines.map((line) => asNumber(fieldOf(parsed(line), path))).filter((usd) => usd !== undefined);
		return told.length === 0 ? undefined : told.reduce((sum, usd) => sum + usd, 0);
	}

	/** Of all it said, or of the last line that has such a field: programs write one object, or one for each step. */
	#field(path: string): unknown {
		const whole = fieldOf(parsed(this.#lines.join("\n")), path);
		if (whole !== undefined) return whole;
		return this.#lines.map((line) => fieldOf(parsed(line), path)).findLast((value) => value !== undefined);
	}
}

/** A status on its standard error is all that tells a limit from a crash. Words there may be of the work itself. */
function failed(end: ProgramEnd): Ending {
	const detail = lastWords(end);
	const status = /(?:^|\b(?:status|error|http\S*)\W{0,3})(401|403|429|503|529)\b/im.exec(end.errors)?.[1];
	if (status === undefined) return { kind: "failed", code: "crashed", detail };
	return troubleOf({ status: Number(status), text: "", detail });
}

function where({ answer }: CommandTemplate): string {
	return typeof answer === "string" ? answer : `the field ${answer.json}`;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
