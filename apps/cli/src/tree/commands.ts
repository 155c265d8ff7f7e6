/** The command tree as data, for the check that no document names a command or a flag that does not exist. */
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";

interface CommandShape {
	readonly path: readonly string[];
	/** The program's own flags work behind every command. */
	readonly flags: readonly string[];
}

export function registerCommandTree(program: Command, context: Context): void {
	program
		.command("__commands", { hidden: true })
		.description("every command with its flags")
		.option("--json", "the only form there is")
		.action(() => context.say(jsonText(shapesOf(program, [], []))));
}

function shapesOf(command: Command, path: readonly string[], inherited: readonly string[]): CommandShape[] {
	const help = command.createHelp();
	const own = help.visibleOptions(command).flatMap(({ short, long }) => [short, long].filter((flag) => flag != null));
	const flags = [...new Set([...own, ...inherited])];
	const inside = help.visibleCommands(command).flatMap((child) => {
		const names = [child.name(), ...child.aliases()];
		return names.flatMap((name) => shapesOf(child, [...path, name], path.length === 0 ? flags : inherited));
	});
	return [{ path, flags }, ...inside];
}
