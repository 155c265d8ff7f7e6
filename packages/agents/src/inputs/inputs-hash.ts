/** One hash for all that a call depends on. Keys of objects in any order are the same inputs. Pure. */
import { createHash } from "node:crypto";

export function inputsHash(parts: unknown): string {
	return createHash("sha256")
		.update(JSON.stringify(sorted(parts)) ?? "")
		.digest("hex");
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
