/** Folders that are costly to make: each is made once in a test file, and copied for every test that wants it. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { afterAll } from "vitest";

/** A copy of what `make` made under this name, by whoever asked first. */
export async function copied(name: string, make: () => Promise<string>): Promise<string> {
	let template = templates.get(name);
	if (template === undefined) {
		const made = await make();
		// Outlives the test that made it.
		template = mkdtempSync(join(tmpdir(), "shopfloor-"));
		templates.set(name, template);
		copy(made, template);
	}
	return copyOf(template);
}

const templates = new Map<string, string>();
afterAll(() => {
	for (const dir of templates.values()) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

export function copyOf(dir: string): string {
	const another = tempDir();
	copy(dir, another);
	return another;
}

function copy(from: string, to: string): void {
	cpSync(from, to, { recursive: true, preserveTimestamps: true });
}
