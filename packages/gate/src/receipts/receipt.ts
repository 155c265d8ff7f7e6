/**
 * The record that a tree passed: what was measured, how, and what came of it. Its name is a hash of the first two, so
 * that the same question is asked once. It lies in the state directory and, as a note, on the commit that landed.
 */
import { createHash } from "node:crypto";
import { z } from "zod";

const Hash = z.string().regex(/^[0-9a-f]{8,64}$/);
const Short = z.string().max(200);

export const Environment = z.strictObject({
	node: Short,
	platform: Short,
	/** Of the installed dependencies, and with them of the tools; null where there are none. */
	dependencies: Short.nullable(),
	/** Of programs of the machine that checks call; null where all are Node's or the dependencies'. */
	tools: Short.nullable(),
	/** Of files that the person's checkout lent; null where there are none. */
	lent: Short.nullable(),
	sandbox: z.boolean(),
});
export type Environment = z.infer<typeof Environment>;

export const Receipt = z.strictObject({
	format: z.literal(1),
	tree: Hash,
	/** Of the gate's definition: checks, rules, what counts as a test. */
	gate: Hash,
	environment: Environment,
	/** The tree it was compared with. */
	base: Hash,
	/** Ids of tests of the base that may be gone: what they tested went too, or a person said so. */
	givenUp: z.array(z.string().max(2_000)).max(2_000),
	checks: z
		.array(
			z.strictObject({
				name: Short,
				errors: z.int().min(0),
				passed: z.int().min(0),
				failed: z.int().min(0),
				skipped: z.int().min(0),
				ms: z.number().min(0),
			}),
		)
		.max(20),
	made: z.iso.datetime({ precision: 3 }),
});
export type Receipt = z.infer<typeof Receipt>;

export type Question = Pick<Receipt, "tree" | "base" | "givenUp" | "gate" | "environment">;

/** What would be answered otherwise has another name: another base, or fewer tests given up, is another question. */
export function receiptKey({ tree, base, givenUp, gate, environment }: Question): string {
	const { node, platform, dependencies, tools, lent, sandbox } = environment;
	const question = JSON.stringify([
		1,
		tree,
		base,
		[...givenUp].sort(),
		gate,
		node,
		platform,
		dependencies,
		tools,
		lent,
		sandbox,
	]);
	return createHash("sha256").update(question).digest("hex").slice(0, 32);
}

export type ReadReceipt =
	| { readonly kind: "receipt"; readonly receipt: Receipt }
	| { readonly kind: "none" }
	/** It is there, and is not what was written: told, and never taken for a proof. */
	| { readonly kind: "broken"; readonly why: string };

/** Text from a file or a note, which anybody may have changed: it counts when it answers the question it is named after. */
export function readReceiptText(text: string, key: string): ReadReceipt {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return { kind: "broken", why: `no JSON (${(error as Error).message})` };
	}
	const { data: receipt, error } = Receipt.safeParse(value);
	if (receipt === undefined) return { kind: "broken", why: error?.issues[0]?.message ?? "not a receipt" };
	if (receiptKey(receipt) !== key) return { kind: "broken", why: "it answers another question than its name says" };
	return { kind: "receipt", receipt };
}
