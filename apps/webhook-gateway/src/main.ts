/** The gateway: people and programs reach the factory through it, over HTTP. */
import { runProcess } from "@shopfloor/core/io";
import { Refusals } from "./guard/refused.ts";
import { tellOfRefusals } from "./tick.ts";

const refusals = new Refusals();

await runProcess({
	name: "webhook-gateway",
	every: () => "5m",
	tick: tellOfRefusals(refusals),
	async beside(world, ended) {
		const { serve } = await import("./serve.ts");
		await serve(world, refusals, ended);
	},
});
