/** What nobody may read in a log or a commit: the values that the factory keeps, and those that a checkout lends. */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { secretStore } from "@shopfloor/core/io";
import type { GateDefinition } from "../definition/gate-definition.ts";
import type { Target } from "../git/target.ts";
import type { KnownSecret } from "../ratchet/secrets.ts";
import { type WithoutSecrets, withoutSecrets } from "./without-secrets.ts";

/** For what is said about trees that are measured by this definition. */
export function withoutConfidential(
	target: Target,
	{ copy }: Pick<GateDefinition, "copy">,
	known: readonly KnownSecret[] = [],
): WithoutSecrets {
	return withoutSecrets([...known.map(({ value }) => value), ...lentValues(target, copy)]);
}

/** Those of `shopfloor secret`. */
export function knownSecrets(stateDir: string): KnownSecret[] {
	const store = secretStore(stateDir);
	return store.list().flatMap(({ name }) => {
		const value = store.get(name);
		return value === undefined ? [] : [{ name, value }];
	});
}

/** Those in the files that checks are lent. */
function lentValues(target: Target, paths: readonly string[]): string[] {
	return target.kind === "local" ? paths.flatMap((path) => valuesIn(textOf(join(target.address, path)))) : [];
}

function textOf(path: string): string {
	// What is no plain file is not lent either.
	return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : "";
}

/** Pure. Of `NAME=value` the value, of any other line all of it and what stands in quotes; and passwords in addresses. */
export function valuesIn(text: string): string[] {
	const values = text.split("\n").flatMap((line) => {
		const whole = line.trim();
		const [, value] = /^(?:export\s+)?[\w.-]+\s*=\s*(.*)$/.exec(whole) ?? [];
		return value === undefined ? [whole, ...quotedIn(whole)] : [value, withoutComment(value), ...quotedIn(value)];
	});
	const all = values.flatMap((value) => [value, ...value.split(/\\r?\\n|\\n/), ...passwordsIn(value)]);
	return [...new Set(all.filter((value) => value !== ""))];
}

function quotedIn(text: string): string[] {
	return [...text.matchAll(/(["'`])(.*?)\1/g)].map(([, , inner = ""]) => inner);
}

function withoutComment(value: string): string {
	return value.replace(/\s+#.*$/, "");
}

function passwordsIn(text: string): string[] {
	return [...text.matchAll(/:\/\/[^\s:@/]*:([^\s@/]+)@/g)].map(([, password = ""]) => password);
}
