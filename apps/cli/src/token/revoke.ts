import { accessTokens } from "@shopfloor/core";
import { instant, ledger } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { exitCodes, Failure } from "../failure.ts";
import { changingFloor } from "../with-floor.ts";

export async function revokeToken(context: Context, name: string): Promise<void> {
	const revoked = instant(context.clock.now());
	await changingFloor(context, async ({ records }) => {
		await ledger(records, accessTokens).update((current) => {
			const known = current.tokens.find((token) => token.name === name);
			if (known === undefined) throw new Failure(exitCodes.failed, unknown(name, current.tokens));
			if (known.revoked !== null) return current;
			return { tokens: current.tokens.map((token) => (token.name === name ? { ...token, revoked } : token)) };
		});
	});
	context.say(`${name} is revoked: it lets nobody in any more.`);
}

function unknown(name: string, tokens: readonly { readonly name: string }[]): string {
	const known = tokens.map((token) => token.name);
	return `there is no token "${name}". ${known.length === 0 ? "None was made." : didYouMean(name, known)}`;
}
