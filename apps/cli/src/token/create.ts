/** A token is random throughout, is shown once, and only its hash is kept. */
import { createHash, randomBytes } from "node:crypto";
import { type AccessToken, accessTokens, parseDuration, type TokenScope, tokenScopes, toMs } from "@shopfloor/core";
import { instant, ledger } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { changingFloor } from "../with-floor.ts";
import type { CreateOptions } from "./options.ts";

export async function createToken(context: Context, name: string, options: CreateOptions): Promise<void> {
	if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
		throw misuse(`"${name}" is no name for a token: lower-case letters, digits and "-", at most 40.`);
	const nowMs = context.clock.now();
	const token = `shopfloor_${randomBytes(secretBytes).toString("base64url")}`;
	const made: AccessToken = {
		name,
		sha256: createHash("sha256").update(token).digest("hex"),
		scopes: scopesIn(options.scope),
		created: instant(nowMs),
		expires: expiresIn(options.expires, nowMs),
		revoked: null,
	};
	await changingFloor(context, async ({ records }) => {
		await ledger(records, accessTokens).update(({ tokens }) => {
			if (tokens.some((one) => one.name === name))
				throw new Failure(exitCodes.failed, `there is a token "${name}" already, or there was; take another name.`);
			return { tokens: [...tokens.filter((one) => !isLongOver(one, nowMs)), made] };
		});
	});
	const { scopes, expires } = made;
	if (options.json) return context.say(jsonText({ name, token, scopes, expires }));
	// The token alone, so that it can be piped into a file; the rest is for the person.
	context.say(token);
	const end = expires === null ? "until it is revoked" : `until ${expires.slice(0, 10)}`;
	context.note(
		`${name} may ${scopes.join(", ")}, ${end}. It is shown this once; send it as "Authorization: Bearer …".`,
	);
}

const secretBytes = 32;

function scopesIn(text: string): TokenScope[] {
	const words = text.split(",").map((word) => word.trim());
	const unknown = words.find((word) => !tokenScopes.some((scope) => scope === word));
	if (unknown !== undefined) throw misuse(`"${unknown}" is no scope. ${didYouMean(unknown, tokenScopes)}`);
	return tokenScopes.filter((scope) => words.includes(scope));
}

function expiresIn(text: string, nowMs: number): string | null {
	if (text === "never") return null;
	const ms = parseDuration(text);
	if (ms === undefined || ms <= 0 || ms > longestMs)
		throw misuse(`--expires "${text}" is no duration. Give one such as 12h or 90d, at most 3650d, or never.`);
	return instant(nowMs + ms);
}

const longestMs = 3_650 * 86_400_000;

/** Its name may still stand in the log; after so long nobody asks whose it was. */
function isLongOver({ revoked, expires }: AccessToken, nowMs: number): boolean {
	const over = revoked ?? expires;
	return over !== null && nowMs - toMs(over) > keptMs;
}

const keptMs = 365 * 86_400_000;
