/** Every agent, with what keeps it from working. */
import { isFree, lookAtProgram, type ProgramSight, providerOf, secretsFor } from "@shopfloor/agents";
import { type AgentConfig, builtinAgent, type FactoryState, roles, serversOf, standingPause } from "@shopfloor/core";
import { currentState, loadConfig, secretStore } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { table } from "../table.ts";
import { withFloor } from "../with-floor.ts";
import type { ListOptions } from "./options.ts";

interface AgentSight {
	readonly name: string;
	readonly kind: string;
	readonly program: ProgramSight | null;
	/** `ready`, or the name of the secret that is missing. */
	readonly key: string;
	readonly roles: readonly string[];
	readonly free: boolean;
	/** The last thing that went wrong, while it matters. */
	readonly trouble?: string;
	readonly until?: string;
}

export async function listAgents(context: Context, options: ListOptions): Promise<void> {
	const { places, paint } = context;
	const config = loadConfig(places.config);
	const state = await withFloor(context, (floor) => currentState(floor));
	const served = (name: string) => roles.filter((role) => serversOf(config.roles, role).includes(name));
	const builtin: AgentSight = {
		name: builtinAgent,
		kind: builtinAgent,
		program: null,
		key: "needs none",
		roles: served(builtinAgent),
		free: true,
	};
	const others = await Promise.all(
		Object.keys(config.agents).map((name) => sightOf(context, state, name, config.agents, served(name))),
	);
	const sights = [builtin, ...others];
	if (options.json) return context.say(jsonText(sights));
	const head = ["agent", "program", "key", "serves", "trouble"].map((text) => ({ text, paint: paint.dim }));
	const rows = sights.map((sight) => [
		{ text: sight.name },
		{ text: programText(sight) },
		{ text: sight.key, ...(/^missing/.test(sight.key) && { paint: paint.red }) },
		{ text: servedText(sight) },
		{ text: troubleText(sight), paint: paint.yellow },
	]);
	for (const line of table([head, ...rows], context.out.columns ?? widthDefault)) context.say(line);
}

const widthDefault = 120;

async function sightOf(
	{ places, environment, clock }: Context,
	state: FactoryState,
	name: string,
	agents: Readonly<Record<string, AgentConfig>>,
	serves: readonly string[],
): Promise<AgentSight> {
	const agent = agents[name] as AgentConfig;
	const secrets = secretsFor(secretStore(places.state), agent);
	const provider = providerOf(agents, name);
	const pause = standingPause(state, name, clock.now()) ?? standingPause(state, provider, clock.now());
	return {
		name,
		kind: agent.kind,
		program: await lookAtProgram(agent, { PATH: environment["PATH"] ?? "/usr/bin:/bin", HOME: places.state }),
		key: "missing" in secrets ? `missing: ${secrets.missing}` : "ready",
		roles: serves,
		free: isFree(name, agent),
		...(pause !== undefined && { trouble: pause.reason, ...(pause.until !== undefined && { until: pause.until }) }),
	};
}

function servedText({ roles: served }: AgentSight): string {
	if (served.length === roles.length) return "every role";
	return served.join(", ") || "nobody";
}

function programText({ program, kind }: AgentSight): string {
	if (program === null) return "part of the factory";
	if (program.path === undefined) return "missing";
	return program.version === undefined ? kind : `${kind} ${program.version}`;
}

function troubleText({ program, trouble, until }: AgentSight): string {
	const pause = trouble === undefined ? [] : [until === undefined ? trouble : `${trouble} (until ${until})`];
	return [...pause, ...(program?.why === undefined ? [] : [program.why])].join("; ");
}
