import { processGroupRunner } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { baseOf } from "../git/store.ts";
import { baseAt } from "../landing/combine.ts";
import { receiptStore } from "../receipts/receipt-store.ts";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { evaluate } from "./evaluate.ts";

async function world(files: Record<string, string>, branch: Record<string, string>, lent?: string) {
	const project = aRepository(files);
	if (lent) project.write({ ".env.test": lent });
	const commit = project.branch("work", branch);
	const store = await aStore(project.dir);
	const bench = { store, receipts: receiptStore(tempDir()), runner: processGroupRunner };
	return await evaluate(bench, commit, await baseAt(store.git, await baseOf(store, "main")), {
		secrets: [{ name: "bot", value: "never-tell-4711" }],
	});
}
test("an evaluation's reasons hold no secret", async () => {
	const said = await world(
		{
			".gitignore": ".env.test\n",
			".shopfloor/gate.json":
				'{"copy":[".env.test"],"checks":[{"name":"smoke","run":"node smoke.js","reports":"exit"}]}',
			"src/loud.js": "exports.loud = false;",
			"smoke.js":
				'const {loud}=require("./src/loud.js"); if (loud) { console.log(require("node:fs").readFileSync(".env.test","utf8"), "never-tell-" + 4711); process.exitCode = 1; }',
		},
		{ "src/loud.js": "exports.loud = true;" },
		"KEY=Tr0ub4dor-and-3\n",
	);
	expect(said.decision).toBe("bad");
	expect(said.reasons.join()).toMatch(/KEY=…\n …/);
	expect(said.reasons.join()).not.toMatch(/Tr0ub|4711/);
});
test("what is incomplete is told", async () => {
	const said = await world(
		{ "package.json": '{"scripts":{"test":"jest"},"devDependencies":{"typescript":"6"}}', "tsconfig.json": "{}" },
		{ a: "a" },
	);
	expect(said).toMatchObject({
		decision: "unknown",
		reasons: [expect.stringMatching(/"jest"\. .*\.shopfloor\/gate\.json.*"reports":"exit"/)],
	});
});
