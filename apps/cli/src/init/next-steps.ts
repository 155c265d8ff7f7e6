/** What a person does when the configuration is written: each command works as it stands. Pure. */
import { builtinAgent } from "@shopfloor/core";
import { invocation, startCommand } from "../examples.ts";
import type { AgentSight } from "./find-agents.ts";
import type { BaseSight } from "./look-at-base.ts";
import type { Step } from "./view.ts";

/** Without these something of it would not work, or is not known to. */
export function stillOpen(
	definition: BaseSight["definition"],
	sights: readonly AgentSight[],
	chosen: readonly string[],
	tried: readonly string[],
): Step[] {
	const ours = sights.filter(({ name }) => chosen.includes(name));
	return [
		...("faults" in definition || definition.definition.checks.length === 0
			? [{ do: "commit .shopfloor/gate.json to the base", for: "says what to check; until then nothing lands" }]
			: []),
		...ours
			.filter(({ path }) => path === undefined)
			.map(({ name }) => ({ do: `install ${name}`, for: "until it is there it is passed over" })),
		...ours.flatMap(({ name, missingKey }) =>
			missingKey === undefined
				? []
				: [{ do: `${invocation} secret set ${missingKey}`, for: `without its key ${name} is passed over` }],
		),
		...ours
			.filter(({ name, path, missingKey }) => path !== undefined && missingKey === undefined && !tried.includes(name))
			.map(({ name }) => ({
				do: `${invocation} agent run --agent ${name} --access none 'say: ready'`,
				for: "whether it answers was not tried, because a call is paid",
			})),
	];
}

export function nextSteps(chosen: readonly string[]): Step[] {
	return [
		{ do: startCommand, for: "brings the factory up" },
		{ do: `${invocation} status --watch`, for: "what it does, live" },
		chosen.every((name) => name === builtinAgent)
			? { do: `${invocation} log --follow`, for: "every entry as it is written" }
			: { do: `${invocation} task add 'what should come first'`, for: "asks for something" },
	];
}
