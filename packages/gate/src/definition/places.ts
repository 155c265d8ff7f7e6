/**
 * Where the names lead that a base's files give each other: through links, to packages of the workspace, with or without
 * an ending. An answer also holds what must stay as it is for the name to lead there: links on the way, and names that
 * nothing has yet and that would come first.
 */
import { posix } from "node:path";
import type { BaseFiles } from "./base-files.ts";
import { type Manifest, manifestsIn, stringsIn } from "./manifests-of.ts";

export interface Place {
	readonly path: string;
	readonly depends: readonly string[];
}

export type Led =
	| { readonly kind: "file"; readonly place: Place }
	/** A package of the workspace, whole: what it hands out may come from anywhere in it. */
	| { readonly kind: "package"; readonly folder: string };

export class Places {
	readonly #modes: ReadonlyMap<string, string>;
	readonly #links: ReadonlyMap<string, string>;
	readonly manifests: readonly Manifest[];

	private constructor(
		modes: ReadonlyMap<string, string>,
		links: ReadonlyMap<string, string>,
		manifests: readonly Manifest[],
	) {
		this.#modes = modes;
		this.#links = links;
		this.manifests = manifests;
	}

	static async of(files: BaseFiles): Promise<Places> {
		const links = [...files.modes].flatMap(([path, mode]) => (mode === "120000" ? [path] : []));
		return new Places(files.modes, await files.read(links.slice(0, linksMax)), await manifestsIn(files));
	}

	get links(): ReadonlyMap<string, string> {
		return this.#links;
	}

	/** An import as code writes it. Undefined for what is no file of the base: dependencies, modules of Node. */
	imported(from: string, specifier: string): Led | undefined {
		if (/^\.{0,2}\//.test(specifier) || /^\.{1,2}$/.test(specifier))
			return asFile(this.#found(posix.join(posix.dirname(from), specifier.replace(/[?#].*$/, ""))));
		return specifier.startsWith("#") ? this.#inside(from, specifier) : this.#packaged(from, specifier);
	}

	/** A name as configuration writes it: beside the file, or from the top, or of a package. */
	named(from: string, text: string, isOfCompiler = false): Led | undefined {
		const plain = text.replace(/^<rootDir>\//, "").replace(/^file:\/\//, "");
		if (plain === "" || plain.startsWith("/")) return undefined;
		for (const path of [posix.join(posix.dirname(from), plain), posix.normalize(plain)]) {
			const place = this.#found(path, isOfCompiler ? candidatesForCompilers : candidatesFor);
			if (place !== undefined) return { kind: "file", place };
		}
		return /^[.<]/.test(text) ? undefined : this.#packaged(from, plain, isOfCompiler);
	}

	/** Where a path leads that may be a link, or stand in a folder that is one. */
	real(path: string): Place {
		const depends: string[] = [];
		let at = posix.normalize(path);
		for (let hops = 0; hops < hopsMax; hops++) {
			const link = this.#links.size === 0 ? undefined : prefixesOf(at).find((prefix) => this.#links.has(prefix));
			if (link === undefined) break;
			depends.push(link);
			at = posix.join(posix.dirname(link), this.#links.get(link) ?? "", at.slice(link.length));
		}
		return { path: at, depends };
	}

	#found(path: string, candidatesOf = candidatesFor): Place | undefined {
		const wanted = posix.normalize(path).replace(/\/$/, "");
		if (wanted.startsWith("../") || wanted === "..") return undefined;
		const candidates = candidatesOf(wanted);
		const real = candidates.map((candidate) => this.real(candidate));
		const at = real.findIndex((place) => this.#modes.has(place.path));
		const place = real[at];
		if (place === undefined) return undefined;
		// As it is written it goes before all others; else another ending may be looked for first, and in a folder last.
		const others = at === 0 ? [] : candidates.filter((one) => isInFolder(candidates[at] ?? "") || !isInFolder(one));
		return { path: place.path, depends: [...place.depends, ...others.filter((one) => !this.#modes.has(one))] };

		function isInFolder(candidate: string): boolean {
			return candidate.startsWith(`${wanted}/`);
		}
	}

	/** `#name`, by the map of the nearest manifest. */
	#inside(from: string, specifier: string): Led | undefined {
		const manifest = this.manifests
			.filter(({ folder }) => folder === "" || from.startsWith(`${folder}/`))
			.sort((one, other) => other.folder.length - one.folder.length)[0];
		return manifest === undefined ? undefined : this.#mapped(manifest, manifest.imports, specifier);
	}

	#packaged(from: string, specifier: string, isOfCompiler = false): Led | undefined {
		const [, name = "", rest = ""] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
		const manifest = this.manifests.find((one) => one.name === name);
		if (manifest === undefined) return undefined;
		const { folder, main, tsconfig, exports } = manifest;
		const written = rest !== "" ? [rest] : isOfCompiler ? [tsconfig] : main;
		const mapped = this.#mapped(manifest, exports, rest === "" ? "." : `./${rest}`);
		const candidates = isOfCompiler ? candidatesForCompilers : candidatesFor;
		const file = [mapped, ...written.map((path) => asFile(this.#found(posix.join(folder, path), candidates)))].find(
			(led) => led !== undefined,
		);
		// Of the package that it stands in itself, and of the repository as a whole, only what is asked for.
		const isOwn = folder === "" || from.startsWith(`${folder}/`);
		if (isOwn || isOfCompiler || (file?.kind === "file" && file.place.path.endsWith(".json"))) return file;
		return { kind: "package", folder };
	}

	#mapped({ folder }: Manifest, map: unknown, key: string): Led | undefined {
		if (typeof map !== "object" || map === null) return undefined;
		for (const [pattern, target] of Object.entries(map)) {
			const [before = "", after] = pattern.split("*");
			const isIt = after === undefined ? pattern === key : key.startsWith(before) && key.endsWith(after);
			const part = after === undefined ? "" : key.slice(before.length, key.length - after.length);
			const led = isIt
				? stringsIn(target).map((text) => asFile(this.#found(posix.join(folder, text.replaceAll("*", part)))))
				: [];
			const found = led.find((one) => one !== undefined);
			if (found !== undefined) return found;
		}
		return undefined;
	}
}

/** A repository with more is made of them; the first ones do. */
const linksMax = 5_000;
const hopsMax = 40;

function asFile(place: Place | undefined): Led | undefined {
	return place === undefined ? undefined : { kind: "file", place };
}

function prefixesOf(path: string): string[] {
	const parts = path.split("/");
	return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** As compilers, bundlers and runners look for it: as it is written, `./x.js` for `./x.ts`, with an ending, as a folder. */
function candidatesFor(path: string): readonly string[] {
	const [, plain = "", kind = ""] = /^(.*)\.([cm]?)jsx?$/.exec(path) ?? [];
	const typed = plain === "" ? [] : [`${plain}.${kind}ts`, `${plain}.tsx`];
	return [path, ...typed, ...[...endings, ...inFolders].map((ending) => `${path}${ending}`)];
}

/** A reference may name the project's folder. */
function candidatesForCompilers(path: string): readonly string[] {
	return [path, `${path}.json`, `${path}/tsconfig.json`];
}

const endings = [".ts", ".js", ".mts", ".mjs", ".cts", ".cjs", ".tsx", ".jsx", ".json"];
const inFolders = [
	...["/index.ts", "/index.js", "/index.mts", "/index.mjs", "/index.cts", "/index.cjs"],
	...["/jest-preset.js", "/jest-preset.cjs", "/jest-preset.mjs", "/jest-preset.json"],
];
