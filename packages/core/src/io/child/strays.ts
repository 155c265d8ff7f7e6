/**
 * Finds what belongs to a run and ends it. A process group is not enough: whatever calls setsid leaves it, and lives on.
 * So a process belongs to a run by any of: the run's name in its environment, the leader's session or group, a parent
 * that belongs. What clears its environment, makes a session of its own and outlives its parent between two looks
 * escapes; only a pid namespace (`bubblewrap.ts`) leaves it nowhere to go.
 */
import { systemClock } from "../clock.ts";
import { isGone } from "../process-identity.ts";
import { ShopfloorError } from "../shopfloor-error.ts";
import { runOf, type Seen, seen, seenProcesses, signalIfSame } from "./processes.ts";

export interface Leader {
	readonly pid: number;
	readonly start: string | undefined;
	readonly run: string;
	/** True until its end was collected: so long its number, and its group's, can be nobody else's. */
	isOurs(): boolean;
}

/** Resolves when nothing of the run can execute another instruction. Rejects with `process-left` if something cannot be ended. */
export async function endRun(leader: Leader, graceMs: number): Promise<void> {
	if (graceMs > 0) {
		signalAll(leader, "SIGTERM");
		await waitForNone(() => living(leader), graceMs);
	}
	await endForGood(leader.run, () => signalAll(leader, "SIGKILL"));
}

/** A run whose owner is gone, and the processes it left. */
export interface LeftRun {
	readonly run: string;
	readonly processes: readonly Seen[];
}

/** For reconciliation: a factory process that is killed cannot end what it had started. */
export function findLeftRuns(): LeftRun[] {
	const left = new Map<string, Seen[]>();
	for (const process of seenProcesses()) {
		const run = runOf(process.pid);
		if (run === undefined || !isGone(run)) continue;
		left.set(run, [...(left.get(run) ?? []), process]);
	}
	return [...left].map(([run, processes]) => ({ run, processes }));
}

/** Ends what `findLeftRuns` finds; returns what there was. Rejects with `process-left` if something cannot be ended. */
export async function endLeftRuns(): Promise<readonly LeftRun[]> {
	const found = findLeftRuns();
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

/** What it found living, and signalled. */
function signalAll(leader: Leader, signal: NodeJS.Signals): readonly Seen[] {
	// The group at once first: whatever it is forking at this moment is hit too.
	if (leader.isOurs()) signalGroup(leader.pid, signal);
	const found = living(leader);
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

function living(leader: Leader): readonly Seen[] {
	const all = seenProcesses();
	const reused = !leader.isOurs() && isAnother(leader);
	const found = new Set(
		all.filter(
			({ pid, group, session }) =>
				(!reused && (group === leader.pid || session === leader.pid)) || runOf(pid) === leader.run,
		),
	);
	for (let before = -1; before !== found.size; ) {
		before = found.size;
		const parents = new Set([...found].map(({ pid }) => pid));
		for (const process of all) if (parents.has(process.parent)) found.add(process);
	}
	return [...found];
}

/** As long as anybody is in its group or session, the kernel gives its number to nobody. */
function isAnother({ pid, start }: Leader): boolean {
	const now = seen(pid);
	return now !== undefined && now.start !== start;
}

function ofRun(run: string): readonly Seen[] {
	return seenProcesses().filter(({ pid }) => runOf(pid) === run);
}
