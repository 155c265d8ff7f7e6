/** The gate on the repository that the person means: where they stand, else what is configured. */
import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { soundRunner } from "@shopfloor/agents";
import { oneLine } from "@shopfloor/core";
import { type FileFloor, isShopfloorError, loadConfig, processGroupRunner, type Runner } from "@shopfloor/core/io";
import {
	bringStanding,
	commitOf,
	findCommit,
	findStore,
	findTarget,
	type Gate,
	type KnownSecret,
	type Note,
	notesOn,
	openGate,
	recallTarget,
	type Store,
	knownSecrets as secretsOf,
	standingOf,
	type Target,
} from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { changingFloor, withFloor } from "../with-floor.ts";
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
	const { where, from, base: branch } = meant(context, options);
	const target = await findTarget(where, from);
	const starts = (what: string) => context.note(`${what}…`);
	return await changingFloor(context, async (floor) => {
		const { clock } = context;
		const runner = options.runs ? await runnerOf(context, floor, options, starts) : processGroupRunner;
		const gate = await openGate({ floor, target, branch, runner, clock, starts, signal: context.interruption() });
		// What a person stands on is theirs to name, on a branch or not.
		if (target.kind === "local") await bringStanding(gate.store, target);
		return await work({ gate, floor, target, branch: gate.branch });
	});
}

/**
 * The store of that repository, for what is about this machine alone: the repository is not asked, and may be gone.
 * `look` says that nothing will be changed; `store` is undefined where nothing was ever done for the repository.
 */
export async function withStore<T>(
	context: Context,
	{ look, ...options }: GateOptions & { readonly look: boolean },
	work: (found: {
		readonly store: Store | undefined;
		readonly target: Target;
		readonly floor: FileFloor;
	}) => Promise<T>,
): Promise<T> {
	const { where, from } = meant(context, options);
	const target = await recallTarget(where, from);
	const opening = look ? withFloor : changingFloor;
	return await opening(context, async (floor) =>
		work({ target, floor, store: findStore(floor.stateDir, target, floor.leases) }),
	);
}

interface Meant {
	/** A path or a URL. */
	readonly where: string;
	readonly from: string;
	readonly base: string | undefined;
}

function meant({ places, cwd }: Context, { repository, base }: GateOptions): Meant {
	if (repository !== undefined) return { where: repository, from: cwd, base };
	const here = topOf(cwd);
	if (here !== undefined && here !== realpathSync(places.root)) return { where: here, from: cwd, base };
	const { repository: configured } = loadConfig(places.config);
	if (configured === null)
		throw misuse(
			`no repository is meant: you do not stand in one, and none is configured in ${places.config}. Go into one, or name it: --repository <path or URL>`,
		);
	return { where: configured.path, from: dirname(places.config), base: base ?? configured.base };
}

/** The checkout that a folder lies in. Like git, this passes by an empty `.git`: some sandboxes leave one behind. */
function topOf(folder: string): string | undefined {
	let at = realpathSync(folder);
	while (!isCheckout(at)) {
		const above = dirname(at);
		if (above === at) return undefined;
		at = above;
	}
	return at;
}

function isCheckout(folder: string): boolean {
	const git = join(folder, ".git");
	const found = statSync(git, { throwIfNoEntry: false });
	return found?.isDirectory() ? existsSync(join(git, "HEAD")) : found !== undefined;
}

/** Checks run code of the branch. */
async function runnerOf(
	{ places, clock }: Context,
	floor: FileFloor,
	{ sandbox = true }: GateOptions,
	starts: (what: string) => void,
): Promise<Runner> {
	if (!sandbox) return processGroupRunner;
	try {
		return await soundRunner({ floor, setting: loadConfig(places.config).sandbox, clock, by: "cli", starts });
	} catch (error) {
		if (!isShopfloorError(error, "no-sandbox")) throw error;
		const message = `${error.message} Or say --no-sandbox if you trust the branch as yourself.`;
		throw new Failure(exitCodes.notReady, message);
	}
}

/** The commit that a person means, to look at: a branch, tag or commit of the repository, or where their checkout stands. */
export async function commitNamed({ gate, target }: Opened, name: string): Promise<string> {
	const found = /^HEAD([~^]|$)/.test(name)
		? await commitOf(gate.store.git, name.replace(/^HEAD/, await headOf(target)))
		: await findCommit(gate.store, name, { tags: true });
	if (found !== undefined) return found;
	const { address } = target;
	const list = target.kind === "local" ? `git -C ${address} log --all --oneline` : `git ls-remote ${address}`;
	throw misuse(`${address} has no commit, branch or tag "${name}". ${list} shows what there is.`);
}

async function headOf(target: Target): Promise<string> {
	if (target.kind === "local") return (await standingOf(target)).commit;
	throw misuse(
		`${target.address} is no folder of this machine, so nobody stands in it and HEAD means nothing: name a branch`,
	);
}

/** What a person would wonder about later. */
export async function tellNotes(
	context: Context,
	{ gate }: Opened,
	except: readonly Note["about"][] = [],
): Promise<void> {
	const { commit } = await gate.base();
	for (const { about, message } of await notesOn(gate.store, commit))
		if (!except.includes(about)) context.note(`note: ${oneLine(message)}`);
}

/** What must be in no change: never shown, only searched for. */
export function knownSecrets({ places }: Context): KnownSecret[] {
	return secretsOf(places.state);
}
