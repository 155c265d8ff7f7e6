import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { land } from "../landing/land.ts";
import { aRepository } from "../testing/a-repository.ts";
import { aChange, aSite, type TestSite } from "../testing/a-site.ts";
import { examineStore } from "./store.ts";

describe("GIT-13: a store", () => {
	test.each(["rubbish", ""])("with an object of %j is found out, and nothing lands from it", async (content) => {
		const project = aRepository();
		const change = aChange(project, "one", { a: "a" });
		const site = await aSite(project.dir);
		const base = project.git("rev-parse", "main");
		const path = looseObject(site, change.commit);
		chmodSync(path, 0o600);
		writeFileSync(path, content);
		await expect(examineStore(site.store)).rejects.toMatchObject({
			code: "bad-store",
			message: expect.stringMatching(/Nothing is landed\. Move that folder away/),
		});
		await expect(land(site, [change])).rejects.toMatchObject({ name: "ShopfloorError" });
		expect(project.git("rev-parse", "main")).toBe(base);
	});

	test("that lost an object which the target has gets it with the next fetch, and lands", async () => {
		const project = aRepository();
		const change = aChange(project, "one", { a: "a" });
		const site = await aSite(project.dir);
		rmSync(looseObject(site, change.commit));
		await expect(examineStore(site.store)).rejects.toMatchObject({ code: "bad-store" });
		expect((await land(site, [change])).results).toMatchObject([{ kind: "landed" }]);
		await examineStore(site.store);
	});

	test("that lost the name of a branch makes its change void, and does not make it up from elsewhere", async () => {
		const project = aRepository();
		const change = aChange(project, "one", { a: "a" });
		const site = await aSite(project.dir);
		project.git("branch", "-D", "one");
		expect((await land(site, [change])).results).toMatchObject([{ kind: "void" }]);
	});
});

function looseObject({ store: { git } }: TestSite, id: string): string {
	return join(git.place.gitDir, "objects", id.slice(0, 2), id.slice(2));
}
