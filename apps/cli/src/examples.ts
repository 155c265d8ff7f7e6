import { relative } from "node:path";
import { findPlaces } from "@shopfloor/core/io";

/** How the command is typed where the person stands: outside of the workspace npx would look for a package of that name. */
export const invocation = invocationAt(process.cwd(), findPlaces().root);

/** The same for what brings the factory up. */
export const startCommand = startAt(process.cwd(), findPlaces().root);

export function invocationAt(cwd: string, root: string): string {
	return `${calledAt("npx", cwd, root)} shopfloor`;
}

function startAt(cwd: string, root: string): string {
	return `${calledAt("npm", cwd, root)} start`;
}

function calledAt(program: string, cwd: string, root: string): string {
	if (!relative(root, cwd).startsWith("..")) return program;
	return `${program} --prefix ${/^[\w./-]+$/.test(root) ? root : JSON.stringify(root)}`;
}

/** The end of a `--help`: each line is what to type (variables first) and, where it needs saying, what for. */
export function examples(...lines: readonly (readonly [command: string, comment?: string])[]): string {
	const width = Math.max(0, ...lines.filter(([, comment]) => comment !== undefined).map(([command]) => command.length));
	return [
		"",
		"Examples:",
		...lines.map(([command, comment]) =>
			`  ${typed(comment === undefined ? command : `${command.padEnd(width)}   ${comment}`)}`.trimEnd(),
		),
	].join("\n");
}

function typed(command: string): string {
	return command.replace(/^(?:[A-Z_\d]+=\S+ )*/, (variables) => `${variables}${invocation} `);
}
