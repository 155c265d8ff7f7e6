import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { aSecret, signed } from "../testing/a-gateway.ts";
import { webhookKeys } from "./keys.ts";
import { claimIn, isSigned, isSignedByGitHub } from "./signature.ts";

const nowMs = Date.UTC(2026, 0, 31, 8);
const body = Buffer.from('{"session":"ralph-1"}');
const [key = Buffer.alloc(0)] = keysOf(aSecret);

function keysOf(stored: string): readonly Buffer[] {
	const keys = webhookKeys(stored);
	return keys.kind === "keys" ? keys.keys : [];
}

/** As the gateway does it: the headers first, then the body. */
function isGood(headers: Record<string, string>, { said = body, keys = [key] as readonly Buffer[] } = {}): boolean {
	const claim = claimIn(headers, nowMs);
	return claim !== undefined && isSigned(claim, said, keys);
}

/** The same bytes, written in another way: the last letter before the padding has two bits that mean nothing. */
function paddedOtherwise(base64: string): string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const last = letters.indexOf(base64.at(-2) ?? "");
	return `${base64.slice(0, -2)}${letters[last + 1]}=`;
}

test("a call that is signed with the secret is known", () => {
	expect(isGood(signed(body, { atMs: nowMs }))).toBe(true);
});

test("the example of Standard Webhooks is signed as theirs", () => {
	const headers = {
		"webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
		"webhook-timestamp": "1614265330",
		"webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
	};
	const claim = claimIn(headers, 1_614_265_330_000);
	const keys = keysOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
	expect(claim && isSigned(claim, Buffer.from('{"test": 2432232314}'), keys)).toBe(true);
});

describe("WEB-01: no signature, or one that is malformed, short or wrong, is none", () => {
	const good = signed(body, { atMs: nowMs });
	const digest = good["webhook-signature"]?.slice(3) ?? "";
	const hex = Buffer.from(digest, "base64").toString("hex");
	test.each([
		["none", ""],
		["no version", digest],
		["another version", `v2,${digest}`],
		["short", `v1,${digest.slice(0, 40)}`],
		["hexadecimal", `v1,${hex}`],
		["uppercase hexadecimal", `v1,${hex.toUpperCase()}`],
		["without its padding", `v1,${digest.slice(0, -1)}`],
		["with bits in the padding", `v1,${paddedOtherwise(digest)}`],
		["wrong", `v1,${Buffer.alloc(32, 1).toString("base64")}`],
		["after seven others and more", `${"v2,x ".repeat(8)}v1,${digest}`],
	])("%s", (_, signature) => {
		expect(isGood({ ...good, "webhook-signature": signature })).toBe(false);
	});

	test.each([
		["no id", { "webhook-id": "" }],
		["an id with the separator in it", { "webhook-id": "msg.1" }],
		["an id that is endless", { "webhook-id": "x".repeat(65) }],
		["another id", { "webhook-id": "msg_other" }],
	])("%s", (_, headers) => {
		expect(isGood({ ...good, ...headers })).toBe(false);
	});

	test("one of several counts, so that secrets can follow one another", () => {
		expect(isGood({ ...good, "webhook-signature": `v1,${Buffer.alloc(32).toString("base64")} v1,${digest}` })).toBe(
			true,
		);
	});
});

test("WEB-02: a body with another byte, or written anew, is another body", () => {
	const headers = signed(body, { atMs: nowMs });
	expect(isGood(headers, { said: Buffer.from('{"session":"ralph-2"}') })).toBe(false);
	expect(isGood(headers, { said: Buffer.from('{ "session": "ralph-1" }') })).toBe(false);
	expect(isGood(headers, { said: Buffer.concat([body, Buffer.from("\n")]) })).toBe(false);
});

describe("WEB-03: a time that is not now is refused", () => {
	const minute = 60_000;
	test.each([-6, 6])("%i minutes", (minutes) => {
		expect(isGood(signed(body, { atMs: nowMs + minutes * minute }))).toBe(false);
	});

	test.each([-4, 4])("%i minutes are within what clocks differ by", (minutes) => {
		expect(isGood(signed(body, { atMs: nowMs + minutes * minute }))).toBe(true);
	});

	test.each(["NaN", "", "-1769846400", "1e20", "1769846400.5", " 1769846400", "0x6", "01769846400", "99999999999999"])(
		"%j",
		(timestamp) => {
			const digest = createHmac("sha256", key).update(`m.${timestamp}.`).update(body).digest("base64");
			const headers = { "webhook-id": "m", "webhook-timestamp": timestamp, "webhook-signature": `v1,${digest}` };
			expect(isGood(headers)).toBe(false);
		},
	);
});

test("WEB-05: during a rotation the old secret is good, afterwards it is not", () => {
	const next = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
	const byOld = signed(body, { atMs: nowMs });
	const byNew = signed(body, { atMs: nowMs, secret: next });
	const during = keysOf(`${next}\n${aSecret}`);
	expect([isGood(byOld, { keys: during }), isGood(byNew, { keys: during })]).toEqual([true, true]);
	expect(isGood(byOld, { keys: keysOf(next) })).toBe(false);
});

describe("a webhook of GitHub's", () => {
	const secret = Buffer.from("It's a Secret to Everybody");
	const hex = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

	test("is known by the example of their documentation", () => {
		expect(isSignedByGitHub(`sha256=${hex}`, Buffer.from("Hello, World!"), [secret])).toBe(true);
	});

	test.each(["", hex, `sha256=${hex.toUpperCase()}`, `sha1=${hex.slice(0, 40)}`, `sha256=${hex.slice(0, -1)}0`])(
		"WEB-01: is not known by %j",
		(header) => {
			expect(isSignedByGitHub(header, Buffer.from("Hello, World!"), [secret])).toBe(false);
		},
	);
});
