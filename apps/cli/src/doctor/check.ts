/**
 * A check looks, then judges what it saw. Only looking touches the world, so every judgement can be tested with
 * values.
 */
import { isShopfloorError } from "@shopfloor/core/io";
import type { Context } from "../context.ts";

export type Verdict =
	| { readonly level: "pass"; readonly says: string }
	/** `fix` is what a person types or does. */
	| { readonly level: "warn" | "fail"; readonly says: string; readonly fix: string };

export type Finding = Verdict & { readonly name: string };

export interface Check<Seen> {
	readonly name: string;
	look(context: Context): Seen | Promise<Seen>;
	judge(seen: Seen): Verdict;
	/** What `--fix` may do without asking; says what was done, or nothing when there was nothing to do. */
	repair?(seen: Seen): string | undefined;
}

/** A check together with what it makes of its sight; whoever holds it need not know what that is. */
export interface AnyCheck {
	readonly name: string;
	examine(context: Context): Promise<Finding>;
	mend(context: Context): Promise<string | undefined>;
}

export function check<Seen>(parts: Check<Seen>): Check<Seen> & AnyCheck {
	const { name, look, judge, repair } = parts;
	return {
		...parts,
		async examine(context) {
			try {
				return { name, ...judge(await look(context)) };
			} catch (error) {
				if (!isShopfloorError(error)) throw error;
				return { name, level: "fail", says: "could not be looked at", fix: error.message };
			}
		},
		async mend(context) {
			try {
				return repair?.(await look(context));
			} catch (error) {
				// What cannot be looked at cannot be mended; the examination that follows says why.
				if (!isShopfloorError(error)) throw error;
				return undefined;
			}
		},
	};
}

export function pass(says: string): Verdict {
	return { level: "pass", says };
}

export function warn(says: string, fix: string): Verdict {
	return { level: "warn", says, fix };
}

export function fail(says: string, fix: string): Verdict {
	return { level: "fail", says, fix };
}
