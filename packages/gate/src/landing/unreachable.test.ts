import { renameSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aRepository, runGit } from "../testing/a-repository.ts";
import { aChange, aSite } from "../testing/a-site.ts";
import type { Judge } from "./change.ts";
import { journalOf } from "./journal.ts";
import { land } from "./land.ts";

/** A target that is away by the time at which the change is to be pushed. */
async function leftWaiting() {
	const bare = join(tempDir(), "bare.git");
	const project = aRepository();
	const change = aChange(project, "one", { a: "a" });
	runGit("/", ["clone", "--quiet", "--bare", project.dir, bare]);
	const site = await aSite(`file://${bare}`);
	const judge: Judge = {
		async judge(tree, base, asked) {
			renameSync(bare, `${bare}-away`);
			return await site.judge.judge(tree, base, asked);
		},
	};
	const first = await land({ ...site, judge }, [change]);
	expect(first.results).toMatchObject([{ kind: "waiting", why: expect.stringMatching(/cannot be reached/) }]);
	return { bare, change, site, comesBack: () => renameSync(`${bare}-away`, bare) };
}

test("what waits to be pushed is judged anew when its proof was taken back meanwhile", async () => {
	const { change, site, comesBack } = await leftWaiting();
	comesBack();
	const { pending } = (await journalOf(site).read()).value;
	const revoked = {
		...site,
		receiptText: (key: string) => (key === pending?.receipt ? undefined : site.receiptText(key)),
	};
	const judge: Judge = { judge: async () => ({ kind: "bad", reasons: ["it was luck"] }) };
	expect(await land({ ...revoked, judge }, [change])).toMatchObject({
		results: [{ kind: "rejected", reasons: ["it was luck"] }],
		recovered: [],
	});
	expect((await journalOf(site).read()).value.pending).toBeNull();
});

test("MRG-07: a target that goes away while it is checked gets the same commit once it is back, judged once, landed once", async () => {
	const { bare, change, site, comesBack } = await leftWaiting();
	const { pending } = (await journalOf(site).read()).value;
	await expect(land(site, [change])).rejects.toMatchObject({ code: "target-unreachable" });
	comesBack();
	expect(await land(site, [change])).toMatchObject({
		results: [{ kind: "landed", commit: pending?.to }],
		judgements: 0,
	});
	expect(runGit(bare, ["rev-parse", "main"])).toBe(pending?.to);
	expect(runGit(bare, ["rev-list", "--count", "main"])).toBe("2");
	expect(await site.log.last(5, { type: ["change_landed"] })).toHaveLength(1);
});
