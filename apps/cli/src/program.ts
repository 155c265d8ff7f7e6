/** The command tree. Registering is cheap: what a command does is imported when it is called. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { registerAgent } from "./agent/commands.ts";
import { registerBot } from "./bot/commands.ts";
import { registerChange } from "./change/commands.ts";
import { registerConfig } from "./config/commands.ts";
import type { Context } from "./context.ts";
import { registerCost } from "./cost/commands.ts";
import { registerDoctor } from "./doctor/commands.ts";
import { examples, invocation } from "./examples.ts";
import { registerFactory } from "./factory/commands.ts";
import { registerGate } from "./gate/commands.ts";
import { registerInit } from "./init/commands.ts";
import { registerLog } from "./log/commands.ts";
import { registerReport } from "./report/commands.ts";
import { registerSandbox } from "./sandbox/commands.ts";
import { registerSecret } from "./secret/commands.ts";
import { registerSessions } from "./sessions/commands.ts";
import { registerStatus } from "./status/commands.ts";
import { registerSteering } from "./steering/commands.ts";
import { registerTask } from "./task/commands.ts";
import { registerTelegram } from "./telegram/commands.ts";
import { registerToken } from "./token/commands.ts";
import { registerCommandTree } from "./tree/commands.ts";
import { registerWebhook } from "./webhook/commands.ts";

export function makeProgram(context: Context): Command {
	const program = new Command(invocation)
		.description("Steers and shows a software factory: processes that work on one repository, around the clock.")
		.version(version(), "-V, --version", "print the version")
		.option("--no-color", "without colours; so does the variable NO_COLOR")
		.helpOption("-h, --help", "explain a command")
		.helpCommand("help [command]", "explain a command")
		.addHelpText("after", () =>
			examples(
				["init ../my-project", "give it a repository to work on"],
				["status", "what the factory does right now"],
				["task add 'guard the average against an empty list'", "ask for something"],
				["queue", "what waits, and what is in review"],
				["log --follow", "every entry as it is written"],
				["doctor", "what is missing on this machine"],
				["help pause", "explain one command"],
			),
		)
		.exitOverride()
		.configureOutput({
			writeOut: (text) => void context.out.write(text),
			writeErr: (text) => void context.err.write(text),
			getOutHelpWidth: () => context.out.columns ?? helpColumns,
			getErrHelpWidth: () => context.err.columns ?? helpColumns,
			getOutHasColors: () => context.paint.isColorSupported,
			getErrHasColors: () => false,
			outputError: (text, write) => write(text.replace(/^error: /, "shopfloor: ")),
		})
		.showHelpAfterError(`(${invocation} help shows what there is)`);
	program.addOption(program.createOption("--trace", "show where an error comes from").hideHelp());
	registerStatus(program, context);
	registerLog(program, context);
	registerReport(program, context);
	registerCost(program, context);
	registerTask(program, context);
	registerChange(program, context);
	registerSessions(program, context);
	registerInit(program, context);
	registerDoctor(program, context);
	registerFactory(program, context);
	registerSteering(program, context);
	registerGate(program, context);
	registerAgent(program, context);
	registerBot(program, context);
	registerSandbox(program, context);
	registerSecret(program, context);
	registerTelegram(program, context);
	registerToken(program, context);
	registerWebhook(program, context);
	registerConfig(program, context);
	registerCommandTree(program, context);
	return program;
}

/** What a help text is wrapped to where the terminal does not say how wide it is. */
const helpColumns = 80;

function version(): string {
	const manifest = new URL("../package.json", import.meta.url);
	return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
