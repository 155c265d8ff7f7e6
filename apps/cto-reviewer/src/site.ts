/**
 * Where changes are looked at and landed: the gate on the target, the crew, and a terminal that tells of it. Opened only
 * where there is something to do.
 */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Crew, openCrew, openTerminal, soundRunner } from "@shopfloor/agents";
import { type FactoryConfig, parseDuration } from "@shopfloor/core";
import type { Turn, World } from "@shopfloor/core/io";
import { findTarget, type Gate, openGate } from "@shopfloor/gate";

export interface Site {
	readonly world: World;
	readonly turn: Turn;
	readonly gate: Gate;
	readonly crew: Crew;
	readonly signal: AbortSignal;
	/** An empty folder: whoever reviews stands in it, and sees nothing but what the prompt says. */
	readonly nowhere: string;
	/** A step begins: for the heartbeat and the terminal. */
	step(what: string): Promise<void>;
	/** One line of what goes on in it. Long steps say so that they live. */
	show(line: string): void;
	close(): Promise<void>;
}

export async function openSite(
	world: World,
	turn: Turn,
	repository: NonNullable<FactoryConfig["repository"]>,
): Promise<Site> {
	const { floor, clock, config, name, places } = world;
	const { signal } = turn;
	const terminal = openTerminal(places.state, name);
	const told = { what: "", at: 0 };
	const starts = (what: string) => show(`${what}…`);
	await terminal.trim();
	const runner = await soundRunner({ floor, setting: config.sandbox, clock, by: name, starts });
	const target = await findTarget(repository.path, dirname(places.config));
	const gate = await openGate({ floor, target, branch: repository.base, runner, clock, starts, signal });
	const crew = openCrew({
		config,
		floor,
		clock,
		by: name,
		session: room,
		runner,
		path: process.env["PATH"] ?? usualPath,
	});
	const nowhere = join(places.state, "rooms", room, "nowhere");
	mkdirSync(nowhere, { recursive: true, mode: 0o700 });
	return { world, turn, gate, crew, signal, nowhere, step, show, close: () => crew.close() };

	async function step(what: string): Promise<void> {
		signal.throwIfAborted();
		terminal.show(what);
		told.what = what;
		told.at = clock.watch();
		await turn.doing(what);
	}

	function show(line: string): void {
		terminal.show(line);
		if (told.what === "" || clock.watch() - told.at < world.heartbeatMs) return;
		told.at = clock.watch();
		// A heartbeat that the log does not take is missed like any; the work goes on.
		turn.doing(told.what).catch(() => {});
	}
}

/** Whose room and whose calls they are. */
const room = "cto";

const usualPath = "/usr/bin:/bin";

export function expiresMs({ config }: World): number {
	return parseDuration(config.review.expires) ?? 0;
}
