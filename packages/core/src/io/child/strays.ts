/**
 * Finds what belongs to a run and ends it. A process group is not enough: whatever calls setsid leaves it, and lives on.
 * So a process belongs to a run by any of: the run's name in its environment, the leader's session or group, a parent
 * that belongs, a session with one that does. What clears its environment, makes a session of its own and outlives its parent between two looks
 * escapes; only a pid namespace (`bubblewrap.ts`) leaves it nowhere to go.
 */
import { systemClock } from "../clock.ts";
import { isWithin } from "../is-within.ts";
import { isGone } from "../process-identity.ts";
import { ShopfloorError } from "../shopfloor-error.ts";
import { countInside, firstInside } from "./inside.ts";
import { placeOf, runOf, type Seen, seen, seenProcesses, signalIfSame } from "./processes.ts";

export interface Leader {
	readonly pid: number;
	readonly start: string | undefined;
	readonly run: string;
	/** Only starts the program: it is never asked, only ended, and with it a sandbox and all in it. */
	readonly launcher: boolean;
	/** True until its end was collected: so long its number, and its group's, can be nobody else's. */
	isOurs(): boolean;
}

/** Resolves when nothing of the run can execute another instruction. Rejects with `process-left` if something cannot be ended. */
export async function endRun(leader: Leader, graceMs: number): Promise<void> {
	if (graceMs > 0) {
		ask(leader);
		await waitForNone(() => processesOf(leader), graceMs);
	}
	if (leader.launcher) await endInside(leader);
	await endForGood(leader.run, () => signalAll(leader, "SIGKILL"));
}

/** A run whose owner is gone, and the processes it left. */
export interface LeftRun {
	readonly run: string;
	readonly processes: readonly Seen[];
}

/** For reconciliation: a factory process that is killed cannot end what it had started. Of that factory, and of no other. */
export function findLeftRuns(stateDir: string): LeftRun[] {
	const all = seenProcesses();
	const named = new Map<string, Set<number>>();
	for (const { pid } of all) {
		const run = runOf(pid);
		if (run === undefined || !isGone(run) || !isWithin(placeOf(run), stateDir)) continue;
		named.set(run, (named.get(run) ?? new Set()).add(pid));
	}
	return [...named].map(([run, pids]) => ({ run, processes: withKin(all, ({ pid }) => pids.has(pid)) }));
}

/** Ends what `findLeftRuns` finds; returns what there was. Rejects with `process-left` if something cannot be ended. */
export async function endLeftRuns(stateDir: string): Promise<readonly LeftRun[]> {
	const found = findLeftRuns(stateDir);
	for (const { run } of found)
		await endForGood(run, () => {
			const still = ofRun(run);
			for (const process of still) signalIfSame(process, "SIGKILL");
			return still;
		});
	return found;
}

/** How long a killed process may take to be gone: its memory is freed, its disk writes finish. */
const killMs = 10_000;
/** Between two looks; a look costs some milliseconds on a machine with hundreds of processes. */
const lookEveryMs = 10;

async function endForGood(run: string, kill: () => readonly Seen[]): Promise<void> {
	const left = await waitForNone(kill, killMs);
	if (left.length === 0) return;
	const pids = left.map(({ pid }) => pid).join(", ");
	throw new ShopfloorError(
		"process-left",
		`the run ${run} left processes that cannot be ended: ${pids}. Look at them (ps, dmesg); a reboot ends them.`,
	);
}

async function waitForNone(look: () => readonly Seen[], ms: number): Promise<readonly Seen[]> {
	const until = systemClock.watch() + ms;
	for (;;) {
		const left = look();
		if (left.length === 0 || systemClock.watch() >= until) return left;
		await systemClock.sleep(lookEveryMs);
	}
}

/** By its first process, which is gone only when all others are. The launcher goes before, or it would tell of it. */
async function endInside(leader: Leader): Promise<void> {
	const pid = firstInside(leader.pid);
	const first = pid === undefined ? undefined : seen(pid);
	if (first === undefined || first.parent !== leader.pid) return;
	if (leader.isOurs()) signalGroup(leader.pid, "SIGKILL");
	signalIfSame(first, "SIGKILL");
	await waitForNone(() => (seen(first.pid)?.start === first.start ? [first] : []), killMs);
}

function ask(leader: Leader): void {
	if (!leader.launcher) signalAll(leader, "SIGTERM");
	else for (const process of processesOf(leader)) if (process.pid !== leader.pid) signalIfSame(process, "SIGTERM");
}

/** What it found living, and signalled. */
function signalAll(leader: Leader, signal: NodeJS.Signals): readonly Seen[] {
	// The group at once first: whatever it is forking at this moment is hit too.
	if (leader.isOurs()) signalGroup(leader.pid, signal);
	const found = processesOf(leader);
	for (const process of found) signalIfSame(process, signal);
	return found;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch {
		// All of it has ended.
	}
}

/** All that lives of a run. */
export function processesOf(leader: Leader): readonly Seen[] {
	return belonging(leader, (pid) => runOf(pid) === leader.run);
}

/** About how many there are, at a small part of the cost. */
export function countOf(leader: Leader): number {
	const inside = leader.launcher ? countInside(leader.pid) : undefined;
	return inside ?? belonging(leader, () => false).length;
}

function belonging(leader: Leader, isNamed: (pid: number) => boolean): readonly Seen[] {
	const reused = !leader.isOurs() && isAnother(leader);
	return withKin(
		seenProcesses(),
		({ pid, group, session }) => (!reused && (group === leader.pid || session === leader.pid)) || isNamed(pid),
	);
}

/** With those that they started, and those in a session with one: nobody gets into a session but by being started there. */
function withKin(all: readonly Seen[], belongs: (process: Seen) => boolean): readonly Seen[] {
	const found = new Set(all.filter(belongs));
	for (let before = -1; before !== found.size; ) {
		before = found.size;
		const parents = new Set([...found].map(({ pid }) => pid));
		const sessions = new Set([...found].map(({ session }) => session));
		for (const process of all) if (parents.has(process.parent) || sessions.has(process.session)) found.add(process);
	}
	return [...found];
}

/** As long as anybody is in its group or session, the kernel gives its number to nobody. */
function isAnother({ pid, start }: Leader): boolean {
	const now = seen(pid);
	return now !== undefined && now.start !== start;
}

function ofRun(run: string): readonly Seen[] {
	return withKin(seenProcesses(), ({ pid }) => runOf(pid) === run);
}
