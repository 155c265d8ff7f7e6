/** What a test needs of the machine. Where it is missing the test is skipped, and the report says why. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, type TestContext } from "vitest";
import { until } from "./program.ts";
import { tempDir } from "./temp-dir.ts";

type Need = "strace" | "linux" | "user namespaces" | "root" | "bubblewrap";

export function needs(context: TestContext, ...wanted: readonly Need[]): void {
	for (const need of wanted) {
		found[need] ??= probes[need]();
		const missing = found[need];
		if (missing !== "") context.skip(missing);
	}
}

/** Empty when it is there, else the sentence for the report. */
const found: Partial<Record<Need, string>> = {};

const probes: Record<Need, () => string> = {
	linux: () => (process.platform === "linux" ? "" : "needs Linux's /proc"),
	strace: () =>
		runs("strace", "-f", "-e", "inject=fdatasync:error=EIO", "true") ? "" : "needs strace, and the right to trace",
	"user namespaces": () => (runs("unshare", "-Ur", "true") ? "" : "needs unshare(1) and user namespaces"),
	bubblewrap: () =>
		runs("bwrap", "--unshare-all", "--ro-bind", "/", "/", "true") ? "" : "needs bubblewrap, and user namespaces",
	root: () => (process.getuid?.() === 0 ? "" : "needs root"),
};

function runs(command: string, ...args: readonly string[]): boolean {
	return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** A small disk of this test's own; skips the test where none can be mounted. */
export function smallDisk(context: TestContext, kilobytes: number): string {
	const at = join(tempDir(), "disk");
	mkdirSync(at);
	if (!runs("mount", "-t", "tmpfs", "-o", `size=${kilobytes}k`, "shopfloor-test", at))
		context.skip("needs the right to mount a tmpfs");
	onTestFinished(() => {
		runs("umount", "--lazy", at);
	});
	return at;
}

/** Refused as long as anybody has a file of it open for writing: also who was ended a moment ago. */
export async function makeReadOnly(disk: string): Promise<void> {
	await until(() => runs("mount", "-o", "remount,ro", disk));
}

export async function makeWritable(disk: string): Promise<void> {
	await until(() => runs("mount", "-o", "remount,rw", disk));
}

/** Leaves no more than so many kilobytes; what it returns frees the rest again. */
export function fillDisk(disk: string, { leave = 0 } = {}): () => void {
	const ballast = join(disk, "ballast");
	const fd = openSync(ballast, "w");
	try {
		for (;;) writeSync(fd, Buffer.alloc(4_096));
	} catch (error) {
		expect(error).toMatchObject({ code: "ENOSPC" });
	} finally {
		closeSync(fd);
	}
	truncateSync(ballast, statSync(ballast).size - leave * 1_024);
	return () => rmSync(ballast);
}
