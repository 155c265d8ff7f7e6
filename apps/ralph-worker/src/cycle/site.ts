/** Where a cycle happens: the gate on the target, the crew, the session's tree and its terminal. */

import { dirname } from "node:path";
import { type Crew, openCrew, openTerminal, soundRunner } from "@shopfloor/agents";
import type { FactoryConfig } from "@shopfloor/core";
import type { FileFloor, Lease, Runner, Turn, World } from "@shopfloor/core/io";
import {
	type Base,
	findTarget,
	type Gate,
	openGate,
	prepareSession,
	type SessionTree,
	treeLease,
} from "@shopfloor/gate";

export interface Site {
	readonly world: World;
	readonly turn: Turn;
	readonly floor: FileFloor;
	readonly gate: Gate;
	/** What the base branch stood on when the cycle began. */
	readonly base: Base;
	readonly runner: Runner;
	readonly crew: Crew;
	/** Ends with the turn, and when somebody else takes the tree. */
	readonly signal: AbortSignal;
	show(line: string): void;
	/** The session's tree with the files of a commit, ready to work in. */
	prepare(commit: string): Promise<SessionTree>;
	/** Also after the turn was called off: what is unsaved in the tree is kept. Where that is, if there was anything. */
	salvage(): Promise<string | undefined>;
	close(): Promise<void>;
}

export async function openSite(
	world: World,
	turn: Turn,
	repository: NonNullable<FactoryConfig["repository"]>,
): Promise<Site> {
	const { floor, clock, config, name, places } = world;
	const terminal = openTerminal(places.state, name);
	const show = (line: string) => terminal.show(line);
	const starts = (what: string) => show(`${what}…`);
	await terminal.trim();
	const runner = await soundRunner({ floor, setting: config.sandbox, clock, by: name, starts });
	const target = await findTarget(repository.path, dirname(places.config));
	const { signal: ends } = turn;
	const gate = await openGate({ floor, target, branch: repository.base, runner, clock, starts, signal: ends });
	const base = await gate.base();
	const lease = await holdTree(floor, gate, name, ends);
	const signal = AbortSignal.any([ends, lease.lost]);
	const prepare = async (commit: string, until = signal) => {
		const session = await prepareSession(gate.store, name, { commit, runner, signal: until, starts });
		if (session.rescued !== undefined) show(`unsaved work of before is kept at ${session.rescued}`);
		return session;
	};
	return {
		world,
		turn,
		floor,
		gate,
		base,
		runner,
		crew: await crewOf(world, runner),
		signal,
		show,
		prepare: (commit) => prepare(commit),
		salvage: async () => (await prepare(base.commit, lease.lost)).rescued,
		close: () => lease.release(),
	};
}

/** A person may look after the trees meanwhile (`shopfloor worktree gc`). */
async function holdTree(floor: FileFloor, gate: Gate, name: string, signal: AbortSignal): Promise<Lease> {
	return await floor.leases.hold(treeLease(gate.store, name), { slots: 1, ttlMs: treeTtlMs, signal });
}

const treeTtlMs = 60_000;

/** Kept from turn to turn: the built-in agent's compiler is warm then. */
const crews = new WeakMap<World, { readonly runner: Runner; readonly crew: Crew }>();

async function crewOf(world: World, runner: Runner): Promise<Crew> {
	const kept = crews.get(world);
	if (kept?.runner === runner) return kept.crew;
	// The machine got another sandbox meanwhile.
	await kept?.crew.close();
	const { config, floor, clock, name } = world;
	const crew = openCrew({
		config,
		floor,
		clock,
		by: name,
		session: name,
		runner,
		path: process.env["PATH"] ?? "/usr/bin:/bin",
	});
	crews.set(world, { runner, crew });
	return crew;
}
