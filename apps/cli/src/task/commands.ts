import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { AddOptions, ListOptions, OrderOptions } from "./options.ts";

export function registerTask(program: Command, context: Context): void {
	const task = program
		.command("task")
		.description("what the crew is to do: ask for it, look at it, have it tried again, call it off")
		.addHelpText("after", () =>
			examples(["task add 'guard the average against an empty list'"], ["task ls"], ["task show t-12"]),
		);
	task
		.command("add")
		.description("ask for a task; the scheduler queues it and gives it to a session")
		.argument("<title>", "what is to be done, in a line")
		.option("-d, --detail <text>", "more about it; - reads it from standard input")
		.option("-f, --files <paths>", "files it is about, with commas between: no two sessions work on the same ones")
		.option("-p, --priority <number>", "from 0, the most urgent, to 9 (default: 5)")
		.option("--after <tasks>", "tasks that must be done before it, with commas between")
		.option("--key <word>", "stands for this very task: asking again with the same word changes nothing")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(
				["task add 'guard the average against an empty list' --files src/average.ts"],
				["task add 'mend the login test' --priority 0 --detail 'it fails on Mondays'"],
				["task add 'the export loses umlauts' --detail - < report.txt"],
				["task add 'use the new parser' --after t-12,t-13"],
			),
		)
		.action(async (title: string, options: AddOptions) => {
			const { addTask } = await import("./add.ts");
			await addTask(context, title, options);
		});
	task
		.command("ls")
		.alias("list")
		.description("the tasks that are open, those being worked on first")
		.option("-a, --all", "also those that ended lately")
		.option(
			"-s, --status <status>",
			"only those that are waiting, assigned, pushed, set-aside, done, refused or cancelled",
		)
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(["task ls"], ["task ls --status set-aside", "those that nobody could do"], ["task ls --all --json"]),
		)
		.action(async (options: ListOptions) => {
			const { listTasks } = await import("./list.ts");
			await listTasks(context, options);
		});
	task
		.command("show")
		.description("one task and everything that happened to it")
		.argument("<id>", "such as t-12")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["task show t-12"], ["task show t-12 --json | jq .task.status"]))
		.action(async (id: string, options: { json?: true }) => {
			const { showTask } = await import("./show.ts");
			await showTask(context, id, options);
		});
	task
		.command("retry")
		.description("have a task tried again that was set aside, as if nobody had failed at it")
		.argument("<id>", "such as t-12")
		.option("-r, --reason <text>", "why it may go better now, for whoever looks later")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["task retry t-12"], ["task retry t-12 --reason 'the base is green again'"]))
		.action(async (id: string, options: OrderOptions) => {
			const { giveOrder } = await import("./order.ts");
			await giveOrder(context, "retry", id, options);
		});
	task
		.command("cancel")
		.description("call a task off, wherever it stands")
		.argument("<id>", "such as t-12")
		.option("-r, --reason <text>", "why, for whoever looks later")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["task cancel t-12"], ["task cancel t-12 --reason 'done by hand'"]))
		.action(async (id: string, options: OrderOptions) => {
			const { giveOrder } = await import("./order.ts");
			await giveOrder(context, "cancel", id, options);
		});
	program
		.command("queue")
		.description("tasks and changes on one screen: what waits, what is worked on, what is in review")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(
				["queue"],
				["queue --json | jq '.tasks | length'"],
				["task ls", "all of the tasks"],
				["change ls", "all of the changes"],
			),
		)
		.action(async (options: { json?: true }) => {
			const { showQueue } = await import("./queue.ts");
			await showQueue(context, options);
		});
}
