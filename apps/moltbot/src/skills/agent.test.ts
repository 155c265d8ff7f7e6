/** The agent behind the role `bot`: a real program, which says what the test has it say. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig, openFloor, type World } from "@shopfloor/core/io";
import { fakeClock, tempDir } from "@shopfloor/core/testing";
import { botSkillPlaces, heardIn, loadBotSkills } from "@shopfloor/skills";
import { expect, onTestFinished, test } from "vitest";
import { botAgent } from "./agent.ts";
import { freeText } from "./free-text.ts";
import { entriesOf } from "./testing/a-chat.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const none = { command: null, arguments: [], reply: "" };

test("what the skills understand is asked of nobody", async () => {
	const { hears, asked } = aBot({ ...none, reply: "no" });
	expect(await hears("status please")).toMatchObject({ kind: "act", action: "status", skill: "status" });
	expect(asked()).toBe("");
});

test("what they do not is answered from the status, and it sees nothing else", async () => {
	const { hears, asked } = aBot({ ...none, reply: "Two of them.\u202e" });
	expect(await hears("how many coders have we got, by name?")).toEqual({
		kind: "reply",
		text: "Two of them.\\u{202e}",
		agent: "mine",
	});
	expect(asked()).toContain("| how many coders have we got, by name?");
	expect(asked()).toContain("| ralph-1 and ralph-2 work.");
});

test("or becomes a command of the list, which is asked about where it changes something", async () => {
	const scope = { name: "scope", value: "session 2" };
	const { hears } = aBot({
		command: "/pause",
		arguments: [scope, { name: "for", value: "soon" }],
		reply: "I paused it.",
	});
	expect(await hears("let the second coder chill")).toMatchObject({
		kind: "act",
		action: "pause",
		args: { scope: "ralph-2" },
		asks: true,
		skill: null,
		answer: "{answer}",
	});
});

test.each([
	["a command that there is not", { command: "shell", arguments: [{ name: "title", value: "rm -rf /" }], reply: "" }],
	["nothing", none],
	["something else", { approve: true }],
	["no JSON", "I approve of that."],
])("an agent that says %s is not followed", async (_what, answer) => {
	const { hears } = aBot(answer);
	expect(await hears("let the second coder chill")).toMatchObject({ kind: "unhandled", why: expect.any(String) });
});

test("what it proposes are examples of commands that there are", async () => {
	const skills = [
		{ command: "cost", examples: [" are we  burning cash "] },
		{ command: "shell", examples: ["run it"] },
		{ command: "status", examples: [] },
	];
	const { agent, asked, set } = aBot({ skills });
	const open = heardIn(entriesOf([{ text: "are we burning cash" }]));
	expect(await agent?.propose(open, set, AbortSignal.timeout(30_000))).toEqual([
		{ action: "cost", examples: ["are we burning cash"] },
	]);
	expect(asked()).toContain("- are we burning cash");
});

test("without one but the built-in, there is none", () => {
	expect(aBot(undefined).agent).toBeUndefined();
});

function aBot(answer: unknown) {
	const dir = tempDir();
	mkdirSync(join(dir, ".git"));
	const program = join(dir, "agent.mjs");
	const heard = join(dir, "heard.txt");
	const said = typeof answer === "string" ? answer : JSON.stringify(answer);
	writeFileSync(heard, "");
	writeFileSync(
		program,
		`import { readFileSync, writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(heard)}, readFileSync(0, "utf8"));
process.stdout.write(${JSON.stringify(said)});`,
	);
	const config = join(dir, "shopfloor.config.json");
	const mine = { kind: "command", command: [process.execPath, program], usd: 0 };
	const agents = answer === undefined ? {} : { agents: { mine }, roles: { bot: "mine" } };
	writeFileSync(config, JSON.stringify({ repository: { path: "." }, sandbox: "off", ...agents }));
	const clock = fakeClock();
	const floor = openFloor({ stateDir: join(dir, "state"), clock });
	onTestFinished(() => floor.close());
	const places = { root, config, state: join(dir, "state") };
	const world: World = { name: "moltbot", config: loadConfig(config), floor, clock, places, heartbeatMs: 300_000 };
	const agent = botAgent(world);
	const { set } = loadBotSkills(botSkillPlaces(places));
	return {
		agent,
		set,
		asked: () => readFileSync(heard, "utf8"),
		hears: (text: string) =>
			freeText(text, {
				set,
				agent,
				status: async () => "ralph-1 and ralph-2 work.",
				signal: AbortSignal.timeout(30_000),
			}),
	};
}
