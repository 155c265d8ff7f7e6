import { describe, expect, test } from "vitest";
import { chooseBase } from "./choose-base.ts";
import { crewOf } from "./crew-of.ts";
import { type AgentSight, suggestAgents } from "./find-agents.ts";
import { withoutPassword } from "./find-repository.ts";
import { nextSteps, stillOpen } from "./next-steps.ts";
import { readAgents, readSessions, readUsd, readYes } from "./read-answers.ts";
import { sessionsFor } from "./sessions-for.ts";
import { triedBy } from "./try-agents.ts";

const gib = 2 ** 30;

test.each([
	["what is published goes first", "trunk", "work", ["trunk", "main", "work"], "trunk"],
	["but only where there is such a branch to land on", "trunk", "work", ["main", "work"], "main"],
	["then main", undefined, "work", ["master", "main", "work"], "main"],
	["then master", undefined, "work", ["master", "work"], "master"],
	["then what is checked out", undefined, "work", ["work"], "work"],
	["and else the usual name, for whoever looks to say what there is", undefined, undefined, [], "main"],
])("the base: %s", (_why, published, checkedOut, there, base) => {
	expect(chooseBase({ published, checkedOut, there }).word).toBe(base);
});

test.each([
	[1, 0.5, "1"],
	[2, 8, "2"],
	[8, 4, "2"],
	[64, 512, "8"],
])("on %i cores with %d GiB there is room for so many sessions", (cores, memory, sessions) => {
	const { word, why } = sessionsFor({ cores, memoryBytes: memory * gib });
	expect(word).toBe(sessions);
	expect(why).toContain("an agent with its checks takes about one core and 1.5 GiB");
});

describe("the agents", () => {
	const claude: AgentSight = {
		name: "claude",
		path: "/bin/claude",
		version: "2.1.0",
		trouble: undefined,
		missingKey: undefined,
	};
	const codex: AgentSight = { ...claude, name: "codex", path: "/bin/codex" };

	test("that are proposed are the free one, and those whose program and key are there", () => {
		expect(suggestAgents([claude, codex]).word).toBe("builtin claude codex");
		expect(suggestAgents([{ ...claude, missingKey: "anthropic-api-key" }, codex]).word).toBe("builtin codex");
		expect(suggestAgents([{ ...claude, path: undefined }]).word).toBe("builtin");
	});

	test("serve: the free one in front where it can be, the reviewer another than the coder", () => {
		expect(crewOf(["builtin"])).toEqual({});
		expect(crewOf(["claude"])).toEqual({
			agents: { claude: { kind: "claude" } },
			roles: { planner: "claude", coder: "claude", reviewer: "claude", tester: "claude" },
		});
		expect(crewOf(["builtin", "claude", "codex"])).toEqual({
			agents: { claude: { kind: "claude" }, codex: { kind: "codex" } },
			roles: {
				planner: ["builtin", "claude", "codex"],
				coder: ["builtin", "claude", "codex"],
				reviewer: "codex",
				tester: "claude",
			},
		});
	});

	test("that lack something are told with what to do", () => {
		const definition = { faults: "" };
		const without = [
			{ ...claude, missingKey: "anthropic-api-key" },
			{ ...codex, path: undefined },
		];
		expect(stillOpen(definition, without, ["builtin", "claude", "codex"], []).map((step) => step.do)).toEqual([
			"commit .shopfloor/gate.json to the base",
			"install codex",
			expect.stringContaining("secret set anthropic-api-key"),
		]);
		expect(stillOpen(definition, without, ["builtin"], [])).toHaveLength(1);
		expect(stillOpen(definition, [claude], ["claude"], [])[1]?.do).toContain("agent run --agent claude");
		expect(stillOpen(definition, [claude], ["claude"], ["claude"])).toHaveLength(1);
		expect(nextSteps(["builtin"])[2]?.do).toContain("log --follow");
		expect(nextSteps(["builtin", "claude"])[2]?.do).toContain("task add");
	});

	test("that are asked for one word answer or say why not", () => {
		const usage = null;
		const done = { kind: "answered", agent: "claude", usd: 0.01, reused: false } as const;
		expect(triedBy("claude", { ...done, outcome: { kind: "done", text: "ready", usage } })).toMatchObject({
			answers: true,
			usd: 0.01,
		});
		expect(
			triedBy("claude", { ...done, outcome: { kind: "failed", code: "login", detail: "the key is unknown", usage } }),
		).toMatchObject({ answers: false, says: "failed: the key is unknown" });
		expect(triedBy("codex", { kind: "nobody", reasons: [{ agent: "codex", why: "no key" }] })).toMatchObject({
			answers: false,
			says: "no key",
		});
	});
});

test("answers are read as they mean", () => {
	expect(readSessions("3")).toBe(3);
	expect(readUsd("$2.50")).toBe(2.5);
	expect(readUsd("0")).toBe(0);
	expect(readAgents("builtin, claude builtin")).toEqual(["builtin", "claude"]);
	expect([readYes(""), readYes("Yes"), readYes("n")]).toEqual([true, true, false]);
	expect(withoutPassword("git@example.com:ana/project.git")).toBe("git@example.com:ana/project.git");
});

test.each([
	["no session", () => readSessions("0"), /from 1 to 64/],
	["half a session", () => readSessions("2.5"), /whole number/],
	["much", () => readUsd("much"), /no amount of dollars/],
	["more dollars than the configuration takes", () => readUsd("100001"), /from 0 to 100000/],
	["nobody", () => readAgents(" "), /at least one/],
	["an agent that is misspelt", () => readAgents("cluade"), /Did you mean "claude"\?/],
	["perhaps", () => readYes("perhaps"), /y or n/],
	["no repository", () => withoutPassword(""), /name the folder/],
	["a URL with a password", () => withoutPassword("https://ana:s3cret@example.com/p.git"), /^leave out/],
])("what is no answer is told with what would be one: %s", (_what, read, why) => {
	expect(read).toThrow(why);
});
