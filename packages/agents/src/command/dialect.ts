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
	awake = false;
	readonly steps = 0;
	readonly finished = false;

	constructor(template: CommandTemplate, answer: JsonSchema | undefined) {
		this.#template = template;
		this.#answer = answer;
	}

	hear(line: string): readonly string[] {
		this.awake = true;
		this.#lines.push(line);
		this.#size += line.length + 1;
		while (this.#size > keptCharacters && this.#lines.length > 1) this.#size -= (this.#lines.shift() ?? "").length + 1;
		return shortened(line);
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
		return typeof usd === "object" ? asNumber(this.#field(usd.json)) : usd;
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

	/** Of all it said, or of the last line that has such a field: programs write one object, or one for each step. */
	#field(path: string): unknown {
		const whole = fieldOf(parsed(this.#lines.join("\n")), path);
		if (whole !== undefined) return whole;
		return this.#lines.map((line) => fieldOf(parsed(line), path)).findLast((value) => value !== undefined);
	}
}

/** Words on its standard error are all there is to tell a limit from a crash. */
function failed(end: ProgramEnd): Ending {
	const detail = lastWords(end);
	const trouble = troubleOf({ text: end.errors });
	const isKnown = trouble.kind === "limited" || (trouble.kind === "failed" && trouble.code !== "network");
	return isKnown && end.errors.trim() !== "" ? { ...trouble, detail } : { kind: "failed", code: "crashed", detail };
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
