/**
 * Which files of a base decide how it is measured, beyond those that are called so: what its configuration names (setup
 * files, reporters, what a tsconfig extends), and what the checks' own commands run. Read from the base, so that no branch
 * can take a file out by calling it something else, by a link, or by a file that would be found first.
 *
 * How far names are followed depends on what a file is:
 *
 * - The configuration of a runner is followed to its end, into any folder and into packages of the workspace. All of it
 *   runs in the process that tells the result, and could tell another. Where that reaches the product (a plugin whose own
 *   configuration uses it), a change of the product is measured with the base's until a person has seen it: what writes
 *   its own report cannot be measured by it.
 * - Setup files, and the scripts of checks, are followed where they lead to their own folder and to tests. They run with
 *   the tests, in processes that report nothing, and what they import further away is more likely what is measured: laid
 *   over with the base's, a change of it would not be measured at all. An assertion in such a place is found by what it
 *   imports (`tests-of.ts`).
 * - The configuration of a compiler is followed through all that it extends and refers to.
 * - Any other configuration as setup files are.
 */
import { posix } from "node:path";
import { anyOf } from "../ratchet/any-of.ts";
import { fileKinds, type KnownFiles } from "../ratchet/file-kinds.ts";
import { isRunnerConfiguration } from "../ratchet/stick-names.ts";
import type { BaseFiles } from "./base-files.ts";
import { namesIn } from "./configuration-names.ts";
import type { GateDefinition } from "./gate-definition.ts";
import type { Role } from "./named.ts";
import { isMakefile } from "./names-in-lines.ts";
import type { Led, Place, Places } from "./places.ts";
import { wordsOf } from "./words-of.ts";

export type Stick = Required<Pick<KnownFiles, "stick" | "stickFolders" | "compilers">>;

/** Beside those files that `fileKinds` knows by their names. */
export async function stickOf(files: BaseFiles, places: Places, definition: GateDefinition): Promise<Stick> {
	const { isMeasuringStick, isTest, isCompilerConfiguration } = fileKinds(definition);
	const stick = new Set<string>();
	const folders = new Set<string>();
	const compilers = new Set<string>();
	const isMade = definition.checks.some(({ run }) => /^(make|just|task)\b/.test([run].flat()[0] ?? ""));
	const seen = new Map<string, Role>();
	let open: { path: string; role: Role }[] = [];
	for (const path of files.modes.keys()) if (isMeasuringStick(path)) begin(path, roleOf(path));
	// What its targets run stands there, but only for this program.
	if (files.modes.has("nx.json")) for (const path of files.modes.keys()) if (isTarget(path)) stick.add(path);
	for (const { text, role, isValue, mayBeTest } of wordsOf(definition, places.manifests)) {
		const led = isValue ? places.named("", text, role === "compiler") : asWritten(text);
		if (!(mayBeTest && led?.kind === "file" && isTest(led.place.path))) add(led, role);
	}
	while (open.length > 0 && seen.size < filesMax) {
		const now = open;
		open = [];
		const texts = await files.read(now.map(({ path }) => path));
		for (const { path, role } of now) follow(path, texts.get(path) ?? "", role);
	}
	return { stick, stickFolders: [...folders], compilers };

	function asWritten(text: string): Led | undefined {
		const place = places.real(text);
		return files.modes.has(place.path) ? { kind: "file", place } : undefined;
	}

	/** A link is what it leads to. */
	function begin(path: string, role: Role): void {
		const real = places.real(path);
		if (isMakefile(path) && !isMade) return;
		if (real.path !== path) take(real, role);
		else read(path, role);
	}

	function follow(path: string, text: string, role: Role): void {
		const { named, imported } = namesIn(path, text, role);
		for (const { text: name, role: itsRole, isWhole, isPattern } of named) {
			if (isWhole) add(asWritten(name) ?? asWritten(posix.join(posix.dirname(path), name)), itsRole);
			else if (isPattern && /[*{]/.test(name)) for (const one of matching(path, name)) take(places.real(one), itsRole);
			else add(places.named(path, name, role === "compiler"), itsRole);
		}
		for (const specifier of imported) {
			const led = places.imported(path, specifier);
			if (role === "runner") add(led, "runner");
			else if (led?.kind === "file" && isNear(path, led.place.path)) add(led, role);
		}
	}

	/** Lists of projects are written as patterns. */
	function matching(from: string, glob: string): readonly string[] {
		const matches = anyOf([posix.join(posix.dirname(from), glob)]);
		return [...files.modes.keys()].filter((path) => matches(path) && isReadable(path)).slice(0, matchesMax);
	}

	function isNear(from: string, path: string): boolean {
		return posix.dirname(path) === posix.dirname(from) || isTest(path);
	}

	function add(led: Led | undefined, role: Role): void {
		if (led?.kind === "file") take(led.place, role);
		if (led?.kind !== "package" || folders.has(led.folder)) return;
		folders.add(led.folder);
		for (const path of files.modes.keys()) if (path.startsWith(`${led.folder}/`)) read(path, role);
	}

	function take({ path, depends }: Place, role: Role): void {
		for (const one of depends) stick.add(one);
		if (role === "compiler") compilers.add(path);
		stick.add(path);
		read(path, role);
	}

	function read(path: string, role: Role): void {
		const before = seen.get(path);
		// Reached by a runner as well, it is followed further than before.
		if (before === role || before === "runner" || !isReadable(path)) return;
		seen.set(path, role);
		open.push({ path, role });
	}

	function roleOf(path: string): Role {
		if (/(^|\/)package\.json$/.test(path)) return "manifest";
		if (isCompilerConfiguration(path)) return "compiler";
		if (isRunnerConfiguration(path)) return "runner";
		return /\.config\.\w+$|rc(\.\w+)?$|\.(ya?ml|toml)$/.test(path) ? "other" : "setup";
	}
}

/** A configuration that reaches further than this is the program itself. */
const filesMax = 2_000;
const matchesMax = 200;

const isTarget = (path: string) => /(^|\/)project\.json$/.test(path);

function isReadable(path: string): boolean {
	return (
		/\.([cm]?[jt]sx?|jsonc?)$|(^|\/)\.\w+rc$|(^|\/)\.(mocharc|nycrc|c8rc|taprc)\.ya?ml$|(^|\/)bunfig\.toml$|\.(sh|bash)$|(^|\/)(Makefile|[Jj]ustfile|Taskfile\.ya?ml)$|(^|\/)[\w-]+$/.test(
			path,
		) && !/(^|\/)(package-lock|npm-shrinkwrap)\.json$/.test(path)
	);
}
