/** How the command is typed after an installation, from the root of the workspace. */
export const invocation = "npx shopfloor";

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
