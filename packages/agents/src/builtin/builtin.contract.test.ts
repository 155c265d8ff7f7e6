import { onTestFinished } from "vitest";
import { aRoom } from "../testing/a-room.ts";
import { agentContract } from "../testing/agent.contract.ts";
import { builtinAgent } from "./agent.ts";
import { factsBlock } from "./facts.ts";

const byItself = "it says and does what follows from the facts, and nothing else; its corpus shows what";

agentContract("the built-in agent", {
	needs: () => {},
	lacks: {
		answers: byItself,
		writes: byItself,
		"keeps to reading": byItself,
		"any prompt": byItself,
		hangs: "it has nobody to wait for",
		limited: "nobody limits it",
		"logged-out": "it needs no login",
		resumes: "it keeps no conversations",
	},
	async stage() {
		const world = aRoom();
		const agent = builtinAgent();
		onTestFinished(() => agent.close());
		const prompt = `Report.\n${factsBlock({ did: [{ text: "mended a test", cite: "12" }] })}`;
		return { ...world, agent, job: (change) => world.job({ role: "scribe", prompt, ...change }), prompts: () => [] };
	},
});
