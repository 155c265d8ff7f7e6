import { createHash } from "node:crypto";
import { accessTokens } from "@shopfloor/core";
import { ledger } from "@shopfloor/core/io";
import { expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";

const stored = async ({ floor }: Cli) => (await ledger(floor.records, accessTokens).read()).value.tokens;

test("a token is shown once, alone on standard output, and only its hash is kept", async () => {
	const cli = aCli();
	const { out, err, code } = await cli.run("token", "create", "phone", "--scope", "approve,read", "--expires", "30d");
	expect([out, code]).toEqual([expect.stringMatching(/^shopfloor_[\w-]{43}\n$/), 0]);
	expect(err).toBe(
		'phone may read, approve, until 2026-03-02. It is shown this once; send it as "Authorization: Bearer …".\n',
	);
	expect(await stored(cli)).toEqual([
		{
			name: "phone",
			sha256: createHash("sha256").update(out.trim()).digest("hex"),
			scopes: ["read", "approve"],
			created: "2026-01-31T08:00:00.000Z",
			expires: "2026-03-02T08:00:00.000Z",
			revoked: null,
		},
	]);
	expect((await cli.run("token", "ls", "--json")).out).not.toContain("sha256");
});

test("the list says what each may, and how long", async () => {
	const cli = aCli();
	await cli.run("token", "create", "phone");
	await cli.run("token", "create", "ci", "--scope", "trigger", "--expires", "never");
	await cli.run("token", "create", "old", "--expires", "1h");
	await cli.run("token", "revoke", "ci");
	await cli.clock.advance(2 * 3_600_000);
	expect((await cli.run("token", "ls")).out).toMatchInlineSnapshot(`
		"token  may      made
		phone  read     2h ago  expires in 89d22h
		ci     trigger  2h ago  revoked
		old    read     2h ago  expired
		"
	`);
});

test("a name stands for one token, also after it was revoked", async () => {
	const cli = aCli();
	await cli.run("token", "create", "phone");
	await cli.run("token", "revoke", "phone");
	expect(await cli.run("token", "create", "phone")).toMatchObject({
		code: 1,
		err: expect.stringContaining("already, or there was"),
	});
	expect((await cli.run("token", "revoke", "phone")).code).toBe(0);
	expect(await stored(cli)).toMatchObject([{ revoked: "2026-01-31T08:00:00.000Z" }]);
});

test.each([
	[["create", "Phone"], "is no name"],
	[["create", "phone", "--scope", "triger"], 'Did you mean "trigger"?'],
	[["create", "phone", "--scope", ""], "is no scope"],
	[["create", "phone", "--expires", "soon"], "is no duration"],
])("%j is refused, and nothing is made", async (args, why) => {
	const cli = aCli();
	expect(await cli.run("token", ...args)).toMatchObject({ code: 2, err: expect.stringContaining(why) });
	expect(await stored(cli)).toEqual([]);
});

test("of one that is not there the nearest is named", async () => {
	const cli = aCli();
	expect((await cli.run("token", "revoke", "phone")).err).toContain("None was made");
	await cli.run("token", "create", "phone");
	expect(await cli.run("token", "revoke", "phome")).toMatchObject({
		code: 1,
		err: expect.stringContaining('Did you mean "phone"?'),
	});
});
