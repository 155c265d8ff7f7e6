import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { AnswerOptions, ListOptions, ReviewOptions, ShowOptions } from "./options.ts";

export function registerChange(program: Command, context: Context): void {
	const change = program
		.command("change")
		.description("what sessions pushed: look at it, and at what became of it")
		.addHelpText("after", () => examples(["change ls"], ["change show c-9c1d0a2b3c4d"]));
	change
		.command("ls")
		.alias("list")
		.description("the changes that are in review")
		.option("-a, --all", "also those that were decided lately, newest first")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["change ls"], ["change ls --all"], ["change ls --json | jq -r '.[].id'"]))
		.action(async (options: ListOptions) => {
			const { listChanges } = await import("./list.ts");
			await listChanges(context, options);
		});
	change
		.command("show")
		.description("one change: what was measured, what the review and the rules say, its story, its diff")
		.argument("<change>", "its id, its branch, or the beginning of its commit")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(
				["change show c-9c1d0a2b3c4d"],
				["change show brl/ralph-1/20260131-080000"],
				["change show 9c1d0a"],
				["change show 9c1d0a --json | jq -r .git.diff"],
			),
		)
		.action(async (word: string, options: ShowOptions) => {
			const { showChange } = await import("./show.ts");
			await showChange(context, word, options);
		});
	program
		.command("approve")
		.description("let a change land that a person is asked about; bound to the commit of the question")
		.argument("<change>", "its id, its branch, or the beginning of its commit")
		.option("-n, --note <text>", "for whoever looks later")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(["change show c-9c1d0a2b3c4d", "look at it first"], ["approve c-9c1d0a2b3c4d"]),
		)
		.action(async (word: string, options: AnswerOptions) => {
			const { giveAnswer } = await import("./answer.ts");
			await giveAnswer(context, "approve", word, options);
		});
	program
		.command("reject")
		.description("send a change back that a person is asked about")
		.argument("<change>", "its id, its branch, or the beginning of its commit")
		.option("-n, --note <text>", "why; whoever plans the next attempt reads it")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["reject c-9c1d0a2b3c4d --note 'the old name has to stay for a while'"]))
		.action(async (word: string, options: AnswerOptions) => {
			const { giveAnswer } = await import("./answer.ts");
			await giveAnswer(context, "reject", word, options);
		});
	program
		.command("review")
		.description("have what was pushed reviewed and landed now")
		.argument("[change]", "one about which the question expired: it is asked anew")
		.option("-w, --wait", "until it is done, and tell what came of it; at most two hours")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["review"], ["review --wait"], ["review c-9c1d0a2b3c4d"]))
		.action(async (word: string | undefined, options: ReviewOptions) => {
			const { reviewNow } = await import("./review.ts");
			await reviewNow(context, word, options);
		});
}
