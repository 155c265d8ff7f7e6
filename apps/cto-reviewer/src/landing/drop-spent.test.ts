import { renameSync } from "node:fs";
import { currentState } from "@shopfloor/core/io";
import { expect, test } from "vitest";
import { memoryOf } from "../memory.ts";
import { move } from "../moves.ts";
import { openSite } from "../site.ts";
import { aReview } from "../testing/a-review.ts";
import { dropSpent } from "./drop-spent.ts";

test("a branch that nobody needs is remembered until the target could be asked to take it away", async () => {
	const review = aReview();
	const { id, branch, commit } = await review.pushes("one", { "src/one.txt": "one\n" });
	await move(review.world, id, "rejected");
	await memoryOf(review.world).update((memory) => ({ ...memory, spent: [{ branch, commit }] }));
	const { repository } = review.world.config;
	if (repository === null) throw new Error("it has one");
	const state = await currentState(review.floor);
	const turn = { state, because: [], signal: new AbortController().signal, doing: async () => {} };
	const site = await openSite(review.world, turn, repository);
	const spent = async () => (await memoryOf(review.world).read()).value.spent;

	renameSync(repository.path, `${repository.path}-away`);
	await dropSpent(site);
	renameSync(`${repository.path}-away`, repository.path);
	expect(await spent()).toEqual([{ branch, commit }]);

	await dropSpent(site);
	expect(await spent()).toEqual([]);
	expect(review.branches()).toEqual([]);
	await site.close();
});
