/** poisoned: a process of the factory that a trigger with the note `poison` ends, however often it is given. */
import { runProcess } from "@shopfloor/core/io";

await runProcess({
	name: "poisoned",
	every: () => "1d",
	wakes: ({ type }) => type === "trigger",
	async tick(_world, { because }) {
		if (because.some(({ data }) => data.note === "poison")) throw new Error("a fault of ours");
	},
});
