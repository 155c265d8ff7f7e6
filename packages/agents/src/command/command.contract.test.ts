import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aRoom, plainEnv } from "../testing/a-room.ts";
import { agentContract } from "../testing/agent.contract.ts";
import { commandAgent } from "./command.ts";

agentContract("a command", {
	needs: () => {},
	lacks: {
		resumes: "a command goes on with no conversation",
		"keeps to reading": "nothing but a sandbox keeps a command from writing",
	},
	async stage(plays) {
		const world = aRoom();
		const dir = join(world.tree, "..");
		const program = join(dir, "program.mjs");
		writeFileSync(join(dir, "plays.json"), JSON.stringify(plays));
		writeFileSync(program, source);
		return {
			...world,
			agent: commandAgent({
				template: { command: [process.execPath, program], prompt: "stdin", answer: "last-line", usd: 0 },
				env: plainEnv,
				room: world.room,
			}),
			prompts: () => [readPrompt(dir)],
		};
	},
});

/** Plays, and keeps the prompt that it was given. It has no sandbox: what it may not do it is not told to. */
const source = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
const here = import.meta.dirname;
writeFileSync(join(here, "prompt.txt"), readFileSync(0));
const [play] = JSON.parse(readFileSync(join(here, "plays.json"), "utf8"));
switch (play.kind) {
	case "says":
		console.log("thinking\\n" + play.text);
		break;
	case "answers":
		console.log(JSON.stringify(play.data));
		break;
	case "writes":
		mkdirSync(dirname(play.path), { recursive: true });
		writeFileSync(play.path, play.text);
		console.log("Done.");
		break;
	case "hangs":
		setTimeout(() => {}, 3_600_000);
		break;
	case "limited":
		console.error("429 Too Many Requests");
		process.exit(1);
	case "logged-out":
		console.error("error 401: invalid api key");
		process.exit(1);
}
`;

function readPrompt(dir: string): string {
	return readFileSync(join(dir, "prompt.txt"), "utf8");
}
