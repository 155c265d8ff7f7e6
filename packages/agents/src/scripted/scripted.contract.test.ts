import { aRoom } from "../testing/a-room.ts";
import { agentContract, type Play } from "../testing/agent.contract.ts";
import type { AgentScript } from "./script.ts";
import { scriptedAgent } from "./scripted.ts";

agentContract("a scripted agent", {
	needs: () => {},
	lacks: {},
	async stage(plays) {
		const agent = scriptedAgent({ turns: plays.map(turnOf) });
		return { ...aRoom(), agent, prompts: () => agent.asked.map(({ prompt }) => prompt) };
	},
});

function turnOf(play: Play): AgentScript["turns"][number] {
	switch (play.kind) {
		case "says":
			return { show: ["it begins"], text: play.text };
		case "answers":
			return { data: play.data };
		case "writes":
			return { edit: { [play.path]: play.text }, text: "Done." };
		case "hangs":
			return { hang: true };
		case "limited":
			return { ends: { kind: "limited" }, text: "no more for now" };
		case "logged-out":
			return { ends: { kind: "failed", code: "login" }, text: "logged out" };
	}
}
