/** A session that is killed at each step of a cycle: what was done is not lost, and nothing is done twice. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isThorough } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aFactory, type Factory } from "./factory.ts";

const points = [
	"cycle.queue.after",
	"cycle.commit.after",
	"cycle.queue.before",
	"work.push.before",
	"cycle.commit.before",
	"work.branch.before",
	"cycle.evaluate.before",
	"cycle.push.before",
	"cycle.end.before",
];

test.each(isThorough ? points : points.slice(0, 3))(
	"killed at %s, its work is one change, made once",
	{
		timeout: 90_000,
	},
	async (point) => {
		const { factory, git } = aRepository();
		await factory.assign("t-1", "ralph-1");
		factory.endingAt("kill", `${point}@1`);
		const first = factory.launch("ralph-worker", "ralph-1");
		expect(await first.ended).toMatchObject({ code: "SIGKILL" });

		factory.endingNowhere();
		const next = await factory.start("ralph-worker", "ralph-1");
		const { data } = await factory.entry("ralph_cycle", undefined, 60_000);
		expect(data).toMatchObject({ cycle: 1, task: "t-1", outcome: "pushed" });
		const { changes } = (await factory.floor.reviews.read()).value;
		expect(changes).toMatchObject([{ id: data.change, status: "pending", task: "t-1" }]);
		expect(await factory.entries("change_pushed")).toHaveLength(1);
		expect(git("for-each-ref", "--format=%(objectname) %(refname:short)", "refs/heads/brl")).toBe(
			`${changes[0]?.commit} ${data.branch}`,
		);
		expect(git("show", `${data.branch}:a.txt`)).toBe("one\ntwo");
		// The agent was called by the first one alone.
		expect(await factory.entries("agent_called")).toHaveLength(1);
		next.child.kill("SIGTERM");
		expect((await next.ended).code).toBe(0);
	},
);

test("killed while the agent works, its cycle is over, its tree is kept, and the task counts an attempt", {
	timeout: 90_000,
}, async () => {
	const { factory, git } = aRepository("echo half > a.txt; exec sleep 300");
	await factory.assign("t-1", "ralph-1");
	const first = factory.launch("ralph-worker", "ralph-1");
	await expect.poll(() => trees(factory), { timeout: 60_000 }).toBe("half");
	first.child.kill("SIGKILL");
	await first.ended;
	await factory.start("ralph-worker", "ralph-1");
	const { data } = await factory.entry("ralph_cycle", undefined, 60_000);
	expect(data).toMatchObject({
		cycle: 1,
		task: "t-1",
		outcome: "failed",
		reason: 'interrupted: the process died at the step "hack"',
	});
	expect(git("for-each-ref", "refs/heads/brl")).toBe("");
});

function trees({ state }: Factory): string {
	try {
		return execFileSync("sh", ["-c", `cat ${state}/repositories/*/trees/ralph-1/a.txt`], { encoding: "utf8" }).trim();
	} catch {
		return "";
	}
}

function aRepository(coder = "echo two >> a.txt") {
	const factory = aFactory();
	const project = join(factory.dir, "project");
	mkdirSync(join(project, ".shopfloor"), { recursive: true });
	const person = ["-c", "user.name=Ann", "-c", "user.email=ann@x"];
	const git = (...args: string[]) =>
		execFileSync("git", [...person, ...args], { cwd: project, encoding: "utf8" }).trim();
	git("init", "--quiet", "--initial-branch=main");
	writeFileSync(join(project, "a.txt"), "one\n");
	const checks = [{ name: "check", run: ["test", "-f", "a.txt"], reports: "exit" }];
	writeFileSync(join(project, ".shopfloor/gate.json"), JSON.stringify({ checks }));
	git("add", "--all");
	git("commit", "--quiet", "-m", "The first");
	const agent = join(factory.dir, "agent");
	writeFileSync(agent, `#!/bin/sh\ncat > /dev/null\n${coder}\necho '{"summary":"I did it."}'\n`);
	chmodSync(agent, 0o755);
	factory.configured({
		repository: { path: "project" },
		sandbox: "off",
		agents: { mine: { kind: "command", command: [agent], usd: 0 } },
		roles: { coder: "mine" },
	});
	return { factory, git };
}
