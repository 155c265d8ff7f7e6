import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AddedText } from "../diff/read-added-text.ts";
import { secretsIn } from "./secrets.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

function added(text: string, path: string | null = "src/a.ts"): AddedText {
	return {
		commit,
		path,
		lines: text.split("\n").map((line, index) => ({ line: index + 1, text: line })),
		unread: false,
	};
}

async function told(text: string, known: Parameters<typeof secretsIn>[1] = []): Promise<string[]> {
	return (await secretsIn([added(text)], known)).map(({ severity, line, what }) => `${severity} ${line}: ${what}`);
}

/** Put together here, so that no scanner finds them in this file. */
const glue = (...parts: string[]) => parts.join("");
const random = "aZ3kQ9xW7mB2vN5cR8tY1uP4sD6fG0hJ";

test.each([
	["Telegram", glue("110201543", ":AAH", "dqTcvCH1vGWJxfSeofSAs0K5PALDsawQ")],
	["AWS", glue("AK", "IAQ4FZ7XKPLM2NRT6W")],
	["Anthropic", glue("sk-", "ant-api03-", random, random)],
	["OpenAI", glue("sk-", "proj-", random)],
	["OpenAI", glue("sk-", random)],
	["private key", glue("-----BEGIN RSA ", "PRIVATE KEY-----\n", `${random}${random}\n`)],
	["private key", glue('const key = "-----BEGIN ', 'PRIVATE KEY-----\\n" +\n', `"${random}${random}\\n";`)],
	["Google", glue("AI", "za", random, "abc")],
	["GitHub", glue("gh", "p_", random, "aB3d")],
	["Slack", glue("xo", "xb-183746592013-", random)],
	["Stripe", glue("sk_", "live_", random)],
	["npm", glue("np", "m_", random, "aB3d")],
	["database-connection", glue("postgres://", "shop:k9Xw2mQz@db.internal.net/shop")],
	["given a name", glue("const apiKey = '", random, "';")],
])("a secret of the shape of %s is found", async (kind, value) => {
	const [found, ...more] = await told(`// nothing\n\nuse(${value});`);
	expect(found).toContain(kind);
	expect(found).toMatch(/^(block|ask) 3: /);
	expect(more).toEqual([]);
});

test.each([
	"const key = 'sk-test-aaaaaaaaaaaaaaaaaaaaaaaa-example';",
	"OPENAI_API_KEY=sk-your-key-goes-here-000000",
	"AKIAIOSFODNN7EXAMPLE",
	"if (text.includes('-----BEGIN PRIVATE KEY-----')) warn();",
	"postgres://user:password@localhost:5432/shop",
	"12345678:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
	'"integrity": "sha512-9VpXO3Pmrm8WZ0bJz1pX8Yt0xq3hJpQm2cV5nB7kL4sD6fG0hJaZ3kQ9xW7mB2vN5cR8tY1uP4sD6fG0hJw=="',
	"const commit = '3f786850e387550fdab836ed7e6dc881de23001b';",
	"const id = '550e8400-e29b-41d4-a716-446655440000';",
	"password: process.env.DATABASE_PASSWORD_FROM_ENVIRONMENT",
])("what only looks like one is left alone: %s", async (text) => {
	expect(await told(text)).toEqual([]);
});

test("a comment does not switch the search off", async () => {
	// One that only the library knows.
	const token = glue("shp", "at_", "9f3b1c7d2e8a4065b1f7c93d0e52a864");
	expect(await told(`const t = "${token}";`)).toHaveLength(1);
	expect(await told(`// secretlint-disable\nconst t = "${token}"; // secretlint-disable-line`)).toHaveLength(1);
});

const value = "correct horse/battery+staple?ü";
const known = [{ name: "deploy-key", value }];
const encoded = Buffer.from(value).toString("base64");

test.each([
	["plain", value],
	["base64", encoded],
	["base64", Buffer.from(`x${value}y`).toString("base64")],
	["base64", Buffer.from(`xx${value}yy`).toString("base64")],
	["base64", Buffer.from(`x${value}`).toString("base64url")],
	["in pieces", `${encoded.slice(0, 16)}\n${encoded.slice(16)}`],
	["hexadecimal", Buffer.from(value).toString("hex")],
	["hexadecimal", Buffer.from(value).toString("hex").toUpperCase()],
	["URL-encoded", encodeURIComponent(value)],
	["URL-encoded", encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase())],
	["in pieces", 'const a = "correct horse/" +\n  "battery+" + "staple?ü";'],
	["escaped", JSON.stringify(`${value}`).replace("ü", "ü")],
	["reversed", [...value].reverse().join("")],
])("a value that the factory holds is found: %s %s", async (how, text) => {
	const found = await told(`first line\n${text}`, known);
	expect(found).toHaveLength(1);
	expect(found[0]).toContain("the secret deploy-key");
	if (!["plain", "escaped"].includes(how)) expect(found[0]).toContain(how);
});

test("any value is found between any bytes, in base64 as in hexadecimal", async () => {
	const bytes = fc.uint8Array({ maxLength: 7 });
	const values = fc.string({ minLength: 8, maxLength: 60, unit: "grapheme" });
	await fc.assert(
		fc.asyncProperty(
			values,
			bytes,
			bytes,
			fc.constantFrom("base64", "base64url", "hex"),
			async (secret, a, b, form) => {
				const text = Buffer.concat([a, Buffer.from(secret), b]).toString(form as BufferEncoding);
				expect(await secretsIn([added(text)], [{ name: "any", value: secret }])).not.toEqual([]);
			},
		),
		{ numRuns: 200 },
	);
});

test("a finding never holds what was found", async () => {
	const token = glue("gh", "p_", random, "aB3d");
	const texts = [added(`${token}\n${value}`), added(value, null), added("x", value)];
	const found = await secretsIn(texts, known);
	expect(found.length).toBeGreaterThanOrEqual(3);
	for (const shown of [JSON.stringify(found), inspect(found, { depth: 9 }), String(found)])
		for (const part of [token, token.slice(4, 16), value.slice(0, 12), encoded.slice(0, 12)])
			expect(shown).not.toContain(part);
});

test("a value too short to be searched for is told, and not searched for", async () => {
	expect(await told("a pin 1234567 in a text", [{ name: "pin", value: "1234567" }])).toEqual([
		"note undefined: cannot search for the secret pin: it is too short",
	]);
});

test("the message of a commit is told by its commit", async () => {
	const [found] = await secretsIn([added(`fix\n${value}`, null)], known);
	expect(found).toEqual({
		path: "",
		what: "the message of commit 0123456789ab holds the secret deploy-key",
		severity: "block",
	});
});

test("what is too large to be searched is told", async () => {
	const [found] = await secretsIn([{ commit, path: "a.bin", lines: [], unread: true }]);
	expect(found).toMatchObject({ path: "a.bin", severity: "ask" });
});

test("a text that is made to keep patterns busy is searched all the same", async () => {
	const texts = [
		`-----BEGIN ${"PRIVATE KEY"}-----\n${"a: ".repeat(20_000)}!`,
		"secret_".repeat(20_000),
		"a://".repeat(20_000),
		`${"-----BEGIN A ".repeat(5_000)}x`,
	];
	const begun = performance.now();
	await secretsIn(texts.map((text) => added(text)));
	expect(performance.now() - begun).toBeLessThan(15_000);
});
