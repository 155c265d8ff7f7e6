/** The crew as a person calls it by hand: the same configuration, purse and sandbox as every process. */
import { type Crew, openCrew, soundRunner } from "@shopfloor/agents";
import { type FileFloor, loadConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { exitCodes, Failure } from "../failure.ts";

export async function openCrewFor(
	context: Context,
	floor: FileFloor,
	{ session, sandbox, agent }: { readonly session: string; readonly sandbox: boolean; readonly agent?: string },
): Promise<Crew> {
	const { places, clock, environment } = context;
	const config = loadConfig(places.config);
	const starts = (what: string) => context.note(`${what}…`);
	if (agent !== undefined && agent !== "builtin" && !Object.hasOwn(config.agents, agent))
		throw new Failure(
			exitCodes.usage,
			`there is no agent ${agent}; there ${knownAgents(Object.keys(config.agents))}. Describe it in ${places.config} under "agents".`,
		);
	return openCrew({
		config,
		floor,
		clock,
		by: "cli",
		session,
		runner: await soundRunner({ floor, setting: sandbox ? config.sandbox : "off", clock, by: "cli", starts }),
		path: environment["PATH"] ?? "/usr/bin:/bin",
	});
}

function knownAgents(names: readonly string[]): string {
	return names.length === 0 ? "is builtin" : `are builtin, ${names.join(", ")}`;
}
