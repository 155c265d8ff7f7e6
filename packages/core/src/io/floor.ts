/** The floor of one factory: the one thing that every process opens, and the only way to its files. */
import { accessSync, chmodSync, constants, mkdirSync, statfsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ReviewQueue, reviewQueue } from "../model/review-queue.ts";
import { type TaskQueue, taskQueue } from "../model/task-queue.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type EventLog, type FileLog, fileLog } from "./event-log.ts";
import { FileRecords } from "./file-records.ts";
import { type Leases, recordLeases } from "./leases.ts";
import { type Ledger, ledger } from "./ledger.ts";
import { takeCardFrom } from "./lock/card.ts";
import { logFiles, makeLogFolders } from "./log/files.ts";
import type { Records } from "./records.ts";
import { diskError, errnoOf, isShopfloorError, ShopfloorError } from "./shopfloor-error.ts";
import { Watcher } from "./watch.ts";

/** What every driver brings, and all that the factory is built on. */
export interface Floor {
	readonly log: EventLog;
	readonly tasks: Ledger<TaskQueue>;
	readonly reviews: Ledger<ReviewQueue>;
	readonly leases: Leases;
	readonly records: Records;
	close(): Promise<void>;
}

export interface FileFloor extends Floor {
	readonly log: FileLog;
	readonly stateDir: string;
}

export interface FloorOptions {
	readonly stateDir: string;
	readonly clock?: Clock;
	readonly segmentBytes?: number;
	/** `look` is for whoever only reads: a disk that cannot be written is no hindrance then. Default `work`. */
	readonly use?: Use;
}

type Use = "look" | "work";

export function openFloor({
	stateDir: given,
	clock = systemClock,
	segmentBytes,
	use = "work",
}: FloorOptions): FileFloor {
	const stateDir = resolve(given);
	const fault = unfit(stateDir, use);
	if (fault !== undefined) throw fault;
	asFarAs(use, () => {
		makePrivate(stateDir);
		makeFolders(stateDir);
	});
	const watcher = new Watcher(stateDir, (message) => tell("watch-unavailable", message));
	const log = fileLog({ stateDir, watcher, clock, ...(segmentBytes === undefined ? {} : { segmentBytes }) });
	const records = new FileRecords(stateDir, watcher, clock, ({ code, message }) => tell(code, message));
	return {
		stateDir,
		log,
		records,
		tasks: ledger(records, taskQueue),
		reviews: ledger(records, reviewQueue),
		leases: recordLeases(records, clock),
		async close() {
			await watcher.close();
			await log.close();
			takeCardFrom(join(stateDir, "locks"));
		},
	};

	function tell(code: string, message: string): void {
		const alert = { code, severity: "warning", message: message.slice(0, 2_000) } as const;
		log.append([{ type: "alert", by: "floor", data: alert }]).catch((error: unknown) => {
			process.stderr.write(`shopfloor: ${message} (and the log did not take it: ${String(error)})\n`);
		});
	}
}

/** Locks and renames mean nothing on these: network file systems, by their magic numbers (statfs(2)). */
const networkFileSystems = new Map([
	[0x6969, "NFS"],
	[0xff534d42, "CIFS"],
	[0xfe534d42, "SMB2"],
	[0x517b, "SMB"],
	[0x01021997, "9p"],
	[0x00c36400, "Ceph"],
]);

/** Why a directory cannot hold a floor, and what to do; undefined when it can. */
export function unfitStateDir(stateDir: string, use: Use = "work"): string | undefined {
	return unfit(stateDir, use)?.message;
}

/** `bad-state-dir` is for a person to mend; a fault of the disk may pass. */
function unfit(stateDir: string, use: Use): ShopfloorError | undefined {
	const bad = (message: string) => new ShopfloorError("bad-state-dir", message);
	try {
		asFarAs(use, () => mkdirSync(stateDir, { recursive: true, mode: 0o700 }));
		if (!statSync(stateDir).isDirectory()) return bad(`${stateDir} is not a directory`);
		accessSync(stateDir, constants.R_OK | constants.X_OK | (use === "work" ? constants.W_OK : 0));
		const name = networkFileSystems.get(statfsSync(stateDir).type);
		if (name === undefined) return undefined;
		return bad(
			`${stateDir} lies on ${name}, where locks and renames cannot be relied on. Point SHOPFLOOR_STATE at a local disk.`,
		);
	} catch (error) {
		const fault = diskError(error, `opening ${stateDir}`);
		if (isShopfloorError(fault)) return fault;
		return bad(
			`${stateDir} cannot be ${use === "work" ? "written" : "read"} (${(error as Error).message}). Point SHOPFLOOR_STATE at a directory of yours on a local disk.`,
		);
	}
}

/** Who only looks prepares what can be prepared, and then sees what is there. */
function asFarAs(use: Use, prepare: () => void): void {
	try {
		prepare();
	} catch (error) {
		if (use === "work" || !unwritable.includes(errnoOf(error) ?? "")) throw error;
	}
}

/** ENOENT is what Node 20 makes of EROFS when it is to create a path. */
const unwritable = ["EROFS", "EACCES", "EPERM", "ENOSPC", "EDQUOT", "EIO", "ENOENT"];

function makeFolders(stateDir: string): void {
	mkdirSync(join(stateDir, "last-good"), { recursive: true, mode: 0o700 });
	makeLogFolders(logFiles(stateDir));
}

/**
 * Prompts, code and diffs of the target repository pass through here: nobody else's business. A directory that others
 * share (the sticky bit says so) is somebody's mistake, and closing it would be ours.
 */
function makePrivate(stateDir: string): void {
	const { mode, uid } = statSync(stateDir);
	if ((mode & 0o1000) !== 0)
		throw new ShopfloorError(
			"bad-state-dir",
			`${stateDir} is shared by everybody. Point SHOPFLOOR_STATE at a directory of your own.`,
		);
	if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(stateDir, 0o700);
}
