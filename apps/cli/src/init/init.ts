/**
 * From a repository and this machine to a configuration. What can be found out is found out; the rest is said by flags,
 * or asked. Nothing is written before all of it is known, and then at once.
 */
import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { builtinAgent } from "@shopfloor/core";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { widthOf } from "../width.ts";
import { findAll } from "./find-all.ts";
import type { InitOptions } from "./options.ts";
import { openQuestions, type Questions } from "./questions.ts";
import { readYes } from "./read-answers.ts";
import { realFactory } from "./real-factory.ts";
import { settingsOf, textOf } from "./settings.ts";
import { settle } from "./settle.ts";
import { tell } from "./tell.ts";
import { tryAgents } from "./try-agents.ts";
import { type Findings, findingLines } from "./view.ts";
import { writeConfig } from "./write-config.ts";

export async function init(given: Context, options: InitOptions): Promise<void> {
	const context = realFactory(given);
	const path = context.places.config;
	const questions = questionsFor(context, options);
	try {
		const findings = await findAll(context, options, questions);
		if (!options.json) for (const line of findingLines(findings, lookOf(context))) context.say(line);
		if (questions !== undefined && !(await agrees(context, questions, path)))
			throw new Failure(exitCodes.interrupted, "nothing was written");
		const settings = settingsFrom(findings, context);
		context.interruption().throwIfAborted();
		const written = await writeConfig(path, textOf(settings), { force: options.force === true });
		if (written.kind === "refused") throw misuse(standsInTheWay(path));
		const paid = findings.agents.value.filter((name) => name !== builtinAgent);
		const tried = options.try ? await tryAgents(context, paid) : [];
		await tell(context, options, { findings, settings, written, tried });
	} finally {
		questions?.close();
	}
}

/** Undefined where nobody is to be asked. */
function questionsFor(context: Context, options: InitOptions): Questions | undefined {
	const open = unsaid(options);
	if (open.length === 0 || options.yes) return undefined;
	if (!context.input.isTTY || options.json)
		throw misuse(`nobody can be asked here. Say what is open: ${open.join(", ")}; or --yes takes what is found for it`);
	const path = context.places.config;
	// Asked for nothing would be the worse way to hear it.
	if (existsSync(path) && !options.force) throw misuse(standsInTheWay(path));
	return openQuestions(context);
}

function unsaid({ repository, base, sessions, agent, budget }: InitOptions): string[] {
	return Object.entries({ repository, base, sessions, agent, budget })
		.filter(([, said]) => said === undefined)
		.map(([name]) => `--${name}`);
}

function standsInTheWay(path: string): string {
	return `${path} is there already; nothing was changed. With --force another takes its place, and it is kept beside it as .bak.`;
}

async function agrees(context: Context, questions: Questions, path: string): Promise<boolean> {
	const found = { word: "y", why: "everything in it can be changed later" };
	const question = `Write ${path}? y or n`;
	return (await settle(context, questions, { flag: "--yes", said: undefined, question, found, read: readYes })).value;
}

function settingsFrom(findings: Findings, { places }: Context): object {
	const { repository, base, sessions, agents, usdPerDay } = findings;
	return settingsOf(
		{
			repository: repository.value,
			base: base.value.branch,
			sessions: sessions.value,
			agents: agents.value,
			usdPerDay: usdPerDay.value,
		},
		beside(places.config, join(places.root, "docs", "formats", "config.schema.json")),
	);
}

/** A path as it is written into a file that both lie near. */
function beside(file: string, path: string): string {
	const near = relative(dirname(file), path);
	return near.startsWith("..") || isAbsolute(near) ? path : `./${near}`;
}

function lookOf({ out, paint }: Context) {
	return { width: widthOf(out), paint };
}
