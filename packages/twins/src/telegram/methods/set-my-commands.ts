/** setMyCommands: the menu of the bot, the same in every scope and language. */
import { z } from "zod";
import { isMissing } from "../../serve/is-missing.ts";
import { type Call, parsed } from "../call.ts";
import { faulty, granted, type Reply } from "../reply.ts";
import type { World } from "../world.ts";

export function setMyCommands(world: World, { args }: Call): Reply {
	const value = args["commands"] === undefined ? [] : parsed(args["commands"]);
	if (value === undefined) return faulty("Can't parse commands JSON object");
	if (!Array.isArray(value)) return faulty("Expected an Array of BotCommand");
	const read = z.array(Command).safeParse(value);
	if (!read.success) return faulty(`Can't parse BotCommand: ${shapeFault(read.error, value)}`);
	const commands = read.data;
	if (commands.length > commandsMax) return faulty("BOT_COMMANDS_TOO_MUCH");
	if (commands.some(({ command }) => !/^[a-z0-9_]{1,32}$/.test(command))) return faulty("BOT_COMMAND_INVALID");
	if (commands.some(({ description }) => description.trim() === "" || description.length > descriptionMax)) {
		return faulty("BOT_COMMAND_DESCRIPTION_INVALID");
	}
	world.commands = commands.map(({ command, description }) => ({ command, description }));
	return granted(true);
}

const commandsMax = 100;
const descriptionMax = 256;

const Command = z.looseObject({ command: z.string(), description: z.string() });

function shapeFault(error: z.ZodError, value: unknown): string {
	const path = error.issues[0]?.path ?? [];
	if (path.length < 2) return "expected an Object";
	const field = String(path[1]);
	return isMissing(value, path) ? `Can't find field "${field}"` : `Field "${field}" must be of type String`;
}
