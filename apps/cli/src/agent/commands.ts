import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { ListOptions, RunOptions } from "./options.ts";

export function registerAgent(program: Command, context: Context): void {
	const agent = program
		.command("agent")
		.description("the coding agents: which there are, and running one by hand")
		.addHelpText("after", () =>
			examples(["agent ls"], ['agent run --role coder --cwd ../my-project "mend the failing test"']),
		);
	agent
		.command("ls")
		.alias("list")
		.description("every agent: its program and version, its key, the roles it serves, its last trouble")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["agent ls"], ["agent ls --json"]))
		.action(async (options: ListOptions) => {
			const { listAgents } = await import("./list.ts");
			await listAgents(context, options);
		});
	agent
		.command("run")
		.description("give one job to an agent, in its sandbox and within the budget")
		.argument("[prompt]", "what it is to do; without it, standard input is read")
		.option("-a, --agent <name>", "this one, and not whoever serves the role")
		.option("-r, --role <role>", "what it is used for", "coder")
		.option("-C, --cwd <folder>", "the folder it works in", ".")
		.option("--access <access>", "what it may do there: none, read or write", "write")
		.option("--answer <file>", "a JSON schema; the answer must fit it")
		.option("--keep", "the conversation is to be gone on with")
		.option("--resume <conversation>", "go on with a conversation that was kept")
		.option("--session <name>", "whose room and terminal it uses", "by-hand")
		.option("--usd <dollars>", "the most that it may cost")
		.option("--minutes <number>", "the longest that it may take")
		.option("--turns <number>", "how often the model may be asked")
		.option("--no-sandbox", "without one: it can then do whatever you can")
		.option("--json", "its outcome, for programs")
		.addHelpText("after", () =>
			examples(
				['agent run --cwd ../my-project "mend the compiler errors in src/cart.ts"', "whoever serves the coder"],
				['agent run --agent claude --role reviewer --access read "what is wrong with this change?"'],
				["agent run --agent codex < prompt.md"],
			),
		)
		.action(async (prompt: string | undefined, options: RunOptions) => {
			const { runAgent } = await import("./run.ts");
			await runAgent(context, prompt, options);
		});
	program
		.command("attach")
		.description("the terminal of a session: what its agent does right now, and did")
		.argument("<session>", "its name, as status shows it")
		.option("--no-follow", "only what was shown so far")
		.addHelpText("after", () => examples(["attach ralph-1", "leave it with Ctrl-b d; without tmux with Ctrl-C"]))
		.action(async (session: string, options: { readonly follow: boolean }) => {
			const { attach } = await import("./attach.ts");
			await attach(context, session, options);
		});
}
