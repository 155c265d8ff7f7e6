// Prepares worktrees of a store that lies open, all of its share at once, whenever it is told to.
import { openFloor, processGroupRunner } from "@shopfloor/core/io";
import { findTarget, openGate } from "@shopfloor/gate";
import { partOf } from "../gate/parts.mjs";

const [stateDir, repository, commit, ...names] = process.argv.slice(2);
const { prepareTree } = await partOf("git/trees");
const floor = openFloor({ stateDir });
const target = await findTarget(repository, repository);
const { store } = await openGate({ floor, target, branch: "main", runner: processGroupRunner });
process.on("message", async (word) => {
	if (word === "end") {
		await floor.close();
		process.disconnect();
		return;
	}
	const ended = await Promise.allSettled(names.map((name) => prepareTree(store, name, { commit })));
	process.send(ended.flatMap(({ reason }) => (reason === undefined ? [] : [String(reason)])));
});
process.send("ready");
