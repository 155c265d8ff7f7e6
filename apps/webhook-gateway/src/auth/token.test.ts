import { createHash } from "node:crypto";
import type { AccessToken } from "@shopfloor/core";
import { expect, test } from "vitest";
import { tokenIn } from "./token.ts";

const nowMs = Date.UTC(2026, 0, 31, 8);
const text = `shopfloor_${"x".repeat(43)}`;
const good: AccessToken = {
	name: "phone",
	sha256: createHash("sha256").update(text).digest("hex"),
	scopes: ["read"],
	created: "2026-01-01T00:00:00.000Z",
	expires: null,
	revoked: null,
};

const named = (header: string, token: Partial<AccessToken> = {}) =>
	tokenIn(header, [{ ...good, ...token }], nowMs)?.name;

test("a token is known by its hash, whatever the case of the word before it", () => {
	expect([named(`Bearer ${text}`), named(`bearer ${text}`)]).toEqual(["phone", "phone"]);
});

test.each([
	text,
	"Bearer ",
	`Basic ${text}`,
	`Bearer  ${text}`,
	`Bearer ${text} `,
	`Bearer ${text}x`,
	`Bearer ${good.sha256}`,
])("%j is none", (header) => {
	expect(named(header)).toBeUndefined();
});

test("one that is revoked, or whose time is over, is none", () => {
	expect(named(`Bearer ${text}`, { revoked: "2026-01-30T00:00:00.000Z" })).toBeUndefined();
	expect(named(`Bearer ${text}`, { expires: "2026-01-31T08:00:00.000Z" })).toBeUndefined();
	expect(named(`Bearer ${text}`, { expires: "2026-01-31T08:00:00.001Z" })).toBe("phone");
});
