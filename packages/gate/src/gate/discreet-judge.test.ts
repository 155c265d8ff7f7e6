import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFloor, processGroupRunner, secretStore } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { findTarget } from "../git/target.ts";
import { land } from "../landing/land.ts";
import { watchBase } from "../landing/watch-base.ts";
import { openGate } from "../open-gate.ts";
import { aRepository, type TestRepository } from "../testing/a-repository.ts";

const address = "postgres://app:Tr0ub4dor-and-3@db.internal:5432/app";
const token = "never-tell-4711-anybody";

let project: TestRepository;
/** While this file is there, the program prints what it should not. */
let loose: string;

beforeEach(() => {
	loose = join(tempDir(), "loose");
	project = aRepository({
		".shopfloor/gate.json":
			'{"copy":[".env.test"],"checks":[{"name":"tests","run":"node --test --test-reporter=tap","reports":"tap"},{"name":"smoke","run":"node smoke.js","reports":"exit"}]}',
		"package.json": "{}",
		"smoke.js": speaks("console.log(said); process.exit(1);"),
		"test/a.test.js": `require("node:test")("answers", () => { ${speaks("throw new Error(said);")} });\n`,
		"by-day.js": "exports.loud = false;\n",
		".gitignore": ".env.test\n",
	});
	project.write({ ".env.test": `DATABASE_URL=${address}\n` });
});

/** Shouts the address and the token when it should not work: in plain, in base64, the password alone, and what looks like a secret. */
function speaks(loudly: string): string {
	return `
	const { existsSync, readFileSync } = require("node:fs");
	const { loud } = require(process.cwd() + "/by-day.js");
	const [, url] = readFileSync(".env.test", "utf8").trim().split("=");
	const { password } = new URL(url);
	const said = \`refused \${url} \${Buffer.from(url).toString("base64")} \${password} ${token} xoxb-${"12345-abcde-".repeat(3)}\`;
	if (loud) { ${loudly} }
	`;
}

test("a judge's reasons hold nothing of what a check was lent, of what the factory keeps, or of what looks like a secret", {
	timeout: 60_000,
}, async () => {
	const commit = project.branch("loud", { "by-day.js": "exports.loud = true;\n" });
	const { gate, site, log } = await opened();
	const change = { id: "loud", branch: "loud", commit, created: 0 };
	const { results } = await land(site, [change]);
	expect(results).toMatchObject([
		{
			kind: "rejected",
			reasons: [expect.stringMatching(/^tests: the test .*answers fails: refused … … … … …$/)],
		},
	]);
	const [entry] = await log.last(1, { type: ["change_rejected"] });
	expectDiscreet(JSON.stringify([results, entry]));
	const base = await gate.base();
	const tree = project.git("rev-parse", "loud^{tree}");
	const probed = await site.judge.probe?.(tree, base, [{ check: "smoke" }]);
	expect(probed).toMatchObject({
		kind: "bad",
		reasons: [expect.stringMatching(/^smoke: new error exit .*\nrefused …/)],
	});
	expectDiscreet(JSON.stringify(probed));
});

test("what is taken back says why without them, in the commit and in the log", { timeout: 60_000 }, async () => {
	const byNight = `exports.loud = require("node:fs").existsSync(${JSON.stringify(loose)});\n`;
	const commit = project.branch("by-night", { "by-day.js": byNight });
	const { site, fresh, log } = await opened();
	await watchBase(site, fresh);
	expect((await land(site, [{ id: "by-night", branch: "by-night", commit, created: 0 }])).results).toMatchObject([
		{ kind: "landed" },
	]);
	writeFileSync(loose, "");
	const watched = await watchBase(site, fresh);
	expect(watched).toMatchObject({ kind: "culprit", reverted: { kind: "reverted" } });
	const message = project.git("log", "-1", "--format=%B", "main");
	expect(message).toMatch(/^Revert .*\n\nFound worse after it had landed: tests: the test .*answers fails: refused …/);
	const [entry] = await log.last(1, { type: ["change_reverted"] });
	expectDiscreet(`${message}${JSON.stringify([watched, entry])}`);
});

test("what could not be measured is told without them", { timeout: 60_000 }, async () => {
	const commit = project.branch("forged", {
		"smoke.js": `${speaks("")}\nconsole.log(said); process.kill(process.pid);\n`,
	});
	const { gate, site } = await opened();
	const judged = await site.judge.judge(`${commit}^{tree}`, await gate.base());
	expect(judged).toMatchObject({ kind: "unknown", why: expect.stringMatching(/was ended by SIGTERM/) });
	expectDiscreet(JSON.stringify(judged));
});

async function opened() {
	const stateDir = tempDir();
	await secretStore(stateDir).set("bot", token);
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	if (existsSync(loose)) rmSync(loose);
	const gate = await openGate({ floor, target: await findTarget(project.dir, "/"), runner: processGroupRunner });
	return { gate, site: gate.site("lander"), fresh: gate.site("lander", { fresh: true }).judge, log: floor.log };
}

function expectDiscreet(text: string): void {
	for (const secret of [address, "Tr0ub4dor", token, "xoxb-", Buffer.from(address).toString("base64").slice(0, 20)])
		expect(text).not.toContain(secret);
}
