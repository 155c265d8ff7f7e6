/** AGT: the programs that go wrong in ways that a sandbox is for, in a real one, as agents run in it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { runVariable } from "@shopfloor/core/io";
import { needs } from "@shopfloor/core/testing";
import { type Misbehaviour, misbehaving } from "@shopfloor/twins";
import { expect, onTestFinished, test } from "vitest";
import { claudeAgent } from "../claude/claude.ts";
import type { Job } from "../port/job.ts";
import { aShutRoom, leftIn, patient, plainEnv, type TestRoom } from "../testing/a-room.ts";

test("writes-outside: only what it writes in its tree is there afterwards", async (context) => {
	needs(context, "bubblewrap");
	const { world, run } = aProgram("writes-outside");
	const beside = join(dirname(world.tree), "beside");
	const inside = join(world.tree, "inside");
	expect((await run({ prompt: `write ${beside} and ${inside}` })).kind).toBe("done");
	expect([inside, beside, join(dirname(world.tree), "outside.txt")].map((path) => existsSync(path))).toEqual([
		true,
		false,
		false,
	]);
});

test("reads-a-decoy: what is not its own is not there", async (context) => {
	needs(context, "bubblewrap");
	const { world, run } = aProgram("reads-a-decoy");
	const decoy = join(dirname(world.tree), "decoy");
	const own = join(world.tree, "own");
	for (const path of [decoy, own]) writeFileSync(path, "a secret");
	expect(toldBy(await run({ prompt: `read ${decoy} and ${own}` }))).toEqual([
		{ path: decoy, outcome: "ENOENT" },
		{ path: own, outcome: "read", text: "a secret" },
	]);
	expect(readFileSync(decoy, "utf8")).toBe("a secret");
});

test.for([
	["without a network it reaches nobody, not even this machine", false, "ECONNREFUSED"],
	["with one it does, because models live elsewhere", true, "connected"],
] as const)("AGT-17: connects-out: %s", async ([, network, expected], context) => {
	needs(context, "bubblewrap");
	const { run } = aProgram("connects-out", { network });
	const { place, calls } = await aListener();
	expect(toldBy(await run({ prompt: `call ${place}` }))).toMatchObject([{ outcome: expected }]);
	expect(calls()).toBe(network ? 1 : 0);
});

test("leaves-grandchildren: they end with the sandbox", async (context) => {
	needs(context, "bubblewrap");
	const { world, run } = aProgram("leaves-grandchildren");
	expect(await run()).toMatchObject({ kind: "done" });
	expect(leftIn(world.room)).toEqual([]);
});

test("ignores-signals: the sandbox is ended around it", async (context) => {
	needs(context, "bubblewrap");
	const { world, run } = aProgram("ignores-signals");
	expect(await run({ limits: { ...patient, wallMs: 1_500 } })).toMatchObject({ kind: "timed-out", which: "wall" });
	expect(leftIn(world.room)).toEqual([]);
});

test("tells-its-environment: no variable but those that were named", async (context) => {
	needs(context, "bubblewrap");
	const { run } = aProgram("tells-its-environment");
	const names = (toldBy(await run()) as string[]).filter((name) => !/^(CLAUDE_|API_TIMEOUT|DISABLE_AUTO)/.test(name));
	// bubblewrap tells it where it stands.
	expect(names).toEqual(["HOME", "PATH", "PWD", runVariable].sort());
});

function aProgram(name: Misbehaviour, options: { readonly network?: boolean } = {}) {
	const program = misbehaving(name);
	const world: TestRoom = aShutRoom(program, options);
	const { room, leases } = world;
	const agent = claudeAgent({ program, env: plainEnv, room, leases });
	return { world, run: (change: Partial<Job> = {}) => agent.run(world.job(change)) };
}

function toldBy(outcome: object): unknown {
	expect(outcome).toMatchObject({ kind: "done" });
	return JSON.parse((outcome as { readonly text: string }).text);
}

async function aListener() {
	let calls = 0;
	const server = createServer((socket) => {
		calls++;
		socket.destroy();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("it listens nowhere");
	return { place: `127.0.0.1:${address.port}`, calls: () => calls };
}
