/**
 * How the machine's file systems are mounted where a sandbox takes from. A mount made in a user namespace may not be
 * freer than what it was taken from, nor leave out what was mounted inside of that: the kernel refuses both.
 */
import { readFileSync } from "node:fs";
import { isWithin } from "../is-within.ts";

export interface Mounted {
	readonly at: string;
	readonly flags: readonly string[];
}

export function mountTable(text = readFileSync("/proc/self/mountinfo", "utf8")): Mounted[] {
	return text.split("\n").flatMap((line) => {
		const [, , , , at, flags] = line.split(" ");
		if (at === undefined || flags === undefined) return [];
		return [
			{
				at: at.replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
				flags: flags.split(","),
			},
		];
	});
}

/** What a path lies on: of those mounted over one another the last. */
export function mountedAt(path: string, table: readonly Mounted[]): Mounted | undefined {
	return table.reduce<Mounted | undefined>((found, mounted) => {
		if (!isWithin(path, mounted.at)) return found;
		return found !== undefined && found.at.length > mounted.at.length ? found : mounted;
	}, undefined);
}

export function mountedWithin(path: string, table: readonly Mounted[]): Mounted[] {
	return table.filter(({ at }) => at !== path && isWithin(at, path));
}
