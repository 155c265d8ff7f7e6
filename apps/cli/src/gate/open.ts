/** The gate on the repository that the person means: where they stand, else what is configured. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { oneLine } from "@shopfloor/core";
import { type FileFloor, loadConfig, sandboxAvailable, secretStore } from "@shopfloor/core/io";
import {
	bubblewrapRunner,
	findTarget,
	type Gate,
	notesOn,
	openGate,
	processGroupRunner,
	type Runner,
	type Target,
} from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { changingFloor } from "../with-floor.ts";
import type { GateOptions } from "./options.ts";

export interface Opened {
	readonly gate: Gate;
	readonly floor: FileFloor;
	readonly target: Target;
	/** The base branch. */
	readonly branch: string;
}

/** `runs` says whether checks will be run, for which a sandbox must be there. */
export async function withGate<T>(
	context: Context,
	options: GateOptions & { readonly runs: boolean },
	work: (opened: Opened) => Promise<T>,
): Promise<T> {
	const { target, branch } = await meant(context, options);
	const runner = options.runs ? await runnerOf(options) : processGroupRunner;
	return await changingFloor(context, async (floor) => {
		const { clock } = context;
		const starts = (what: string) => context.note(`${what}…`);
		const gate = await openGate({ floor, target, branch, runner, clock, starts, signal: context.interruption() });
		return await work({ gate, floor, target, branch: gate.branch });
	});
}

async function meant(
	context: Context,
	{ repository, base }: GateOptions,
): Promise<{ target: Target; branch: string | undefined }> {
	const { places, cwd } = context;
	if (repository !== undefined) return { target: await findTarget(repository, cwd), branch: base };
	const here = topOf(cwd);
	if (here !== undefined && here !== realpathSync(places.root))
		return { target: await findTarget(here, cwd), branch: base };
	const { repository: configured } = loadConfig(places.config);
	if (configured === null)
		throw misuse(
			`no repository is meant: you do not stand in one, and none is configured in ${places.config}. Go into one, or name it: --repository <path or URL>`,
		);
	return { target: await findTarget(configured.path, dirname(places.config)), branch: base ?? configured.base };
}

/** The checkout that a folder lies in. */
function topOf(folder: string): string | undefined {
	let at = realpathSync(folder);
	while (!existsSync(join(at, ".git"))) {
		const above = dirname(at);
		if (above === at) return undefined;
		at = above;
	}
	return at;
}

async function runnerOf({ sandbox = true }: GateOptions): Promise<Runner> {
	if (!sandbox) return processGroupRunner;
	const probe = await sandboxAvailable();
	if (probe.kind === "available") return bubblewrapRunner;
	throw new Failure(
		exitCodes.notReady,
		`checks run code of the branch, and there is no sandbox to keep it in: ${probe.why}. Mend that, or say --no-sandbox if you trust the branch as yourself.`,
	);
}

/** What a person would wonder about later. */
export async function tellNotes(context: Context, { gate }: Opened): Promise<void> {
	const { commit } = await gate.base();
	for (const { message } of await notesOn(gate.store, commit)) context.note(`note: ${oneLine(message)}`);
}

/** What must be in no change: never shown, only searched for. */
export function knownSecrets({ places }: Context): { name: string; value: string }[] {
	const store = secretStore(places.state);
	return store.list().flatMap(({ name }) => {
		const value = store.get(name);
		return value === undefined ? [] : [{ name, value }];
	});
}
