/** Everything that is to be known before something is written, each with why: said, asked for, or found. */
import { availableParallelism } from "node:os";
import { builtinAgent, unconfigured } from "@shopfloor/core";
import { findTarget } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { memory } from "../doctor/checks/memory.ts";
import { openSecrets } from "../secret/store.ts";
import { chooseBase } from "./choose-base.ts";
import { findAgents, suggestAgents } from "./find-agents.ts";
import { suggestRepository, withoutPassword } from "./find-repository.ts";
import { lookAtBase } from "./look-at-base.ts";
import { lookAtBranches } from "./look-at-branches.ts";
import type { InitOptions } from "./options.ts";
import type { Questions } from "./questions.ts";
import { readAgents, readSessions, readUsd } from "./read-answers.ts";
import { sessionsFor } from "./sessions-for.ts";
import { type Asking, type Settled, settle } from "./settle.ts";
import { agentLine, type Findings } from "./view.ts";

/** Whoever is asked is asked here, and about nothing that a flag says. */
export async function findAll(
	context: Context,
	options: InitOptions,
	questions: Questions | undefined,
): Promise<Findings> {
	const answered = <T>(asking: Asking<T>): Promise<Settled<T>> => settle(context, questions, asking);
	const target = await answered({
		flag: "--repository",
		said: options.repository,
		question: "Repository, its folder or URL",
		found: options.repository === undefined ? await suggestRepository(context) : undefined,
		read: (word) => findTarget(withoutPassword(word), context.cwd),
	});
	const base = await answered({
		flag: "--base",
		said: options.base,
		question: "Branch on which changes land",
		found: options.base === undefined ? await suggestBase() : undefined,
		read: (branch) => lookAtBase(context, target.value, branch),
	});
	const sessions = await answered({
		flag: "--sessions",
		said: options.sessions,
		question: "Coders at the same time",
		found: sessionsFor({ cores: availableParallelism(), memoryBytes: (await memory.look(context)).totalBytes }),
		read: readSessions,
	});
	const sights = await lookAtAgents();
	const agents = await answered({
		flag: "--agent",
		said: options.agent?.join(" "),
		question: "Agents, the one to ask first in front",
		found: suggestAgents(sights),
		read: readAgents,
	});
	const isFree = agents.value.every((name) => name === builtinAgent);
	const usdPerDay = await settle(context, isFree ? undefined : questions, {
		flag: "--budget",
		said: options.budget,
		question: "Dollars that paid agents may cost in a day",
		found: {
			word: String(unconfigured().budget.perDay),
			why: isFree ? "the default; nothing paid is called yet" : "the default",
		},
		read: readUsd,
	});
	const repository = { ...target, value: target.value.address };
	return { repository, base, sessions, agents, usdPerDay, sights };

	async function suggestBase() {
		return chooseBase(await lookAtBranches(target.value, context.interruption()));
	}

	async function lookAtAgents() {
		const { environment, places, note } = context;
		const env = { PATH: environment["PATH"] ?? "/usr/bin:/bin", HOME: places.state };
		const found = await findAgents(env, openSecrets(context));
		if (questions !== undefined && options.agent === undefined) for (const sight of found) note(agentLine(sight));
		return found;
	}
}
