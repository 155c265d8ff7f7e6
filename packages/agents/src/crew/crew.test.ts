/** Whoever serves a role, as a process asks: real programs, the real log, and money. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadConfig, openFloor, processGroupRunner, secretStore } from "@shopfloor/core/io";
import { fakeClock, tempDir } from "@shopfloor/core/testing";
import { type Misbehaviour, misbehaving } from "@shopfloor/twins";
import { describe, expect, onTestFinished, test } from "vitest";
import { patient, plainEnv } from "../testing/a-room.ts";
import { type Asking, openCrew } from "./crew.ts";

describe("whoever serves a role", () => {
	test("is asked, and what it cost is in the log", async () => {
		const { asked, entries } = await aCrew({ program: "changes-nothing", coder: "mine" });
		expect(await asked()).toMatchObject({ kind: "answered", agent: "mine", outcome: { kind: "done" }, usd: 0.01 });
		expect(await entries()).toMatchObject([
			{ type: "call_reserved", data: { agent: "mine", role: "coder", usd: 2, session: "ralph-1" } },
			{ type: "agent_called", data: { agent: "mine", usd: 0.01, outcome: "done", task: "t1" } },
		]);
	});

	test("comes after the built-in one, where that can do nothing, and that costs nothing", async () => {
		const { asked, entries, shown } = await aCrew({ program: "changes-nothing", coder: ["builtin", "mine"] });
		expect(await asked()).toMatchObject({ kind: "answered", agent: "mine" });
		expect((await entries()).filter(({ type }) => type === "agent_called")).toMatchObject([
			{ data: { agent: "builtin", usd: 0, outcome: "refused" } },
			{ data: { agent: "mine", usd: 0.01 } },
		]);
		expect(shown.join("\n")).toMatch(/builtin does not do it: .*tsconfig/);
	});

	test("AGT-10: that is limited is left alone until it takes calls again, by everybody", async () => {
		const { asked, entries } = await aCrew({ program: "is-limited", coder: "mine" });
		expect(await asked()).toMatchObject({ kind: "nobody", reasons: [{ agent: "mine" }] });
		const before = (await entries()).length;
		const again = await asked();
		expect(again).toMatchObject({ kind: "nobody", reasons: [{ agent: "mine", until: expect.stringMatching(/^20/) }] });
		expect((await entries()).length).toBe(before);
	});

	test("AGT-12: that is logged out is stopped, and a person told once", async () => {
		const { asked, entries } = await aCrew({ program: "is-logged-out", coder: "mine" });
		expect(await asked()).toMatchObject({ kind: "nobody", reasons: [{ why: expect.stringMatching(/Not logged in/) }] });
		expect(await asked()).toMatchObject({ kind: "nobody", reasons: [{ why: expect.stringMatching(/logged out/) }] });
		expect((await entries()).filter(({ type }) => type === "alert")).toHaveLength(1);
	});

	test("answers the same question once", async () => {
		const { asked, entries } = await aCrew({ program: "changes-nothing", coder: "mine" });
		const once = { key: "ralph-1", inputs: { head: "abc" } };
		await expect(asked({ once })).rejects.toThrow(/given again/);
		const access = "read";
		const first = await asked({ once, access });
		expect(first).toMatchObject({ kind: "answered", reused: false, usd: 0.01 });
		const before = (await entries()).length;
		expect(await asked({ once, access })).toMatchObject({
			kind: "answered",
			reused: true,
			usd: 0,
			outcome: { kind: "done" },
		});
		expect((await entries()).length).toBe(before);
		expect(await asked({ access, once: { key: "ralph-1", inputs: { head: "def" } } })).toMatchObject({ reused: false });
	});

	test("is not called when there is no money for it", async () => {
		const { asked, entries } = await aCrew({
			program: "changes-nothing",
			coder: "mine",
			budget: { perDay: 0.4, perCall: 2 },
		});
		expect(await asked()).toMatchObject({ kind: "nobody", reasons: [{ why: expect.stringMatching(/\$0\.40/) }] });
		expect((await entries()).filter(({ type }) => type === "agent_called")).toEqual([]);
	});

	test("without a key is not called, and costs nothing", async () => {
		const { asked, entries } = await aCrew({ program: "changes-nothing", coder: "mine", key: false });
		expect(await asked()).toMatchObject({
			kind: "nobody",
			reasons: [{ why: expect.stringMatching(/mine has no key/) }],
		});
		expect(await entries()).toEqual([]);
	});

	test("is not called while a stop holds, nor the built-in one", async () => {
		const { asked, stop } = await aCrew({ program: "changes-nothing", coder: ["builtin", "mine"] });
		await stop("all");
		expect(await asked()).toMatchObject({ kind: "nobody", reasons: [{ why: "enough" }] });
	});

	test("paid is not called where a call may cost nothing", async () => {
		const budget = { perCall: 0, perDay: 0 };
		const { asked } = await aCrew({ program: "changes-nothing", coder: ["mine"], budget });
		expect(await asked()).toMatchObject({
			kind: "nobody",
			reasons: [{ why: expect.stringMatching(/budget of one call/) }],
		});
	});

	test("that was never reached is owed nothing", async () => {
		const { asked, entries } = await aCrew({ program: "is-limited", coder: "mine", speaks: "codex" });
		await asked();
		expect((await entries()).find(({ type }) => type === "agent_called")).toMatchObject({ data: { usd: 0 } });
	});

	test("SEC-02: does not see the keys of others", async () => {
		const { asked } = await aCrew({ program: "tells-its-environment", coder: "mine" });
		const answered = await asked();
		const names = JSON.parse(
			answered.kind === "answered" && answered.outcome.kind === "done" ? answered.outcome.text : "[]",
		);
		expect(names.filter((name: string) => /KEY|TOKEN/.test(name))).toEqual(["ANTHROPIC_API_KEY"]);
	});
});

test("SEC-02: what an agent says of a key is nowhere: not shown, not told, and not handed on", async () => {
	const { asked, shown } = await aCrew({ program: "reads-a-decoy", coder: "mine" });
	const decoy = join(tempDir(), "decoy");
	const plain = "sk-mine-which-is-long";
	writeFileSync(decoy, `${plain} ${Buffer.from(plain).toString("base64")}`);
	const answered = await asked({ prompt: `read ${decoy} with ${plain}` });
	const said = JSON.stringify([answered, shown]);
	expect(said).toContain("…");
	expect(said).not.toContain(plain);
	expect(said).not.toContain(Buffer.from(plain).toString("base64").slice(4, -4));
});

async function aCrew(options: {
	readonly program: Misbehaviour;
	readonly coder: string | string[];
	readonly budget?: object;
	readonly key?: boolean;
	readonly speaks?: "claude" | "codex";
}) {
	const dir = tempDir();
	const tree = join(dir, "tree");
	mkdirSync(tree);
	writeFileSync(join(tree, "a.txt"), "a\n");
	const stateDir = join(dir, "state");
	const clock = fakeClock();
	const floor = openFloor({ stateDir, clock });
	onTestFinished(() => floor.close());
	const secrets = secretStore(stateDir);
	await secrets.set("openai-api-key", "sk-other");
	if (options.key !== false) await secrets.set("anthropic-api-key", "sk-mine-which-is-long");
	const configFile = join(dir, "shopfloor.config.json");
	const agents = { mine: { kind: options.speaks ?? "claude", program: misbehaving(options.program) } };
	const repository = { path: "." };
	mkdirSync(join(dir, ".git"));
	writeFileSync(
		configFile,
		JSON.stringify({ repository, agents, roles: { coder: options.coder }, budget: options.budget ?? {} }),
	);
	const crew = openCrew({
		config: loadConfig(configFile),
		floor,
		clock,
		by: "test",
		session: "ralph-1",
		runner: processGroupRunner,
		path: `${plainEnv.PATH}:${dirname(process.execPath)}`,
	});
	onTestFinished(() => crew.close());
	const shown: string[] = [];
	return {
		shown,
		asked: (change: Partial<Asking> = {}) =>
			crew.ask({
				role: "coder",
				prompt: "do it",
				cwd: tree,
				access: "write",
				limits: { startMs: patient.startMs, idleMs: patient.idleMs, wallMs: patient.wallMs },
				task: "t1",
				show: (line) => shown.push(line),
				...change,
			}),
		async stop(scope: string) {
			await floor.log.append([{ type: "paused", by: "test", data: { scope, kind: "stop", reason: "enough" } }]);
		},
		async entries() {
			return await floor.log.last(50);
		},
	};
}
