/** Bearer tokens, of which only the hash is known here. Pure. */
import { createHash, timingSafeEqual } from "node:crypto";
import { type AccessToken, toMs } from "@shopfloor/core";

/** The token that the header names, if it is good now. */
export function tokenIn(header: string, tokens: readonly AccessToken[], nowMs: number): AccessToken | undefined {
	const text = /^Bearer (shopfloor_[A-Za-z0-9_-]{43})$/i.exec(header)?.[1];
	if (text === undefined) return undefined;
	const hash = createHash("sha256").update(text).digest();
	const named = tokens.filter(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, "hex"), hash));
	return named.find(({ revoked, expires }) => revoked === null && (expires === null || toMs(expires) > nowMs));
}
