/**
 * One turn: what a dead predecessor left in the middle of a cycle is brought to an end, then there is one cycle. Read,
 * analyze, plan, hack, commit, evaluate, push: each step is written to the log before it begins, with all that whoever
 * comes after a death needs besides git. Commits are made of the same words and the same second again, branches and queue
 * entries are made once, so every step may be done twice.
 *
 * A turn without a task and with nothing new to plan from writes nothing, and asks nobody.
 */
import { type Cycle, own, type Task } from "@shopfloor/core";
import {
	currentState,
	instant,
	isShopfloorError,
	mayBegin,
	type ShopfloorError,
	type Turn,
	type World,
} from "@shopfloor/core/io";
import { dropBranch } from "@shopfloor/gate";
import { analyze } from "./cycle/analyze.ts";
import { Cycling } from "./cycle/cycling.ts";
import { evaluateChange } from "./cycle/evaluate.ts";
import { commit, hack } from "./cycle/hack.ts";
import { heldAtFirst, isOldNews, rememberIdle } from "./cycle/idle.ts";
import { assigned, findPlan } from "./cycle/plan.ts";
import { pushChange, tellPushed } from "./cycle/push.ts";
import { read } from "./cycle/read.ts";
import { isCommitted, whatIsKnown, whatIsLeft } from "./cycle/resume.ts";
import { openSite, type Site } from "./cycle/site.ts";
import { Cancelled, whileWanted } from "./cycle/while-wanted.ts";
import { calledOff, noRepository, unmeasurable } from "./messages.ts";

export async function takeTurn(world: World, given: Turn): Promise<void> {
	// The one that woke us may be some entries old, and what we wrote ourselves must be in it.
	const turn = { ...given, state: await currentState(world.floor) };
	const left = own(turn.state.work.cycles, world.name);
	const task = left === undefined ? await assigned(world) : undefined;
	const isCancelled = await whileWanted(world, turn, left?.task ?? task?.id ?? null, (watched) =>
		left === undefined ? beginIn(world, watched, task) : resume(world, watched, left),
	);
	// What was committed by then is given up like all that nobody wants any more.
	if (isCancelled && (await isUnderWay(world))) await takeTurn(world, given);
}

async function isUnderWay({ floor, name }: World): Promise<boolean> {
	return own((await currentState(floor)).work.cycles, name) !== undefined;
}

async function resume(world: World, turn: Turn, left: Cycle): Promise<void> {
	const cycling = Cycling.of(world, turn, left);
	const known = await whatIsKnown(world, left);
	const decided = whatIsLeft(left, known);
	switch (decided.kind) {
		case "over":
			await cycling.interrupted();
			// What was assigned goes back to the scheduler, which counts it; what was found here is looked for again.
			return left.task === null ? await takeTurn(world, turn) : undefined;
		case "pushed":
			return await tellPushed(world, cycling, decided.change);
		case "unwanted":
			return await inSite(world, turn, async (site) => await giveUp(site, cycling, decided.reason));
		case "goes-on":
			return await inSite(world, turn, async (site) => await goOn(site, cycling));
	}
}

async function beginIn(world: World, turn: Turn, task: Task | undefined): Promise<void> {
	// A person who asks for a cycle gets one, at any hour.
	const isAsked = turn.because.some(({ type }) => type === "trigger");
	if (task === undefined && !isAsked && (await mayBegin(world.floor.records, world.name)) !== undefined) return;
	await inSite(world, turn, async (site) => await begin(site, world, turn, task), task);
}

/** Where there can be no work now, a task goes back without an attempt, and a person is told once a day. */
async function inSite(
	world: World,
	turn: Turn,
	work: (site: Site) => Promise<void>,
	task?: Task | undefined,
): Promise<void> {
	const { repository } = world.config;
	const away = async (why: string) => {
		if (task !== undefined) await new Cycling(world, turn, task).end("limited", why);
	};
	if (repository === null) return await away(noRepository);
	try {
		const site = await openSite(world, turn, repository);
		try {
			await work(site);
		} finally {
			await site.close();
		}
	} catch (error) {
		// For a person to mend: ending because of it would only park this process, and keep it from going on afterwards.
		if (!isShopfloorError(error, ...forPeople)) throw error;
		turn.signal.throwIfAborted();
		const underWay = own((await currentState(world.floor)).work.cycles, world.name);
		if (underWay === undefined) await away(error.message);
		// What was committed is gone on with when the way is free.
		else if (!isCommitted(underWay)) await Cycling.of(world, turn, underWay).end("limited", error.message);
		// Of a sandbox that is missing it was told already.
		if (error.code !== "no-sandbox") await tellOnceADay(world, error);
	}
}

const forPeople = ["no-sandbox", "target-unreachable", "bad-repository", "bad-store", "bad-config"] as const;

async function tellOnceADay({ floor, clock, name }: World, { code, message }: ShopfloorError): Promise<void> {
	const id = `no-site:${code}:${instant(clock.now()).slice(0, 10)}`;
	const data = { code, severity: "error", message: message.slice(0, messageMax) } as const;
	await floor.log.append([{ type: "alert", by: name, id, data }]);
}

/** What an entry takes. */
const messageMax = 2_000;

async function begin(site: Site, world: World, turn: Turn, task: Task | undefined): Promise<void> {
	const held = await heldAtFirst(world, turn);
	if (task === undefined && (await isOldNews(site, held))) return;
	const cycling = new Cycling(world, turn, task);
	await inCycle(site, cycling, async () => {
		const known = await read(site, cycling);
		const analyzed = await analyze(site, cycling);
		if (analyzed.kind === "unknown") {
			await rememberIdle(site, held);
			// The base's failure is nobody's attempt.
			return await cycling.end(task === undefined ? "idle" : "limited", unmeasurable(analyzed.why));
		}
		const planned = await findPlan(site, cycling, { known, analyzed, task });
		if (planned.kind !== "plan") {
			if (planned.kind === "idle") await rememberIdle(site, held);
			return await cycling.end(planned.kind, planned.reason);
		}
		const hacked = await hack(site, cycling, { known, analyzed, plan: planned.plan });
		if (hacked.kind !== "hacked") {
			await cycling.end(hacked.kind, hacked.reason);
			return task === undefined && hacked.kind === "idle" ? await rememberIdle(site, held) : undefined;
		}
		const done = await commit(site, cycling);
		if (done.kind !== "committed") return await cycling.end("discarded", done.reason);
		await finish(site, cycling);
	});
}

/** A commit was about to be made, or is there: that is not lost, and not made twice. */
async function goOn(site: Site, cycling: Cycling): Promise<void> {
	await inCycle(site, cycling, async () => {
		if (cycling.now.step === "commit") {
			const done = await commit(site, cycling);
			if (done.kind !== "committed") return await cycling.end("discarded", done.reason);
		}
		await finish(site, cycling);
	});
}

/** The task was taken away meanwhile: a person cancelled it, or the scheduler gave it to somebody else. */
async function giveUp(site: Site, cycling: Cycling, reason: string): Promise<void> {
	// Who died here may have made the branch, and only the commit tells that it is ours.
	if (cycling.now.step === "commit") await commit(site, cycling);
	const { branch, commit: made } = cycling.now;
	if (branch !== undefined && made !== undefined) await dropBranch(site.gate.store, { branch, commit: made });
	await cycling.end("limited", reason);
}

async function finish(site: Site, cycling: Cycling): Promise<void> {
	const evaluated = await evaluateChange(site, cycling);
	const decided = whatIsLeft(cycling.now, await whatIsKnown(site.world, cycling.now));
	if (decided.kind === "unwanted") return await giveUp(site, cycling, decided.reason);
	// Nobody can tell now; the commit waits, and is looked at again.
	if (evaluated.kind === "later") return site.show(evaluated.reason);
	if (evaluated.kind !== "good") return await cycling.end(evaluated.kind, evaluated.reason, evaluated);
	await pushChange(site, cycling, evaluated);
}

/**
 * A stop, a pause of this session, or a shutdown: the task goes back, and no attempt is burnt. Work that is done already
 * is not thrown away for it. Such a turn is not over: it is given again, and goes on, as soon as there may be one.
 */
async function inCycle(site: Site, cycling: Cycling, work: () => Promise<void>): Promise<void> {
	const { signal } = site.turn;
	try {
		await work();
	} catch (error) {
		if (signal.aborted) {
			if (isCommitted(cycling.now)) throw error;
			// Whoever is told to end does not linger; else the tree's next use keeps what was begun in it.
			const kept = signal.reason instanceof Cancelled ? await site.salvage() : undefined;
			await cycling.end("limited", calledOff(signal.reason, kept));
		} else if (isShopfloorError(error, "too-large", "bad-tree")) await cycling.end("discarded", error.message);
		else throw error;
	}
}
