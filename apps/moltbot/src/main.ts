/** The person's way in over Telegram. */
import { runProcess } from "@shopfloor/core/io";
import { live } from "./live.ts";
import { takeTurn } from "./turn.ts";

await runProcess({
	name: "moltbot",
	every: (config) => config.every.moltbot,
	scopes: ["bot"],
	wakes: (entry) => entry.type === "trigger" && entry.data.what === "self-improve",
	tick: takeTurn,
	beside: (world, ended) => live(world, ended),
});
