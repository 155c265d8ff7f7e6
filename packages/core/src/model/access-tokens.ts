/** Who may come in over HTTP with a token: its hash, what it is good for, and until when. The token itself is kept nowhere. */
import { z } from "zod";
import { Instant, Name } from "./entry/fields.ts";
import type { RecordKind } from "./record-kind.ts";

/** `read` looks, `trigger` asks for work, `approve` answers questions, `admin` pauses, stops and resumes. None holds another. */
export const tokenScopes = ["read", "trigger", "approve", "admin"] as const;
export const TokenScope = z.enum(tokenScopes);
export type TokenScope = z.infer<typeof TokenScope>;

const AccessToken = z.strictObject({
	/** For the log and for whoever revokes it; used once and never again. */
	name: Name,
	/** Of the whole token, in hexadecimal. It is random throughout, so a quick hash is enough. */
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
	scopes: z.array(TokenScope).min(1).max(tokenScopes.length),
	created: Instant,
	expires: Instant.nullable(),
	revoked: Instant.nullable(),
});
export type AccessToken = z.infer<typeof AccessToken>;

const AccessTokens = z.strictObject({ tokens: z.array(AccessToken).max(200) });
export type AccessTokens = z.infer<typeof AccessTokens>;

export const accessTokens: RecordKind<AccessTokens> = {
	key: "tokens",
	schema: AccessTokens,
	empty: { tokens: [] },
	faults: (current, next) => [...twice(next), ...changed(current, next)],
};

function twice({ tokens }: AccessTokens): string[] {
	const names = tokens.map(({ name }) => name);
	return names
		.filter((name, index) => names.indexOf(name) !== index)
		.map((name) => `there are two tokens of the name ${name}`);
}

/** A name in the log means one token, and a token that was revoked stays so. */
function changed(current: AccessTokens, next: AccessTokens): string[] {
	return next.tokens.flatMap((after) => {
		const before = current.tokens.find(({ name }) => name === after.name);
		if (before === undefined) return [];
		if (before.sha256 !== after.sha256) return [`${after.name} would become another token`];
		return before.revoked !== null && after.revoked === null ? [`${after.name} was revoked`] : [];
	});
}
