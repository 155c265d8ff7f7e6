import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";

const stored = ({ stateDir }: Cli, name: string) => readFileSync(join(stateDir, "secrets", name), "utf8");

test("a piped value is stored in a private file, without the line end that echo adds", async () => {
	const cli = aCli({ piped: "s3cret\n" });
	expect(await cli.run("secret", "set", "bot-token")).toEqual({ out: "bot-token is stored.\n", err: "", code: 0 });
	expect(stored(cli, "bot-token")).toBe("s3cret");
	expect(statSync(join(cli.stateDir, "secrets", "bot-token")).mode & 0o777).toBe(0o600);
	expect((await cli.run("secret", "set", "bot-token")).out).toBe("bot-token is replaced.\n");
});

test("a value of several lines keeps them", async () => {
	const cli = aCli({ piped: "-----BEGIN\nabc\n-----END\n" });
	await cli.run("secret", "set", "deploy-key");
	expect(stored(cli, "deploy-key")).toBe("-----BEGIN\nabc\n-----END");
});

test("on a terminal it asks, and shows nothing of the answer", async () => {
	const cli = aCli({ typed: "wrong\u0015s3cx\u007fret\r" });
	const { out, err } = await cli.run("secret", "set", "bot-token");
	expect(err).toBe("bot-token (not shown): \n");
	expect(out).toBe("bot-token is stored.\n");
	expect(stored(cli, "bot-token")).toBe("s3cret");
});

test("who changes their mind at the prompt has stored nothing", async () => {
	const cli = aCli({ typed: "half\u0003" });
	expect(await cli.run("secret", "set", "bot-token")).toMatchObject({
		code: 130,
		err: expect.stringContaining("nothing was stored"),
	});
	expect(existsSync(join(cli.stateDir, "secrets"))).toBe(false);
});

test("a value as an argument is refused with the reason, and not stored", async () => {
	const cli = aCli({ piped: "other" });
	const { err, code } = await cli.run("secret", "set", "bot-token", "s3cret");
	expect(err).toContain("a value is not taken as an argument");
	expect(err).not.toContain("s3cret");
	expect(code).toBe(2);
	expect((await cli.run("secret", "list", "--json")).out).toBe("[]\n");
});

test.each(["Bot_Token", "../x", ""])("%j is no name", async (name) => {
	expect(await aCli({ piped: "x" }).run("secret", "set", name)).toMatchObject({ code: 2 });
});

test("an empty value is refused", async () => {
	expect(await aCli().run("secret", "set", "bot-token")).toMatchObject({
		code: 2,
		err: expect.stringContaining("is empty"),
	});
});

test("an endless value is refused", async () => {
	const cli = aCli({ piped: "x".repeat(2 * 1024 * 1024) });
	expect(await cli.run("secret", "set", "bot-token")).toMatchObject({
		code: 2,
		err: expect.stringContaining("more than 1048576 bytes"),
	});
});

test("the list has names and never a value", async () => {
	const cli = aCli({ piped: "s3cret" });
	expect(await cli.run("secret", "list")).toEqual({
		out: "",
		err: "no secrets are stored; npx shopfloor secret set <name> stores one\n",
		code: 0,
	});
	await cli.run("secret", "set", "bot-token");
	for (const argv of [
		["secret", "list"],
		["secret", "ls"],
		["secret", "list", "--json"],
		["config", "show"],
		["config", "show", "--json"],
	]) {
		const { out } = await cli.run(...argv);
		expect(out).toContain("bot-token");
		expect(out).not.toContain("s3cret");
	}
});

test("a secret is removed by name; a wrong name is told with what was meant", async () => {
	const cli = aCli({ piped: "s3cret" });
	await cli.run("secret", "set", "bot-token");
	expect(await cli.run("secret", "rm", "bot-tokn")).toEqual({
		out: "",
		err: 'shopfloor: there is no secret "bot-tokn". Did you mean "bot-token"?\n',
		code: 1,
	});
	expect((await cli.run("secret", "rm", "bot-token")).out).toBe("bot-token is removed.\n");
	expect((await cli.run("secret", "rm", "bot-token")).err).toContain("No secrets are stored.");
});
