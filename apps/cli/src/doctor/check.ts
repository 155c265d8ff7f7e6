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

/** A check whose sight is its own business. */
export interface AnyCheck {
	readonly name: string;
	examine(context: Context): Promise<Finding>;
	repair(context: Context): Promise<string | undefined>;
}

export function check<Seen>({ name, look, judge, repair }: Check<Seen>): AnyCheck {
	return {
		name,
		async examine(context) {
			try {
				return { name, ...judge(await look(context)) };
			} catch (error) {
				if (!isShopfloorError(error)) throw error;
				return { name, level: "fail", says: "could not be looked at", fix: error.message };
			}
		},
		repair: async (context) => repair?.(await look(context)),
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
