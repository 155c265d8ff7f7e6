/** What the config commands say. Pure. */
import { type FactoryConfig, oneLine } from "@shopfloor/core";
import { invocation } from "../examples.ts";

export function configGood(path: string, { repository, sessions }: FactoryConfig): string {
	const crew = `${sessions} ${sessions === 1 ? "session works" : "sessions work"}`;
	return `${path} is right: ${crew} on ${oneLine(repository?.path ?? "nothing")}.`;
}

export function configAbsent(path: string): string {
	return [
		`There is no ${path}. The factory runs without it, and has no repository to work on.`,
		`To have it written: ${invocation} init`,
		"By hand, the least that it can hold:",
		'  { "repository": { "path": "../my-project" } }',
		`Everything else has a default: ${invocation} config show`,
	].join("\n");
}
