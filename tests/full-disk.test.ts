import { fillDisk, smallDisk } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aFactory } from "./factory.ts";

test("LOG-07: on a full disk a process keeps its seat for longer than its lease lasts, and goes on when there is space", {
	timeout: 120_000,
}, async (context) => {
	const disk = smallDisk(context, 4_000);
	const factory = aFactory(disk).configured({ repository: { path: "." }, heartbeat: "1s" });
	const started = await factory.start("ralph-worker", "ralph-1");
	const [seat] = await factory.floor.leases.held("process-ralph-1");
	const free = fillDisk(disk);
	await fillLastPage(factory.floor.log);
	// It says so every ten seconds, and trusts a lease that it cannot renew for twenty-four.
	await started.says(/(disk is full.*){4}/s);
	expect(await factory.floor.leases.held("process-ralph-1")).toMatchObject([{ epoch: seat?.epoch }]);
	const { seq } = await factory.now();
	free();
	const { data } = await factory.entry("heartbeat", (entry) => entry.seq > seq);
	expect(data.pid).toBe(started.pid);
	expect(await factory.floor.leases.held("process-ralph-1")).toMatchObject([{ epoch: seat?.epoch }]);
	expect(await factory.entries("process_started")).toHaveLength(1);
});

/** What is left of it would take heartbeats for a while. */
async function fillLastPage(log: ReturnType<typeof aFactory>["floor"]["log"]): Promise<void> {
	const data = { code: "ballast", severity: "note", message: "x".repeat(1_000) } as const;
	const one = () => log.append([{ type: "alert", by: "tester", data }]);
	await expect(Promise.all(Array.from({ length: 10 }, one))).rejects.toMatchObject({ code: "disk-full" });
}
