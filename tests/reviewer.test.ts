/** The reviewer's real program, killed on the way of a change from the push to the base. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aFactory, type Factory } from "./factory.ts";

test("killed at each step of a landing, it lands once, and nothing of it is left", { timeout: 120_000 }, async () => {
	const factory = aFactory();
	const project = aProject(factory);
	const change = await pushed(factory, project, "one");
	for (const point of ["review.decided", "land.push.after", "work.drop.between"])
		expect(await diesAt(factory, point)).toBe("SIGKILL");
	const reviewer = await factory.start("cto-reviewer");
	await factory.entry("heartbeat", ({ data, by }) => by === "cto-reviewer" && data.doing === "waiting", 60_000);
	reviewer.child.kill("SIGTERM");
	await reviewer.ended;
	expect((await factory.floor.reviews.read()).value.changes).toMatchObject([{ id: change, status: "landed" }]);
	expect(git(project, "log", "--format=%s", "main").split("\n")).toEqual(["Work on one", "The first commit"]);
	expect(git(project, "for-each-ref", "--format=%(refname:short)", "refs/heads")).toBe("main");
	expect(git(project, "status", "--porcelain")).toBe("");
	expect(await factory.entries("change_landed")).toHaveLength(1);
	expect(await factory.entries("cto_review")).toHaveLength(1);
	expect(await factory.entries("alert")).toEqual([]);
});

async function diesAt(factory: Factory, point: string): Promise<number | NodeJS.Signals> {
	const crash = `${new URL("../packages/core/fixtures/crash.mjs", import.meta.url).href}?how=kill&at=${point}@1`;
	factory.nodeArgs.splice(0, factory.nodeArgs.length, "--import", crash);
	const { code } = await factory.launch("cto-reviewer").ended;
	factory.nodeArgs.length = 0;
	return code;
}

/** Its only check looks for a word. */
function aProject(factory: Factory): string {
	const project = join(factory.dir, "project");
	mkdirSync(join(project, ".shopfloor"), { recursive: true });
	const check = { name: "words", run: ["/bin/sh", "-c", "test ! -e broken.txt"], reports: "exit" };
	writeFileSync(join(project, ".shopfloor", "gate.json"), JSON.stringify({ checks: [check] }));
	git(project, "init", "--quiet", "--initial-branch=main");
	commit(project, "The first commit");
	factory.configured({
		repository: { path: project },
		sessions: 0,
		review: { policy: "auto" },
		restarts: { crashes: 20 },
		sandbox: "off",
	});
	return project;
}

async function pushed(factory: Factory, project: string, name: string): Promise<string> {
	const branch = `brl/ralph-1/${name}`;
	const base = git(project, "rev-parse", "main");
	git(project, "checkout", "--quiet", "-b", branch);
	writeFileSync(join(project, `${name}.txt`), `${name}\n`);
	const made = commit(project, `Work on ${name}`);
	git(project, "checkout", "--quiet", "main");
	const now = new Date().toISOString();
	const id = `c-${made.slice(0, 12)}`;
	const about = { session: "ralph-1", task: null, branch, commit: made, base };
	await factory.floor.reviews.update(({ changes }) => ({
		changes: [
			...changes,
			{
				id,
				status: "pending",
				...about,
				title: `Work on ${name}`,
				created: now,
				changed: now,
				attempts: 0,
				reasons: [],
			},
		],
	}));
	await factory.floor.log.append([{ type: "change_pushed", by: "ralph-1", data: { change: id, ...about } }]);
	return id;
}

function commit(project: string, message: string): string {
	git(project, "add", "--all");
	git(project, "-c", "user.name=Ana", "-c", "user.email=ana@localhost", "commit", "--quiet", "-m", message);
	return git(project, "rev-parse", "HEAD");
}

function git(dir: string, ...args: string[]): string {
	return execFileSync("git", args, { cwd: dir, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trimEnd();
}
