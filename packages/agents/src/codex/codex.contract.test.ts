/** The real Codex against a twin of its model. */
import { startOpenai, type Turn } from "@shopfloor/twins";
import { expect, onTestFinished } from "vitest";
import { aRoom, plainEnv } from "../testing/a-room.ts";
import { agentContract, type Play } from "../testing/agent.contract.ts";
import { pathOf, realProgram } from "../testing/real-programs.ts";
import { codexAgent } from "./codex.ts";

agentContract("Codex", {
	needs: (context) => realProgram(context, "codex"),
	lacks: {},
	async stage(plays) {
		const world = aRoom();
		const twin = await startOpenai({ turns: plays.flatMap(turnsOf), otherwise: { text: "Over." } });
		onTestFinished(async () => {
			await twin.close();
			expect(twin.faults).toEqual([]);
		});
		const env = { ...plainEnv, CODEX_API_KEY: "sk-twin" };
		const { room, leases } = world;
		const baseUrl = `${twin.url}/v1`;
		const estimate = async (tokens: { readonly inputTokens: number }) => tokens.inputTokens / 1_000_000;
		return {
			...world,
			agent: codexAgent({ program: pathOf("codex"), model: "gpt-5.5", baseUrl, env, room, leases, estimate }),
			prompts: () =>
				twin.requests.map(({ body }) => JSON.stringify(body).replaceAll("\\\\", "\\").replaceAll('\\"', '"')),
		};
	},
});

function turnsOf(play: Play): Turn[] {
	switch (play.kind) {
		case "says":
			return [{ text: play.text, usage: { input: 1_000, output: 20 } }];
		case "answers":
			return [{ answer: play.data as never }];
		case "writes": {
			const folder = play.path.split("/").slice(0, -1).join("/") || ".";
			const cmd = `mkdir -p ${folder} && printf %s '${play.text}' > ${play.path}`;
			return [{ calls: [{ name: "exec_command", input: { cmd } }] }, { text: "Done." }];
		}
		case "hangs":
			return [{ trouble: { kind: "hang", at: "before-headers" }, times: 20 }];
		case "limited":
			return [{ trouble: { kind: "status", status: 429 }, times: 20 }];
		case "logged-out":
			return [{ trouble: { kind: "status", status: 401 }, times: 20 }];
	}
}
