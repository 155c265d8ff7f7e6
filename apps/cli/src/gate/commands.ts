import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type {
	AuditOptions,
	CheckOptions,
	GateOptions,
	LandOptions,
	RevertOptions,
	TreesOptions,
	WatchOptions,
} from "./options.ts";

export function registerGate(program: Command, context: Context): void {
	const check = program
		.command("check")
		.description("what a branch would do to the base: rules, checks, new tests; nothing is changed")
		.argument("[branch]", "a branch, tag or commit of the repository; without one, the branch you stand on")
		.option("-w, --worktree", "the checkout you stand in, with what is not committed")
		.option(
			"-a, --accept <rule>",
			"what would be left if you took the findings of this rule upon yourself; may be repeated",
			oneMore,
		)
		.option("--related", "a first look: of the tests only those that the change can reach, where the runner can tell")
		.option("--read-only", "only what reading shows; no check is run")
		.option("--fresh", "run everything again, whatever is known")
		.addHelpText("after", () =>
			examples(
				["check", "the branch you stand on"],
				["check my-branch --base develop"],
				["check --worktree --read-only", "before you commit"],
				["check my-branch --json"],
			),
		)
		.action(async (branch: string | undefined, options: CheckOptions) => {
			const { showCheck } = await import("./check.ts");
			await showCheck(context, branch, options);
		});
	const ratchet = program
		.command("ratchet")
		.description("what the rules against tampering find in a range of commits; nothing is run")
		.argument("<range>", "from..to, or one commit")
		.addHelpText("after", () => examples(["ratchet main..my-branch"], ["ratchet HEAD~1..HEAD --json"]))
		.action(async (range: string, options: GateOptions) => {
			const { showRatchet } = await import("./ratchet.ts");
			await showRatchet(context, range, options);
		});
	const land = program
		.command("land")
		.description("check branches together, and move the base to exactly the tree that passed")
		.argument("<branch...>", "branches of the repository, each one change")
		.option("-n, --dry-run", "everything but moving the base")
		.option(
			"-a, --accept <rule@commit>",
			"take the findings of this rule in this commit upon yourself; `check` shows the words; may be repeated",
			oneMore,
		)
		.option("--batch <number>", "check at most so many together")
		.addHelpText("after", () =>
			examples(
				["land my-branch"],
				["land one two three --dry-run"],
				["land my-branch --accept measuring-stick@1f2e3d4c5b6a"],
			),
		)
		.action(async (branches: readonly string[], options: LandOptions) => {
			const { showLanding } = await import("./land.ts");
			await showLanding(context, branches, options);
		});
	const revert = program
		.command("revert")
		.description(
			"take back what landed: its reverse is checked and lands like any change, without the tests it brought",
		)
		.argument(
			"<commit>",
			"a commit of the base, a batch by its merge; or the branch that landed, and then the last time",
		)
		.option("--reason <text>", "why, for the commit and the log")
		.option("-n, --dry-run", "everything but moving the base")
		.addHelpText("after", () =>
			examples(
				["revert my-branch", "what my-branch brought when it landed"],
				["revert 3f2a9c1 --reason 'too slow'"],
				["revert my-branch --dry-run"],
			),
		)
		.action(async (name: string, options: RevertOptions) => {
			const { showRevert } = await import("./revert.ts");
			await showRevert(context, name, options);
		});
	const audit = program
		.command("audit")
		.description("prove that what landed was checked, and that nothing of it has disappeared")
		.argument("[range]", "from..to; by default the whole base branch")
		.option("--replay", "check every landed tree again, which takes its time")
		.addHelpText("after", () => examples(["audit"], ["audit v1..main --replay"]))
		.action(async (range: string | undefined, options: AuditOptions) => {
			const { showAudit } = await import("./audit.ts");
			await showAudit(context, range, options);
		});
	const watch = program
		.command("watch")
		.description(
			"check the base anew against when it was last looked at; a landing that made it worse is taken back, a person's commit is told",
		)
		.option("-n, --dry-run", "take nothing back, only say what would be")
		.addHelpText("after", () => examples(["watch"], ["watch --dry-run --json"]))
		.action(async (options: WatchOptions) => {
			const { showWatch } = await import("./watch.ts");
			await showWatch(context, options);
		});
	const worktree = program
		.command("worktree")
		.description("the folders in which sessions work and trees are checked")
		.addHelpText("after", () => examples(["worktree ls"], ["worktree gc --dry-run"]));
	const list = worktree
		.command("ls")
		.description("which there are, and who works in them")
		.addHelpText("after", () => examples(["worktree ls"]))
		.action(async (options: TreesOptions) => {
			const { showTrees } = await import("./trees.ts");
			await showTrees(context, options);
		});
	const collect = worktree
		.command("gc")
		.description("remove what nobody uses, and pack the store; unsaved work is kept under refs/shopfloor/rescue")
		.option("-n, --dry-run", "only say what would go")
		.option("--discard <name>", "give up this one with what is unsaved in it; may be repeated", oneMore)
		.addHelpText("after", () => examples(["worktree gc"], ["worktree gc --discard ralph-1"]))
		.action(async (options: TreesOptions) => {
			const { collectTrees } = await import("./trees.ts");
			await collectTrees(context, options);
		});
	for (const command of [check, ratchet, land, revert, audit, watch, list, collect])
		command
			.option("-r, --repository <path or URL>", "by default the one you stand in, else the configured one")
			.option("--json", "for programs");
	for (const command of [check, ratchet, land, revert, audit, watch])
		command.option(
			"-b, --base <branch>",
			"the branch that things land on (default: the configured one, else main or master)",
		);
	for (const command of [check, land, revert, audit, watch])
		command.option("--no-sandbox", "run checks without a sandbox: they may then do whatever you may");
}

/** Repeated, or with commas between. */
function oneMore(value: string, before: readonly string[] = []): readonly string[] {
	return [...before, ...value.split(",").map((part) => part.trim())];
}
