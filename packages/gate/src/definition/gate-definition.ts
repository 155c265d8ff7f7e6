/**
 * What a repository is measured by: read from the base, so that no branch can change what it is measured by. A file
 * `.shopfloor/gate.json` says it; where there is none, it is what the base's own files show (`detect.ts`).
 */
import { createHash } from "node:crypto";
import { ShopfloorError } from "@shopfloor/core/io";
import { z } from "zod";
import { CheckDefinition } from "../checks/check.ts";
import type { Git } from "../git/git.ts";
import { readBlob } from "../git/objects.ts";
import { RatchetSettings } from "../ratchet/settings.ts";
import { detectChecks } from "./detect.ts";
import { edition } from "./edition.ts";

export const GateDefinition = z.strictObject({
	$schema: z.string().optional(),
	checks: z.array(CheckDefinition).max(20).describe("Commands whose results are compared. Without any, nothing lands."),
	copy: z
		.array(z.string().min(1).max(300))
		.max(20)
		.default([])
		.describe("Files of the person's checkout that are in no commit and that checks need: .env.test"),
	...RatchetSettings.shape,
});
export type GateDefinition = z.infer<typeof GateDefinition>;

export interface FoundDefinition {
	readonly definition: GateDefinition;
	/** Whether the base says it, or it was read off the base's files. */
	readonly from: "file" | "detected";
	/** Where not all of it could be read off: what is missing, and what to write. There are no checks then. */
	readonly incomplete?: string;
	/** The same for the same way of measuring. */
	readonly hash: string;
}

export const definitionPath = ".shopfloor/gate.json";

/** Rejects with `bad-config`, naming every fault. */
export async function readDefinition(git: Git, base: string): Promise<FoundDefinition> {
	const file = await readBlob(git, base, definitionPath);
	if (file === undefined) {
		const { checks, missing } = await detectChecks(git, base);
		if (missing === undefined) return found(GateDefinition.parse({ checks }), "detected");
		return { ...found(GateDefinition.parse({ checks: [] }), "detected"), incomplete: missing };
	}
	return found(parseDefinition(file.toString("utf8")), "file");
}

function found(definition: GateDefinition, from: FoundDefinition["from"]): FoundDefinition {
	const { $schema: _editor, ...measured } = definition;
	const hash = createHash("sha256")
		.update(JSON.stringify([edition, sorted(measured)]))
		.digest("hex")
		.slice(0, 16);
	return { definition, from, hash };
}

export function parseDefinition(text: string): GateDefinition {
	const result = GateDefinition.safeParse(parseJson(text));
	if (!result.success) throw faulty(result.error.issues.map(inWords));
	const names = result.data.checks.map(({ name }) => name);
	const twice = names.filter((name, index) => names.indexOf(name) !== index);
	if (twice.length > 0) throw faulty(twice.map((name) => `checks: two are called "${name}"`));
	const outside = result.data.copy.filter((path) => /^\/|(^|\/)\.\.(\/|$)/.test(path));
	if (outside.length > 0) throw faulty(outside.map((path) => `copy: ${path} leads out of the repository`));
	return result.data;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw faulty([`it is no JSON (${(error as Error).message})`]);
	}
}

function inWords({ path, message }: z.core.$ZodIssue): string {
	return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}

function faulty(faults: readonly string[]): ShopfloorError {
	const list = faults.map((fault) => `\n  ${fault}`).join("");
	return new ShopfloorError("bad-config", `${definitionPath} of the base cannot be used:${list}`);
}

/** Keys in one order, whatever order a person wrote them in. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== "object") return value;
	const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
