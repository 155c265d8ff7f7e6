/** The packages of a base's workspace, as their manifests name them. */
import { posix } from "node:path";
import { anyOf } from "../ratchet/any-of.ts";
import { fixtureFolders } from "../ratchet/test-names.ts";
import type { BaseFiles } from "./base-files.ts";

export interface Manifest {
	/** Of its package; "" for that of the repository. */
	readonly folder: string;
	readonly name: string;
	/** Files that it begins with, whatever asks for it. */
	readonly main: readonly string[];
	/** What a compiler's configuration extends that names the package. */
	readonly tsconfig: string;
	/** What others begin with: its programs too. */
	readonly entries: readonly string[];
	readonly exports: unknown;
	readonly imports: unknown;
	readonly scripts: Readonly<Record<string, string>>;
	readonly dependencies: readonly string[];
}

export async function manifestsIn(files: BaseFiles): Promise<readonly Manifest[]> {
	const paths = [...files.modes.keys()].filter((path) => /(^|\/)package\.json$/.test(path) && !isExample(path));
	return [...(await files.read(paths.slice(0, manifestsMax)))].flatMap(([path, text]) => {
		const value = parsed(text);
		return value === undefined ? [] : [manifestOf(posix.dirname(path), value)];
	});
}

/** The largest workspaces have some thousands of packages. */
const manifestsMax = 10_000;

const isExample = anyOf([...fixtureFolders, "**/node_modules/**"]);

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null ? { ...value } : undefined;
	} catch {
		// Whoever needs it for more says so; here it is as good as none.
		return undefined;
	}
}

function manifestOf(folder: string, value: Readonly<Record<string, unknown>>): Manifest {
	const { name, exports, imports, scripts } = value;
	const isMap = keysOf(exports).some(isPath);
	return {
		folder: folder === "." ? "" : folder,
		name: typeof name === "string" ? name : "",
		main: [...["main", "module", "source"].flatMap((key) => stringsIn(value[key])), "index.ts", "index.js"],
		entries: ["main", "module", "source", "browser", "exports", "bin"].flatMap((key) => stringsIn(value[key])),
		tsconfig: stringsIn(value["tsconfig"])[0] ?? "tsconfig.json",
		exports: isMap ? exports : exports === undefined ? undefined : { ".": exports },
		imports,
		scripts: Object.fromEntries(
			entriesOf(scripts).flatMap(([script, said]) => (typeof said === "string" ? [[script, said]] : [])),
		),
		dependencies: ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].flatMap((key) =>
			keysOf(value[key]),
		),
	};
}

function entriesOf(value: unknown): [string, unknown][] {
	return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function keysOf(value: unknown): string[] {
	return entriesOf(value).map(([key]) => key);
}

function isPath(key: string): boolean {
	return key.startsWith(".");
}

/** Whatever depth they stand at. */
export function stringsIn(value: unknown): string[] {
	if (typeof value === "string") return [value];
	if (typeof value !== "object" || value === null) return [];
	return Object.values(value).flatMap(stringsIn);
}
