/** BUD-01, and what a process that is killed leaves: real processes at one floor. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Entry, spentOnTask, unconfigured } from "@shopfloor/core";
import { currentState, openFloor, systemClock } from "@shopfloor/core/io";
import { inParallel, type Program, startProgram, tempDir } from "@shopfloor/core/testing";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { openPurse } from "./purse.ts";

const budget = { ...unconfigured().budget, perDay: 1_000, perTask: 1_000 };

test("many callers that reach the cap together do not spend more than it", { timeout: 120_000 }, async () => {
	const cap = 4;
	const stateDir = tempDir();
	const payers = Array.from({ length: 4 }, () => payer(stateDir, 40, { ...budget, perTask: cap }));
	await Promise.all(payers.map(({ ended }) => ended));
	const { state, entries } = await folded(stateDir);
	expect(payers.map(({ said }) => said.at(-1))).toEqual(Array(4).fill("over"));
	const { settledUsd, reservedUsd } = spentOnTask(state.spending, "t-1");
	expect(reservedUsd).toBe(0);
	expect(settledUsd).toBeLessThanOrEqual(cap);
	expect(settledUsd).toBeGreaterThan(cap - 0.25);
	expect(settledUsd).toBeCloseTo(paid(payers.flatMap(({ said }) => said)));
	expect(entries.filter(({ type }) => type === "budget_reached")).toHaveLength(1);
});

test("at no time is more reserved and spent than the cap, however callers meet", async () => {
	// In quarters of a dollar, which add up exactly.
	const step = fc.record({ caller: fc.nat(4), asks: fc.integer({ min: 1, max: 16 }), costs: fc.nat(16) });
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 32 }), async (steps, quarters) => {
			const cap = quarters / 4;
			const stateDir = tempDir();
			const floor = openFloor({ stateDir });
			try {
				const caps = { ...budget, perTask: cap, perCall: 4 };
				const purses = Array.from({ length: 5 }, (_, n) =>
					openPurse({ floor, by: `p-${n}`, budget: caps, clock: systemClock }),
				);
				// The second half meets what the first one left; within a half nothing is settled before all have asked.
				for (const half of [steps.slice(0, 6), steps.slice(6)]) {
					const got = await Promise.all(
						half.map(async ({ caller, asks, costs }) => {
							const purse = purses[caller] as (typeof purses)[number];
							const request = { role: "coder", agent: "claude", task: "t-1", usd: asks / 4, wallMs: 60_000 } as const;
							return { purse, costs, reserved: await purse.reserve(request) };
						}),
					);
					for (const { purse, costs, reserved } of got)
						if (reserved.kind === "reserved")
							await purse.settle(reserved, done(Math.min(costs / 4, reserved.request.usd)));
				}
				let spent = 0;
				const open = new Map<string, number>();
				for await (const { type, data } of floor.log.read(1)) {
					if (type === "call_reserved") open.set(data.call, data.usd);
					if (type === "agent_called") spent += open.delete(data.call ?? "") ? data.usd : Number.NaN;
					expect(spent + [...open.values()].reduce((sum, usd) => sum + usd, 0)).toBeLessThanOrEqual(cap);
				}
			} finally {
				await floor.close();
			}
		}),
		{ numRuns: 8 },
	);
});

const swept = new Set<string>();

test("a process that is killed between any two lines is charged once, and for no less", {
	timeout: 120_000,
}, async () => {
	const points = await visits();
	expect(points.size).toBeGreaterThan(5);
	const deaths = [...points].flatMap(([point, times]) => [1, 2].filter((n) => n <= times).map((n) => ({ point, n })));
	await inParallel(2, deaths, async ({ point, n }) => {
		const stateDir = tempDir();
		const program = payer(stateDir, 2, budget, [`crash.mjs?how=kill&at=${point}@${n}`]);
		expect((await program.ended).signal, `${point}@${n}`).toBe("SIGKILL");
		const floor = openFloor({ stateDir });
		const purse = openPurse({ floor, by: "next", budget, clock: systemClock });
		const next = await purse.reserve({ role: "coder", agent: "claude", usd: 1, wallMs: 1_000 });
		if (next.kind !== "reserved") throw new Error(`after dying at ${point}@${n}: ${JSON.stringify(next)}`);
		await purse.settle(next, done(0));
		await floor.close();
		expectCharged(await folded(stateDir), program.said, `${point}@${n}`);
		swept.add(point);
	});
});

test("every crash point of the purse was one of them", () => {
	const named = readdirSync(import.meta.dirname)
		.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
		.flatMap((name) => [...readFileSync(join(import.meta.dirname, name), "utf8").matchAll(/crashAt\("([^"]+)"\)/g)])
		.map(([, point]) => point);
	expect(named.length).toBeGreaterThan(0);
	expect([...swept]).toEqual(expect.arrayContaining(named));
});

type Folded = Awaited<ReturnType<typeof folded>>;

/** Each reserved call was settled once: for what was said to be paid, else for the reservation or what it cost. */
function expectCharged({ state, entries }: Folded, said: readonly string[], where: string): void {
	expect(state.spending.open, where).toEqual({});
	const told = new Map(
		said.filter((line) => line.startsWith("paid")).map((line) => line.split(" ").slice(1) as [string, string]),
	);
	const ends = entries.filter((entry) => entry.type === "agent_called");
	const calls = entries.filter((entry) => entry.type === "call_reserved").map(({ data }) => data.call);
	expect(ends.map(({ data }) => data.call).sort(), where).toEqual([...calls].sort());
	for (const { data } of ends) {
		const paidUsd = told.get(data.call ?? "");
		if (paidUsd !== undefined) expect(data.usd, where).toBe(Number(paidUsd));
		if (data.outcome === "lost") expect(data.usd, where).toBe(1);
	}
	for (const line of said) expect(calls, where).toContain(line.split(" ")[1]);
	const total = ends.reduce((sum, { data }) => sum + data.usd, 0);
	expect(spentOnTask(state.spending, "t-1").settledUsd, where).toBeCloseTo(total);
}

/** The points that two calls visit; those of the purse, and those of the log, where its entries are written. */
async function visits(): Promise<Map<string, number>> {
	const program = payer(tempDir(), 2, budget, ["crash.mjs?how=count"]);
	const line = await program.says(/^visits /);
	const all = Object.entries(JSON.parse(line.slice("visits ".length)) as Record<string, number>);
	return new Map(all.filter(([point]) => /^(purse|append)\./.test(point)));
}

function payer(stateDir: string, calls: number, caps: object, preload: readonly string[] = []): Program {
	const program = startProgram(
		new URL("../../fixtures/pay.mjs", import.meta.url).href,
		[stateDir, String(calls), JSON.stringify(caps)],
		{ preload },
	);
	onTestFinished(() => program.finish());
	program.finish();
	return program;
}

async function folded(stateDir: string) {
	const floor = openFloor({ stateDir });
	try {
		const entries: Entry[] = [];
		for await (const entry of floor.log.read(1)) entries.push(entry);
		return { state: await currentState(floor), entries };
	} finally {
		await floor.close();
	}
}

function paid(said: readonly string[]): number {
	return said.filter((line) => line.startsWith("paid")).reduce((sum, line) => sum + Number(line.split(" ")[2]), 0);
}

function done(usd: number) {
	const usage = { usd, estimated: false, inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
	return { kind: "done", text: "", usage } as const;
}
