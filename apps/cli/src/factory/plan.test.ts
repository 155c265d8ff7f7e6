import { type FactoryConfig, unconfigured } from "@shopfloor/core";
import { expect, test } from "vitest";
import { configHashVariable, ecosystem } from "./ecosystem.ts";
import { planUp } from "./plan.ts";
import { Pm2, type Pm2Process } from "./pm2.ts";

const places = { root: "/clone", config: "/clone/shopfloor.config.json", state: "/clone/state" };
const pm2 = new Pm2(places, { HOME: "/home/ana" });
const startedMs = 1_000;

test("nothing runs: everything is started, in order", () => {
	expect(planned({ listed: [] })).toEqual({
		start: ["scheduler", "session-doctor", "cto-reviewer", "webhook-gateway", "ralph-1", "ralph-2"],
		restart: [],
		remove: [],
		taken: [],
	});
});

test("everything runs: nothing is to be done", () => {
	expect(planned({})).toEqual({ start: [], restart: [], remove: [], taken: [] });
});

test("what PM2 knows and does not run is started", () => {
	const listed = running(aConfig()).map((process) =>
		process.name === "ralph-1" ? { ...process, status: "stopped" } : process,
	);
	expect(planned({ listed }).start).toEqual(["ralph-1"]);
});

test("what was built anew since it was started is restarted, whatever its configuration", () => {
	const restart = ["scheduler", "session-doctor", "cto-reviewer", "webhook-gateway", "ralph-1", "ralph-2"].map(
		(name) => ({
			name,
			because: "build",
		}),
	);
	expect(planned({ builtMs: startedMs + 1 }).restart).toEqual(restart);
	expect(planned({ builtMs: startedMs + 1, config: aConfig({ heartbeat: "1m" }) }).restart).toEqual(restart);
});

test("what was started with another configuration is restarted", () => {
	expect(planned({ config: aConfig({ heartbeat: "1m" }) })).toMatchObject({
		start: [],
		restart: ["scheduler", "session-doctor", "cto-reviewer", "webhook-gateway", "ralph-1", "ralph-2"].map((name) => ({
			name,
			because: "configuration",
		})),
	});
	const [scheduler, ...others] = running(aConfig());
	const unknown = { ...scheduler, configHash: undefined } as Pm2Process;
	expect(planned({ listed: [unknown, ...others] }).restart).toEqual([{ name: "scheduler", because: "configuration" }]);
});

test("another number of sessions concerns whoever comes, goes, or misses them", () => {
	expect(planned({ config: aConfig({ sessions: 3 }) })).toMatchObject({
		start: ["ralph-3"],
		restart: ["scheduler", "webhook-gateway"].map((name) => ({ name, because: "configuration" })),
	});
	const fewer = planned({ config: aConfig({ sessions: 1 }) });
	expect(fewer.restart.map(({ name }) => name)).toEqual(["scheduler", "webhook-gateway"]);
	expect(fewer.remove.map(({ name }) => name)).toEqual(["ralph-2"]);
});

test("another way in concerns its keeper alone", () => {
	const gateway = { ...aConfig().gateway, port: 1 };
	expect(planned({ config: aConfig({ gateway }) }).restart).toEqual([
		{ name: "webhook-gateway", because: "configuration" },
	]);
});

test("a factory of the same clone with another state directory is somebody else's", () => {
	const listed = running(aConfig(), { ...places, state: "/elsewhere/state" });
	expect(planned({ listed })).toMatchObject({ restart: [], remove: [] });
	expect(planned({ listed }).taken).toEqual(listed);
	const more = running(aConfig({ sessions: 3 }), { ...places, state: "/elsewhere/state" }).slice(-1);
	expect(planned({ listed: [...running(aConfig()), ...more] })).toEqual({
		start: [],
		restart: [],
		remove: [],
		taken: [],
	});
});

interface Given {
	readonly listed?: readonly Pm2Process[];
	readonly config?: FactoryConfig;
	readonly builtMs?: number;
}

function planned({ listed = running(aConfig()), config = aConfig(), builtMs = 0 }: Given) {
	return planUp(
		ecosystem(config, places, {}),
		listed,
		(process) => pm2.isOurs(process),
		() => builtMs,
	);
}

/** As PM2 lists them after a start with this configuration. */
function running(config: FactoryConfig, at = places): Pm2Process[] {
	return ecosystem(config, at, {}).map(({ name, namespace, cwd, env }, index) => ({
		id: index,
		name,
		pid: 100 + index,
		status: "online",
		since: startedMs,
		namespace,
		cwd,
		state: env["SHOPFLOOR_STATE"],
		configHash: env[configHashVariable],
	}));
}

function aConfig(patch: Partial<FactoryConfig> = {}): FactoryConfig {
	return { ...unconfigured(), ...patch };
}
