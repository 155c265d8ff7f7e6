import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of this test's own, gone when the test is. */
export function tempDir(parent = tmpdir()): string {
	const dir = realpathSync(mkdtempSync(join(parent, "shopfloor-twins-")));
	onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
	return dir;
}
