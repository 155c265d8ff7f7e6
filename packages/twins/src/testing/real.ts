import { onTestFinished, type TestContext } from "vitest";
import { realPrograms, realProgramsVariable } from "../programs/real.ts";
import type { Twin } from "../serve/twin.ts";

/** The program, or the test is left out and says why. */
export function realProgram(context: TestContext, name: "claude" | "codex"): string {
	const program = realPrograms()?.[name];
	if (program === undefined) context.skip(`needs ${name} under the folder named by ${realProgramsVariable}`);
	return program;
}

/** Closes the twin when the test ends. */
export async function used(starting: Promise<Twin>): Promise<Twin> {
	const twin = await starting;
	onTestFinished(() => twin.close());
	return twin;
}
