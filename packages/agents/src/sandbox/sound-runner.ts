/**
 * The one way to a runner for agents: chosen as configured, probed on this machine at most a day ago, and found to hold.
 * Where that cannot be had nothing is run, and a person is told; there is no quiet way around. `off` is a person's word.
 */
import {
	type Clock,
	chooseRunner,
	type FileFloor,
	instant,
	ledger,
	processGroupRunner,
	type Runner,
	type SandboxSetting,
	ShopfloorError,
} from "@shopfloor/core/io";
import { type Probed, probeSandbox, thisMachine } from "./probe.ts";
import { dueAlert, dueProbe, probeNotes } from "./probe-note.ts";

export interface SoundRunnerOptions {
	readonly floor: FileFloor;
	readonly setting: SandboxSetting;
	readonly clock: Clock;
	/** Who writes to the log. */
	readonly by: string;
	/** Told before it is tried, which takes some seconds once a day. */
	readonly starts?: (what: string) => void;
	/** How a sandbox is chosen and tried; the real ways by default. */
	readonly choose?: typeof chooseRunner;
	readonly probe?: typeof probeSandbox;
}

/** Rejects with `no-sandbox`. */
export async function soundRunner(options: SoundRunnerOptions): Promise<Runner> {
	const { floor, setting, clock, choose = chooseRunner } = options;
	if (setting === "off") return processGroupRunner;
	const choice = await choose(setting);
	if (choice.kind === "missing") throw await refused(options, choice.why);
	const { runner } = choice;
	const notes = ledger(floor.records, probeNotes);
	const { value } = await notes.read();
	const isDue = (value: Parameters<typeof dueProbe>[0]) =>
		dueProbe(value, { runner: runner.name, machine: thisMachine(), nowMs: clock.now() });
	if (!isDue(value)) return runner;
	// One tries it for all: several at once would take each other's time and memory for a fault of the sandbox.
	const lease = await floor.leases.hold("sandbox-probe", { slots: 1, ttlMs: probeTtlMs });
	try {
		if (isDue((await notes.read()).value)) await tryOut(options, runner);
		return runner;
	} finally {
		await lease.release();
	}
}

/** A trial takes seconds; a holder that stands still for longer is passed over. */
const probeTtlMs = 60_000;

async function tryOut(options: SoundRunnerOptions, runner: Runner): Promise<void> {
	const { floor, clock, starts, probe = probeSandbox } = options;
	starts?.("trying to break the sandbox, as once a day");
	const probed = await probe(runner, floor.stateDir, clock);
	await rememberProbe(floor, probed);
	const open = probed.results.filter(({ held }) => !held).map(({ name, detail }) => `${name} (${detail})`);
	if (open.length > 0) throw await refused(options, `the sandbox by ${runner.name} does not hold: ${open.join("; ")}.`);
}

/** What came of it holds for all processes of this floor. */
export async function rememberProbe({ records }: Pick<FileFloor, "records">, probed: Probed): Promise<void> {
	const { runner, at, machine, results } = probed;
	const short = results.map(({ detail, ...rest }) => ({ ...rest, detail: detail.slice(0, messageMax) }));
	await ledger(records, probeNotes).update((note) => ({ ...note, last: { runner, at, machine, results: short } }));
}

async function refused({ floor, clock, by }: SoundRunnerOptions, why: string): Promise<ShopfloorError> {
	const message = `nothing is run: ${why} Mend that (npx shopfloor sandbox test shows more), or set "sandbox": "off" in the configuration if whatever runs may do all that you may.`;
	const notes = ledger(floor.records, probeNotes);
	if (dueAlert((await notes.read()).value, why, clock.now())) {
		const data = { code: "no-sandbox", severity: "error", message: message.slice(0, messageMax) } as const;
		await floor.log.append([{ type: "alert", by, data }]);
		await notes.update((note) => ({ ...note, alert: { at: instant(clock.now()), why } }));
	}
	return new ShopfloorError("no-sandbox", message);
}

/** What an entry takes. */
const messageMax = 2_000;
