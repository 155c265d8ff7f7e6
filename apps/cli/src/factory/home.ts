/** Which PM2: each home is a PM2 of its own, and a command that is typed without the home's name reaches another one. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";

export function pm2Home(environment: NodeJS.ProcessEnv): string {
	return resolve(environment["PM2_HOME"] ?? defaultHome(environment));
}

/**
 * A command as it is to be typed to reach this home. Left out is only what PM2 assumes by itself: a variable that is
 * set for this run may have been set for this run only.
 */
export function inHome(command: string, home: string, environment: NodeJS.ProcessEnv): string {
	const isAssumed = environment["PM2_HOME"] === undefined && home === defaultHome(environment);
	return isAssumed ? command : `PM2_HOME=${home} ${command}`;
}

function defaultHome(environment: NodeJS.ProcessEnv): string {
	return join(environment["HOME"] ?? homedir(), ".pm2");
}
