import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** Takes what was used longest ago away, once there is a fifth more than is kept. */
export function keepNewest(dir: string, count: number): void {
	const names = existsSync(dir) ? readdirSync(dir) : [];
	if (names.length <= count * 1.2) return;
	const byAge = names
		.map((name) => ({ path: join(dir, name), at: statSync(join(dir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
		.sort((one, other) => other.at - one.at);
	for (const { path } of byAge.slice(count)) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}
