import { expect, test } from "vitest";
import { type AccessToken, accessTokens } from "./access-tokens.ts";

const token: AccessToken = {
	name: "phone",
	sha256: "0".repeat(64),
	scopes: ["read"],
	created: "2026-01-31T08:00:00.000Z",
	expires: null,
	revoked: null,
};
const revoked = { ...token, revoked: "2026-01-31T09:00:00.000Z" };

const faults = (current: readonly AccessToken[], next: readonly AccessToken[]) =>
	accessTokens.faults({ tokens: [...current] }, { tokens: [...next] });

test("a token may be made, revoked and forgotten", () => {
	expect(faults([], [token])).toEqual([]);
	expect(faults([token], [revoked])).toEqual([]);
	expect(faults([revoked], [])).toEqual([]);
});

test("none comes back, becomes another, or shares its name", () => {
	expect(faults([revoked], [token])).toEqual(["phone was revoked"]);
	expect(faults([token], [{ ...token, sha256: "1".repeat(64) }])).toEqual(["phone would become another token"]);
	expect(faults([], [token, { ...token, sha256: "1".repeat(64) }])).toEqual(["there are two tokens of the name phone"]);
});
