/**
 * The agent behind the role `bot`, where one is configured besides the built-in one, which knows no more than the skills
 * do. It stands in an empty folder with no access to anything. It chooses one of the bot's commands or answers from what
 * it is told; it proposes examples for skills, and everything else about those is written here.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
	type Answered,
	type Asking,
	botAnswer,
	botPrompt,
	botSkillsAnswer,
	botSkillsPrompt,
	loadPrompt,
	openCrew,
	type Rendered,
	readBot,
	readBotSkills,
	soundRunner,
} from "@shopfloor/agents";
import { builtinAgent, serversOf } from "@shopfloor/core";
import { isShopfloorError, type World } from "@shopfloor/core/io";
import {
	botAction,
	botActions,
	type Choice,
	type Heard,
	plainAnswer,
	type SkillSet,
	takeWhole,
} from "@shopfloor/skills";
import type { Candidate } from "./learned.ts";

export interface BotAgent {
	/** `status`: what it may answer from. */
	choose(text: string, status: string, signal: AbortSignal): Promise<Chosen>;
	/** Undefined: nobody answered, or not in a way that can be used. */
	propose(open: readonly Heard[], set: SkillSet, signal: AbortSignal): Promise<readonly Candidate[] | undefined>;
}

type Chosen =
	| ({ readonly kind: "act" } & Choice)
	| { readonly kind: "reply"; readonly text: string; readonly agent: string }
	| { readonly kind: "nothing"; readonly why: string };

/** Whose room and whose calls they are. */
const session = "moltbot";
/** A person waits for it. */
const chooseMs = 90_000;
const proposeMs = 5 * 60_000;
/** A program may need one for each thing that it says in the form that is asked for. */
const turns = 5;
/** What a pass can try out. */
const candidatesMax = 5;
/** The newest of what was not understood, as much as a model reads with care. */
const openMax = 60;

/** Undefined where nobody but the built-in one serves the role. */
export function botAgent(world: World): BotAgent | undefined {
	const { config, floor, clock, name, places } = world;
	if (serversOf(config.roles, "bot").every((server) => server === builtinAgent)) return undefined;
	const prompts = join(places.root, "prompts");
	const nowhere = join(places.state, "rooms", session, "nowhere");
	return {
		async choose(text, status, signal) {
			const commands = botActions.map(({ name, does, parameters }) => ({
				name,
				does,
				takes: parameters.map((one) => one.name),
			}));
			const rendered = botPrompt({ bot: loadPrompt(prompts, "bot") }, { message: text, status, commands });
			const answered = await ask(rendered, { answer: botAnswer, signal }, chooseMs);
			if (answered.kind === "nobody") return { kind: "nothing", why: whyOf(answered) };
			const { outcome, agent } = answered;
			if (outcome.kind !== "done") return { kind: "nothing", why: `${agent} gave no answer` };
			const said = readBot(outcome.data);
			if (said.kind === "unfit") return { kind: "nothing", why: said.detail };
			return said.kind === "reply" ? { ...said, agent } : chosen(said.command, said.args);
		},
		async propose(open, set, signal) {
			const known = set.skills.map(({ action, examples }) => ({ command: action, examples }));
			const commands = botActions.map(({ name, does, parameters }) => ({
				name,
				does,
				takes: parameters.map((one) => one.name),
			}));
			const messages = open.slice(-openMax).map(({ text, meant, wrong }) => ({ text, meant, wrong }));
			const rendered = botSkillsPrompt(
				{ "bot-skills": loadPrompt(prompts, "bot-skills") },
				{ messages, known, commands },
			);
			const answered = await ask(rendered, { answer: botSkillsAnswer, signal }, proposeMs);
			if (answered.kind === "nobody" || answered.outcome.kind !== "done") return undefined;
			const said = readBotSkills(answered.outcome.data);
			if (said.kind === "unfit") return undefined;
			return said.skills.slice(0, candidatesMax).flatMap(({ command, examples }) => {
				const action = botAction(command)?.name;
				return action === undefined || examples.length === 0 ? [] : [{ action, examples }];
			});
		},
	};

	async function ask(
		{ prompt, version }: Rendered,
		asking: Pick<Asking, "answer" | "signal">,
		wallMs: number,
	): Promise<Answered> {
		try {
			const runner = await soundRunner({ floor, setting: config.sandbox, clock, by: name });
			mkdirSync(nowhere, { recursive: true, mode: 0o700 });
			const path = process.env["PATH"] ?? "/usr/bin:/bin";
			const crew = openCrew({ config, floor, clock, by: name, session, runner, path });
			try {
				const limits = { startMs: wallMs, idleMs: wallMs, wallMs, turns };
				return await crew.ask({ ...asking, role: "bot", prompt, version, cwd: nowhere, access: "none", limits, show });
			} finally {
				await crew.close();
			}
		} catch (error) {
			if (!isShopfloorError(error, "no-sandbox", "bad-config")) throw error;
			return { kind: "nobody", reasons: [{ agent: "bot", why: error.message }] };
		}
	}
}

/** A chat shows what the bot says, and nothing of how it came about. */
function show(): void {}

function whyOf({ reasons }: Extract<Answered, { kind: "nobody" }>): string {
	return reasons.map(({ agent, why }) => `${agent}: ${why}`).join("; ");
}

/** Only what is on the list, with arguments of their form. Whatever changes something is asked about first. */
function chosen(command: string, given: readonly { readonly name: string; readonly value: string }[]): Chosen {
	const action = botAction(command.replace(/^\//, ""));
	if (action === undefined) return { kind: "nothing", why: "it chose a command that there is not" };
	const args = Object.fromEntries(
		action.parameters.flatMap(({ name, taker }) => {
			const value = given.find((one) => one.name === name)?.value;
			const taken = value === undefined ? undefined : takeWhole(taker, value);
			return taken === undefined ? [] : [[name, taken]];
		}),
	);
	const missing = action.parameters.filter(({ name, required }) => required && !Object.hasOwn(args, name));
	return {
		kind: "act",
		action: action.name,
		args,
		missing: missing.map(({ name }) => name),
		asks: action.asks || action.changes,
		skill: null,
		answer: plainAnswer,
		confidence: 0,
	};
}
