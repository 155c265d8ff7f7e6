import type { Floor } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { inHome, pm2Home } from "../factory/home.ts";
import { notedLauncher } from "../factory/launcher.ts";

/** How to type a command so that it reaches the PM2 that the processes were brought up under. */
export async function inPm2Of(
	{ environment }: Pick<Context, "environment">,
	floor: Pick<Floor, "records">,
): Promise<(command: string) => string> {
	const home = (await notedLauncher(floor))?.home ?? pm2Home(environment);
	return (command) => inHome(command, home, environment);
}
