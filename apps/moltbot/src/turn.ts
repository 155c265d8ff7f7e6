/** A turn of the bot is a look at what it did not understand; it answers people beside its turns. */
import type { ProcessSpec } from "@shopfloor/core/io";

export const takeTurn: ProcessSpec["tick"] = async (world, turn) => {
	// It asks models, and nobody needs it before.
	const { improve } = await import("./skills/improve.ts");
	const { botAgent } = await import("./skills/agent.ts");
	await improve(world, turn, { agent: botAgent(world), restart });
};

/** The turn is noted, the process ends, and PM2 starts it again with the skills that it has by now. */
function restart(): void {
	process.kill(process.pid, "SIGTERM");
}
