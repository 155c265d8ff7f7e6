import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bubblewrapRunner, sandboxAvailable, unshareAvailable, unshareRunner } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, type TestContext, test } from "vitest";
import type { Access } from "../port/job.ts";
import { type AgentSees, agentMounts } from "./agent-mounts.ts";

const sandboxes = [
	{ runner: bubblewrapRunner, probe: await sandboxAvailable() },
	{ runner: unshareRunner, probe: await unshareAvailable() },
];

describe.for(sandboxes)("in a sandbox by $runner.name an agent", ({ runner, probe }) => {
	const needs = (context: TestContext) => {
		if (probe.kind === "missing") context.skip(probe.why);
	};

	test.for<[Access, string]>([
		["write", "read: as it was\nwritten: tree home\n"],
		["read", "read: as it was\nwritten: home\n"],
		["none", "read: \nwritten: home\n"],
	])("with access to %s changes its home, and of the tree what it may", async ([access, expected], context) => {
		needs(context);
		const world = aWorld();
		const script = `
			echo "read: $(cat file 2>/dev/null)"
			[ ${access} = none ] || { echo x > file; } 2>/dev/null && [ ${access} != none ] && tree=tree
			{ echo x > ${world.home}/file; } 2>/dev/null && home=home
			echo "written:\${tree:+ $tree}\${home:+ $home}"`;
		expect(await said(world, access, script)).toBe(expected);
		expect(readFileSync(join(world.tree, "file"), "utf8")).toBe(access === "write" ? "x\n" : "as it was");
	});

	test.for<Access>(["write", "read"])(
		"with access to %s sees the repository, and can change nothing of it",
		async (access, context) => {
			needs(context);
			const world = aWorld();
			const script = `
			for file in .git ${world.gitDir}/HEAD ${world.commonGitDir}/config ${world.commonGitDir}/hooks/new ${world.commonGitDir}/config.lock; do { echo x > $file; } 2>/dev/null && echo "wrote $file"; done
			rm -f .git 2>/dev/null && echo removed; mv .git away 2>/dev/null && echo moved
			cat .git ${world.gitDir}/HEAD`;
			expect(await said(world, access, script)).toBe(`gitdir: ${world.gitDir}\nref: refs/heads/mine\n`);
		},
	);

	test("without access sees nothing of the repository, whatever is known of it", async (context) => {
		needs(context);
		const world = aWorld();
		expect(await said(world, "none", `ls -A . ; ls ${world.commonGitDir} 2>/dev/null; echo looked`)).toBe("looked\n");
	});

	test("sees nothing that lies beside what is its own", async (context) => {
		needs(context);
		const world = aWorld();
		expect(await said(world, "write", `ls -A ${world.dir} ${world.dir}/trees ${world.dir}/homes`)).toBe(
			[
				`${world.dir}:`,
				"agent",
				"homes",
				"repo",
				"trees",
				"",
				`${world.dir}/homes:`,
				"mine",
				"",
				`${world.dir}/trees:`,
				"mine",
				"",
			].join("\n"),
		);
	});

	test("has its program, through a link as well", async (context) => {
		needs(context);
		const world = aWorld();
		expect(
			await said(world, "none", `${world.program} --version; { echo x > ${world.program}; } 2>/dev/null || echo kept`),
		).toBe("agent 1\nkept\n");
	});

	test("reads what a person shows it besides, and changes nothing of it", async (context) => {
		needs(context);
		const world = aWorld();
		const more = [join(world.dir, "trees", "other"), join(world.dir, "repo", "config")];
		const script = `cat ${more[0]}/note ${more[1]}; { echo x > ${more[0]}/note; } 2>/dev/null || echo kept`;
		expect(await said({ ...world, more }, "write", script)).toBe("a note\n[core]\nkept\n");
	});

	async function said(world: Omit<AgentSees, "access">, access: Access, script: string): Promise<string> {
		const end = await runner.run({
			command: ["/bin/sh", "-c", script],
			cwd: world.tree,
			mounts: agentMounts({ ...world, access }),
			env: { PATH: "/usr/bin:/bin" },
			output: join(tempDir(), "output"),
			limits: { wallMs: 20_000, idleMs: 20_000, outputBytesMax: 1_000_000 },
		});
		return end.tail;
	}
});

function aWorld() {
	const dir = join(tempDir(), "floor");
	const at = (...parts: string[]) => join(dir, ...parts);
	for (const folder of [
		"trees/mine",
		"trees/other",
		"homes/mine",
		"homes/other",
		"repo/hooks",
		"repo/worktrees/mine",
		"secrets",
		"agent/lib",
		"agent/bin",
	])
		mkdirSync(at(folder), { recursive: true });
	writeFileSync(at("trees/mine/file"), "as it was");
	writeFileSync(at("trees/other/note"), "a note\n");
	writeFileSync(at("trees/mine/.git"), `gitdir: ${at("repo/worktrees/mine")}\n`);
	writeFileSync(at("repo/config"), "[core]\n");
	writeFileSync(at("repo/worktrees/mine/HEAD"), "ref: refs/heads/mine\n");
	writeFileSync(at("agent/lib/agent"), "#!/bin/sh\necho agent 1\n", { mode: 0o755 });
	symlinkSync("../lib/agent", at("agent/bin/agent"));
	return {
		dir,
		tree: at("trees/mine"),
		home: at("homes/mine"),
		gitDir: at("repo/worktrees/mine"),
		commonGitDir: at("repo"),
		program: at("agent/bin/agent"),
	};
}
