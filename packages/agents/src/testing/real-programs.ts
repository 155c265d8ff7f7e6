/** The real programs, for tests that want them; who lacks one hears of it. */
import { realPrograms, realProgramsVariable } from "@shopfloor/twins";
import type { TestContext } from "vitest";

export function realProgram(context: TestContext, name: "claude" | "codex"): void {
	if (realPrograms()?.[name] === undefined)
		context.skip(`needs the real ${name}, in a folder that ${realProgramsVariable} names`);
}

export function pathOf(name: "claude" | "codex"): string {
	return realPrograms()?.[name] ?? "/no/real/program";
}
