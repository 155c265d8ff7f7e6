import { cut, oneLine } from "@shopfloor/core";

/** Versions of the real programs that this factory's tests run against. Any other is run as if it were one of them. */
const triedVersions = {
	claude: ["2.1.197", "2.1.329"],
	codex: ["0.128.0", "0.169.0"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What a person is to know of a version; nothing where it was tried, or is not known. */
export function neverTried(program: keyof typeof triedVersions, version: string | undefined): string | undefined {
	const tried: readonly string[] = triedVersions[program];
	if (version === undefined || tried.includes(version)) return undefined;
	return `version ${cut(oneLine(version), versionMax)} was never tried with this factory (${tried.join(", ")} were)`;
}

/** It is the program's own word. */
const versionMax = 40;
