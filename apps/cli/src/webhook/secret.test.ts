import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";

const stored = ({ stateDir }: Cli) => readFileSync(join(stateDir, "secrets", "webhook-secret"), "utf8").split("\n");

test("the secret is made, shown once, and not made anew by accident", async () => {
	const cli = aCli();
	const { out, code } = await cli.run("webhook", "secret");
	expect([out, code]).toEqual([expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=\n$/), 0]);
	expect(stored(cli)).toEqual([out.trim()]);
	expect(await cli.run("webhook", "secret")).toMatchObject({ code: 1, err: expect.stringContaining("--rotate") });
	expect(stored(cli)).toEqual([out.trim()]);
});

test("a rotation keeps the one before beside the new one, and no more", async () => {
	const cli = aCli();
	await cli.run("webhook", "secret");
	const [first = ""] = stored(cli);
	const second = (await cli.run("webhook", "secret", "--rotate")).out.trim();
	expect(stored(cli)).toEqual([second, first]);
	const third = (await cli.run("webhook", "secret", "--rotate")).out.trim();
	expect(stored(cli)).toEqual([third, second]);
});
