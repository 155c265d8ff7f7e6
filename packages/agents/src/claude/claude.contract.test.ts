/** The real Claude Code against a twin of its model. */
import { join } from "node:path";
import { startAnthropic, type Turn } from "@shopfloor/twins";
import { expect, onTestFinished } from "vitest";
import { aRoom, plainEnv } from "../testing/a-room.ts";
import { agentContract, type Play } from "../testing/agent.contract.ts";
import { pathOf, realProgram } from "../testing/real-programs.ts";
import { claudeAgent } from "./claude.ts";

agentContract("Claude Code", {
	needs: (context) => realProgram(context, "claude"),
	lacks: {},
	async stage(plays) {
		const world = aRoom();
		const twin = await startAnthropic({
			turns: plays.flatMap((play) => turnsOf(play, world.tree)),
			otherwise: { text: "Over." },
		});
		onTestFinished(async () => {
			await twin.close();
			expect(twin.faults).toEqual([]);
		});
		const env = { ...plainEnv, ANTHROPIC_BASE_URL: twin.url, ANTHROPIC_API_KEY: "sk-twin" };
		const { room, leases } = world;
		return {
			...world,
			agent: claudeAgent({ program: pathOf("claude"), model: "sonnet", env, room, leases }),
			prompts: () => twin.requests.map(({ body }) => lastOfUser(body)),
		};
	},
});

function turnsOf(play: Play, tree: string): Turn[] {
	switch (play.kind) {
		case "says":
			return [{ text: play.text, usage: { input: 1_000, output: 20 } }];
		case "answers":
			// Six tries are all it is given.
			return Array.from({ length: 6 }, () => ({ answer: play.data as never }));
		case "writes":
			return [
				{ calls: [{ name: "Write", input: { file_path: join(tree, play.path), content: play.text } }] },
				{ text: "Done." },
			];
		case "hangs":
			return [{ trouble: { kind: "hang", at: "before-headers" } }];
		case "limited":
			return [{ trouble: { kind: "status", status: 429, retryAfterS: 3_600 }, times: 20 }];
		case "logged-out":
			return [{ trouble: { kind: "status", status: 401 }, times: 20 }];
	}
}

function lastOfUser(body: unknown): string {
	const { messages = [] } = body as { messages?: { content: unknown }[] };
	return JSON.stringify(messages.map(({ content }) => content))
		.replaceAll("\\\\", "\\")
		.replaceAll('\\"', '"');
}
