/**
 * One pass of self-improvement: what was not understood since the last one becomes skills, those that are worth it. Where
 * nothing was missed nobody is asked, and a pass costs a look at the newest entries. Safe to repeat, and to interrupt.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as breath } from "node:timers/promises";
import { instant, ledger, replaceFile, secretStore, type Turn, type World } from "@shopfloor/core/io";
import { botSkillPlaces, type Heard, heardIn, heardMax, loadBotSkills, type SkillSet } from "@shopfloor/skills";
import type { BotAgent } from "./agent.ts";
import { carryOut, type Desk, finish } from "./carry-out.ts";
import { clusters } from "./clusters.ts";
import { endedTrials, type Judged, judgeCandidate, stillOpen, unsettled } from "./decide.ts";
import type { Candidate } from "./learned.ts";
import { type Memory, memory, refusedMax } from "./memory.ts";
import { adopted, quarantined, takenBack } from "./messages.ts";

export interface Improving {
	/** Who proposes; without one, messages that are alike are put together. */
	readonly agent: BotAgent | undefined;
	/** Ends this process so that PM2 starts it again: what was learned holds from its next start on. */
	restart(): void;
}

export async function improve(world: World, turn: Turn, { agent, restart }: Improving): Promise<void> {
	const { floor, name } = world;
	const desk: Desk = { name, floor, memory: ledger(floor.records, memory), dir: botSkillPlaces(world.places).learned };
	mkdirSync(desk.dir, { recursive: true, mode: 0o700 });
	// What a life before noted and did not finish may be in the folder already, and is not in this process.
	let isChanged = await finish(desk);
	const { value: before } = await desk.memory.read();
	const newest = await newestMessage(world, before.through);
	if (newest !== undefined) {
		await turn.doing("looking at what it did not understand");
		isChanged = (await endTrials(world, desk, await heardBy(world))) || isChanged;
		isChanged = (await learn(world, turn, desk, { agent, through: before.through })) || isChanged;
		await desk.memory.update((now) => ({ ...now, through: newest }));
	}
	if (isChanged) restart();
}

/** Seq of the newest message behind `through`; the look costs what came since. */
async function newestMessage({ floor }: World, through: number): Promise<number | undefined> {
	let newest: number | undefined;
	for await (const entry of floor.log.read(through + 1)) if (entry.type === "bot_message") newest = entry.seq;
	return newest;
}

/** Half of the messages are the bot's own. */
async function heardBy({ floor }: World): Promise<readonly Heard[]> {
	return heardIn(await floor.log.last(2 * heardMax, { type: ["bot_message"] }));
}

async function endTrials(world: World, desk: Desk, heard: readonly Heard[]): Promise<boolean> {
	const { set } = loadBotSkills(botSkillPlaces(world.places));
	const ended = endedTrials((await desk.memory.read()).value, heard, set);
	const over = ended.filter(({ kind }) => kind !== "retire").map(({ trial }) => trial.skill);
	await desk.memory.update((now) => ({ ...now, trials: now.trials.filter(({ skill }) => !over.includes(skill)) }));
	for (const end of ended) {
		if (end.kind !== "retire") continue;
		const { trial, shares, messages } = end;
		const { skill, hash } = trial;
		await carryOut(desk, { kind: "retire", skill, hash, summary: takenBack(skill, messages), ...shares });
	}
	return ended.some(({ kind }) => kind === "retire");
}

async function learn(
	world: World,
	turn: Turn,
	desk: Desk,
	{ agent, through }: { readonly agent: BotAgent | undefined; readonly through: number },
): Promise<boolean> {
	const heard = await heardBy(world);
	if (unsettled(heard, through).length === 0) return false;
	let { set } = loadBotSkills(botSkillPlaces(world.places));
	const open = stillOpen(heard, set);
	if (!open.some(({ seq }) => seq > through)) return false;
	let isChanged = false;
	for (const candidate of await candidates(turn, agent, open, set)) {
		turn.signal.throwIfAborted();
		await turn.doing(`trying words for ${candidate.action} on ${heard.length} messages`);
		// Ten thousand messages take a while, and the chat goes on.
		await breath();
		const judged = judgeCandidate(candidate, await benchOf(world, desk, heard, set));
		if (judged.kind === "adopt") {
			await adopt(desk, judged);
			({ set } = loadBotSkills(botSkillPlaces(world.places)));
			isChanged = true;
		} else await refuse(world, desk, judged);
	}
	return isChanged;
}

async function candidates(
	turn: Turn,
	agent: BotAgent | undefined,
	open: readonly Heard[],
	set: SkillSet,
): Promise<readonly Candidate[]> {
	if (agent === undefined) return clusters(open, set);
	await turn.doing(`asking what ${open.length} messages mean`);
	return (await agent.propose(open, set, turn.signal)) ?? clusters(open, set);
}

async function benchOf({ clock, floor }: World, desk: Desk, heard: readonly Heard[], set: SkillSet) {
	const secrets = secretStore(floor.stateDir);
	return {
		heard,
		set,
		refused: (await desk.memory.read()).value.refused,
		secrets: secrets.list().flatMap(({ name }) => secrets.get(name) ?? []),
		now: instant(clock.now()),
	};
}

async function adopt(desk: Desk, { learned, gained, shares }: Extract<Judged, { kind: "adopt" }>): Promise<void> {
	const { skill, hash, text } = learned;
	const summary = adopted(skill.name, skill.action, gained, skill.examples);
	await carryOut(desk, { kind: "adopt", skill: skill.name, hash, text, summary, ...shares });
}

async function refuse(world: World, desk: Desk, judged: Exclude<Judged, { kind: "adopt" }>): Promise<void> {
	if (judged.kind === "refuse") return;
	const { hash, text, suspicions } = judged;
	if (!suspicions.some(({ kind }) => kind === "secret")) await setAside(world, hash, text);
	const { floor, name } = world;
	await floor.log.append([
		{ type: "alert", by: name, id: `bot-skill-aside:${hash}`, data: quarantined(hash, suspicions) },
	]);
	const remembered = (now: Memory): Memory => ({ ...now, refused: [...now.refused, hash].slice(-refusedMax) });
	await desk.memory.update(remembered);
}

/** For a person to look at; of more than that many, the first are enough. */
async function setAside({ places }: World, hash: string, text: string): Promise<void> {
	const dir = join(places.state, "skills", "quarantine");
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	if (readdirSync(dir).length < asideMax) await replaceFile(join(dir, `${hash}.md`), text);
}

const asideMax = 50;
