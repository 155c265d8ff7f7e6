import { expect, test } from "vitest";
import { chooseRunner, type SandboxProbe } from "./choose-runner.ts";
import { bubblewrapRunner, unshareRunner } from "./runner.ts";

const yes: SandboxProbe = { kind: "available" };
const no = (why: string): SandboxProbe => ({ kind: "missing", why });

test.each([
	["auto", yes, yes, "bubblewrap"],
	["auto", no("no b."), yes, "unshare"],
	["auto", no("no b."), no("no u."), "no b. no u."],
	["bubblewrap", yes, yes, "bubblewrap"],
	["bubblewrap", no("no b."), yes, "no b."],
	["unshare", yes, yes, "unshare"],
	["unshare", yes, no("no u."), "no u."],
	["off", no("no b."), no("no u."), "process-group"],
] as const)("%s, where there is %j and %j, is %s", async (setting, bubblewrap, unshare, expected) => {
	const choice = await chooseRunner(setting, [
		{ runner: bubblewrapRunner, available: async () => bubblewrap },
		{ runner: unshareRunner, available: async () => unshare },
	]);
	expect(choice.kind === "runner" ? choice.runner.name : choice.why).toBe(expected);
});
