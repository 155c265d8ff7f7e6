/** What init shows: what it found and why, what it wrote and what that means, what comes next. Pure. */
import { oneLine, plainText, showUsd } from "@shopfloor/core";
import type { Paint } from "../paint.ts";
import { wrap } from "../wrap.ts";
import type { AgentSight } from "./find-agents.ts";
import type { BaseSight } from "./look-at-base.ts";
import type { Meaning } from "./meanings.ts";
import type { Settled } from "./settle.ts";
import type { Tried } from "./try-agents.ts";
import type { Written } from "./write-config.ts";

interface Topic {
	readonly name: string;
	readonly values: readonly string[];
	readonly why: string;
}

export interface Findings {
	readonly repository: Settled<string>;
	readonly base: Settled<BaseSight>;
	readonly sessions: Settled<number>;
	readonly agents: Settled<readonly string[]>;
	readonly usdPerDay: Settled<number>;
	/** Of all that there could be, chosen or not. */
	readonly sights: readonly AgentSight[];
}

export function findingLines(findings: Findings, { width, paint }: { width: number; paint: Paint }): string[] {
	const { repository, base, sessions, agents, usdPerDay, sights } = findings;
	const topics: Topic[] = [
		{ name: "repository", values: [repository.value], why: repository.why },
		{ name: "base", values: [`${base.value.branch} (${base.value.commit.slice(0, 12)})`], why: base.why },
		checksTopic(base.value),
		{ name: "sessions", values: [`${sessions.value}`], why: sessions.why },
		{ name: "agents", values: [agents.value.join(", ")], why: agents.why },
		{ name: "budget", values: [`${showUsd(usdPerDay.value)} a day`], why: usdPerDay.why },
	];
	const notes = base.value.notes.map(({ message }) => message);
	return [
		...topics.flatMap((topic) => topicLines(topic, width, paint)),
		"",
		...[...sights.map(agentLine), ...notes].flatMap((line) => wrap(oneLine(line), width, 3).map(paint.dim)),
	];
}

const indent = 12;

/** What is to be copied stays one line, however long: the terminal breaks it where it must. */
function topicLines({ name, values, why }: Topic, width: number, paint: Paint): string[] {
	const [first = "", ...more] = values.map(oneLine);
	const reason = why.includes("{") ? [plainText(why)] : wrap(oneLine(why), width - indent, 6);
	return [
		`${paint.bold(name.padEnd(indent))}${first}`,
		...more.map((value) => `${" ".repeat(indent)}${value}`),
		...reason.map((line) => `${" ".repeat(indent)}${paint.dim(line)}`),
	];
}

function checksTopic({ definition }: BaseSight): Topic {
	const name = "checks";
	if ("faults" in definition) return { name, values: ["none: nothing lands"], why: definition.faults };
	const { checks } = definition.definition;
	const values = checks.map(({ name, run }) => `${name}: ${typeof run === "string" ? run : run.join(" ")}`);
	if (values.length === 0) return { name, values: ["none: nothing lands"], why: definition.incomplete ?? noChecks };
	const why =
		definition.from === "file"
			? "the base's .shopfloor/gate.json says so"
			: "read off the base's package.json and tsconfig.json; a .shopfloor/gate.json in it would say otherwise (docs/formats/gate.md)";
	return { name, values, why };
}

const noChecks = `Nothing in it tells how it is checked: say it in .shopfloor/gate.json of the base, for example ${JSON.stringify({ checks: [{ name: "tests", run: "make test", reports: "exit" }] })}`;

export function agentLine({ name, path, version, trouble, missingKey }: AgentSight): string {
	if (path === undefined) return `${name} is not on the PATH.`;
	const key = missingKey === undefined ? "its key is stored" : `its key, the secret ${missingKey}, is not stored`;
	const odd = trouble === undefined ? "" : `; ${trouble}`;
	return `${name}${version === undefined ? "" : ` ${version}`} is there (${path}); ${key}${odd}.`;
}

export function writtenLine(path: string, written: Extract<Written, { kind: "written" | "same" }>): string {
	if (written.kind === "same") return `${path} says that already; nothing was changed.`;
	return `${path} is written.${written.kept === undefined ? "" : ` The one before is kept as ${written.kept}.`}`;
}

/** Without what is for editors alone. */
export function meaningLines(
	meanings: readonly Meaning[],
	{ width, paint }: { width: number; paint: Paint },
): string[] {
	const shown = meanings.filter(({ key }) => key !== "$schema");
	const keyWidth = Math.max(...shown.map(({ key }) => key.length));
	return shown.flatMap(({ key, value, means }) => [
		`  ${key.padEnd(keyWidth)}  ${oneLine(typeof value === "string" ? value : JSON.stringify(value))}`,
		...wrap(means, width - keyWidth - 4, 4).map((line) => `${" ".repeat(keyWidth + 4)}${paint.dim(line)}`),
	]);
}

export function triedLine({ agent, answers, says, usd }: Tried, paint: Paint): string {
	const cost = usd === 0 ? "" : ` ($${usd.toFixed(4)})`;
	return `${agent}: ${answers ? says : paint.yellow(oneLine(says))}${cost}`;
}

export interface Step {
	readonly do: string;
	readonly for: string;
}

export function stepLines(head: string, steps: readonly Step[], paint: Paint): string[] {
	if (steps.length === 0) return [];
	const width = Math.max(...steps.map((step) => step.do.length));
	return ["", head, ...steps.map((step) => `  ${step.do.padEnd(width)}  ${paint.dim(step.for)}`)];
}
