/** One job, by hand: what the agent does is shown as it happens, its answer is the output, and what it cost is in the log. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import {
	type Access,
	type Answered,
	type Asking,
	type JsonSchema,
	openTerminal,
	type Role,
	roles,
} from "@shopfloor/agents";
import { loadConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { changingFloor } from "../with-floor.ts";
import { openCrewFor } from "./crew.ts";
import type { RunOptions } from "./options.ts";
import { repositoryOf } from "./repository-of.ts";
import { sessionNamed } from "./session-name.ts";
import { whileNotStopped } from "./until-stopped.ts";
import { outcomeLines } from "./view.ts";

export async function runAgent(context: Context, prompt: string | undefined, options: RunOptions): Promise<void> {
	const asking = await askingOf(context, prompt, options);
	await changingFloor(context, async (floor) => {
		const { places, note, paint, out, err } = context;
		let last: string | undefined;
		const terminal = openTerminal(places.state, options.session);
		const show = (line: string) => {
			terminal.show(line);
			last = line;
			note(paint.dim(line));
		};
		if (!options.sandbox || loadConfig(places.config).sandbox === "off")
			note(paint.red("without a sandbox: whatever it runs can do all that you can"));
		const crew = await openCrewFor(context, floor, options);
		try {
			await terminal.trim();
			const scopes = [options.session, asking.role, ...(asking.agent === undefined ? [] : [asking.agent])];
			const watched = { floor, clock: context.clock, scopes, signal: context.interruption() };
			const answered = await whileNotStopped(watched, (signal) => crew.ask({ ...asking, show, signal }));
			if (options.json) context.say(jsonText(answered));
			else
				for (const line of outcomeLines(answered, paint, out.isTTY && err.isTTY ? last : undefined)) context.say(line);
			if (!isDone(answered)) context.endWith(exitCodes.failed);
		} finally {
			await crew.close();
		}
	});
}

async function askingOf(
	context: Context,
	prompt: string | undefined,
	options: RunOptions,
): Promise<Omit<Asking, "show">> {
	const minutes = numberOf(options.minutes, "--minutes");
	const usd = numberOf(options.usd, "--usd");
	const turns = numberOf(options.turns, "--turns");
	sessionNamed(options.session);
	const cwd = folderOf(context, options.cwd);
	const git = await repositoryOf(cwd);
	return {
		role: oneOf(options.role, roles, "--role") as Role,
		prompt: await promptOf(context, prompt),
		cwd,
		...(git !== undefined && { git }),
		access: oneOf(options.access, ["none", "read", "write"], "--access") as Access,
		limits: {
			...(minutes !== undefined && { wallMs: minutes * 60_000 }),
			...(usd !== undefined && { usd }),
			...(turns !== undefined && { turns: Math.max(1, Math.round(turns)) }),
		},
		...(options.agent !== undefined && { agent: options.agent }),
		...(options.answer !== undefined && { answer: schemaOf(resolve(context.cwd, options.answer)) }),
		...(options.resume !== undefined && { resume: options.resume }),
		...(options.keep === true && { keep: true }),
	};
}

async function promptOf({ input }: Context, prompt: string | undefined): Promise<string> {
	if (prompt === undefined && input.isTTY) throw misuse("say what is to be done, or pipe it in");
	const said = prompt ?? (await text(input));
	if (said.trim() === "") throw misuse("the prompt is empty; say what is to be done");
	return said;
}

function folderOf({ cwd }: Context, folder: string): string {
	const path = resolve(cwd, folder);
	if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return realpathSync(path);
	throw misuse(`there is no folder ${path} to work in; name it: --cwd <folder>`);
}

function schemaOf(path: string): JsonSchema {
	try {
		return JSON.parse(readFileSync(path, "utf8")) as JsonSchema;
	} catch (error) {
		throw misuse(`--answer ${path} is no JSON schema: ${(error as Error).message}`);
	}
}

function oneOf(word: string, words: readonly string[], option: string): string {
	if (words.includes(word)) return word;
	throw misuse(`${option} ${word} is none of ${words.join(", ")}`);
}

function numberOf(word: string | undefined, option: string): number | undefined {
	if (word === undefined) return undefined;
	const number = Number(word);
	if (Number.isFinite(number) && number > 0) return number;
	throw misuse(`${option} ${word} is no number above 0`);
}

function isDone(answered: Answered): boolean {
	if (answered.kind === "nobody")
		throw new Failure(exitCodes.notReady, answered.reasons.map(({ agent, why }) => `${agent}: ${why}`).join("\n"));
	return answered.outcome.kind === "done";
}
