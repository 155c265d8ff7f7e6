/**
 * One turn: what a dead predecessor left in the middle of a cycle is brought to an end, then there is one cycle. Read,
 * analyze, plan, hack, commit, evaluate, push: each step is written to the log before it begins, with all that whoever
 * comes after a death needs besides git. Commits are made of the same words and the same second again, branches and queue
 * entries are made once, so every step may be done twice.
 *
 * A turn without a task and with nothing new to plan from writes nothing, and asks nobody.
 */
import { own, type Task } from "@shopfloor/core";
import { currentState, instant, isShopfloorError, type Turn, type World } from "@shopfloor/core/io";
import { analyze } from "./cycle/analyze.ts";
import { Cycling } from "./cycle/cycling.ts";
import { evaluateChange } from "./cycle/evaluate.ts";
import { commit, hack } from "./cycle/hack.ts";
import { isOldNews, rememberIdle } from "./cycle/idle.ts";
import { assigned, findPlan } from "./cycle/plan.ts";
import { pushChange } from "./cycle/push.ts";
import { read } from "./cycle/read.ts";
import { whatIsLeft } from "./cycle/resume.ts";
import { openSite, type Site } from "./cycle/site.ts";
import { calledOff, noRepository, unmeasurable } from "./messages.ts";

export async function takeTurn(world: World, turn: Turn): Promise<void> {
	const left = own(turn.state.work.cycles, world.name);
	if (left !== undefined && whatIsLeft(left).kind === "over") {
		await Cycling.of(world, turn, left).interrupted();
		// What was assigned goes back to the scheduler, which counts it; what was found here is looked for again.
		if (left.task !== null) return;
		return await takeTurn(world, { ...turn, state: await currentState(world.floor) });
	}
	const task = await assigned(world);
	const site = await siteFor(world, turn, task);
	if (site === undefined) return;
	try {
		if (left !== undefined) await goOn(site, Cycling.of(world, turn, left));
		else await begin(site, world, turn, task);
	} finally {
		await site.close();
	}
}

/** Where there can be no work now, a task goes back without an attempt, and a person is told once a day. */
async function siteFor(world: World, turn: Turn, task: Task | undefined): Promise<Site | undefined> {
	const { floor, clock, config, name } = world;
	try {
		if (config.repository !== null) return await openSite(world, turn, config.repository);
		if (task !== undefined) await new Cycling(world, turn, task).end("limited", noRepository);
	} catch (error) {
		if (!isShopfloorError(error, "target-unreachable", "bad-repository", "no-sandbox")) throw error;
		if (task !== undefined) await new Cycling(world, turn, task).end("limited", error.message);
		// Of a sandbox that is missing it was told already.
		if (error.code === "no-sandbox") return undefined;
		const id = `no-site:${error.code}:${instant(clock.now()).slice(0, 10)}`;
		const data = { code: error.code, severity: "error", message: error.message.slice(0, messageMax) } as const;
		await floor.log.append([{ type: "alert", by: name, id, data }]);
	}
	return undefined;
}

/** What an entry takes. */
const messageMax = 2_000;

async function begin(site: Site, world: World, turn: Turn, task: Task | undefined): Promise<void> {
	if (task === undefined && (await isOldNews(world, site, turn))) return;
	const cycling = new Cycling(world, turn, task);
	await inCycle(cycling, turn, async () => {
		const known = await read(site, cycling);
		const analyzed = await analyze(site, cycling);
		if (analyzed.kind === "unknown") {
			await rememberIdle(world, site, turn);
			return await cycling.end(task === undefined ? "idle" : "failed", unmeasurable(analyzed.why));
		}
		const planned = await findPlan(site, cycling, { known, analyzed, task });
		if (planned.kind !== "plan") {
			if (planned.kind === "idle") await rememberIdle(world, site, turn);
			return await cycling.end(planned.kind, planned.reason);
		}
		const hacked = await hack(site, cycling, { known, analyzed, plan: planned.plan });
		if (hacked.kind !== "hacked") return await cycling.end(hacked.kind, hacked.reason);
		const done = await commit(site, cycling);
		if (done.kind !== "committed") return await cycling.end("discarded", done.reason);
		await finish(site, cycling);
	});
}

/** A commit was about to be made, or is there: that is not lost, and not made twice. */
async function goOn(site: Site, cycling: Cycling): Promise<void> {
	await inCycle(cycling, site.turn, async () => {
		if (cycling.now.step === "commit") {
			const done = await commit(site, cycling);
			if (done.kind !== "committed") return await cycling.end("discarded", done.reason);
		}
		await finish(site, cycling);
	});
}

async function finish(site: Site, cycling: Cycling): Promise<void> {
	const evaluated = await evaluateChange(site, cycling);
	if (evaluated.kind !== "good") return await cycling.end(evaluated.kind, evaluated.reason, evaluated);
	await pushChange(site, cycling, evaluated);
}

/** A stop, a pause of this session, or a shutdown: the task goes back, and no attempt is burnt. */
async function inCycle(cycling: Cycling, turn: Turn, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (!turn.signal.aborted) throw error;
		await cycling.end("limited", calledOff(turn.signal.reason));
	}
}
