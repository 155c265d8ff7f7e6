/** Who called, and what they may. */
import type { TokenScope } from "@shopfloor/core";

export interface Caller {
	/** In the log: `http:<token>`, `webhook:<secret>`. */
	readonly by: string;
	readonly scopes: readonly TokenScope[];
	/** Of a signed call: it may be made once. */
	readonly call?: string;
}

/**
 * A signature covers the body and not the path, so whoever signs may ask for work and follow it, and nothing else:
 * a body that was meant for one route does no harm at another.
 */
export const signedScopes: readonly TokenScope[] = ["trigger"];

export function mayDo({ scopes }: Caller, wanted: readonly TokenScope[]): boolean {
	return wanted.some((scope) => scopes.includes(scope));
}
