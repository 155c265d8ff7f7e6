/** Who watches whom: real processes that are stopped or hang, noticed by what they no longer say. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aFactory, type Factory, root, told } from "./factory.ts";

/** A heartbeat so short that silence comes soon; the second look of the doctor takes half a minute all the same. */
const watched = { repository: { path: "." }, heartbeat: "4s", every: { doctor: "1s", scheduler: "1s" } };
const noticedMs = 150_000;
const storyMs = 180_000;

describe("the session doctor", () => {
	test("SUP-03, SUP-09: ends a process that is stopped, leaves one alone that is busy, and a new copy goes on", {
		timeout: storyMs,
	}, async () => {
		const factory = aFactory().configured(watched);
		const busy = factory.run(join(root, "tests", "programs", "stubborn.mjs"));
		const worker = factory.start("ralph-worker", "ralph-1");
		await Promise.all([told(busy, "hanging"), worker, factory.start("session-doctor")]);
		const { child, pid, ended } = await worker;
		child.kill("SIGSTOP");

		const { by, data } = await alert(factory, "process-hung");
		expect([by, data.subject]).toEqual(["session-doctor", "ralph-1"]);
		expect(data.message).toContain(`Process ${pid} is ended`);
		expect((await ended).code).toBe("SIGKILL");
		expect((await alert(factory, "process-slow")).data.subject).toBe("stubborn");
		expect([busy.child.exitCode, busy.child.signalCode]).toEqual([null, null]);

		const { pid: next } = await factory.start("ralph-worker", "ralph-1");
		expect((await factory.entries("process_started")).at(-1)?.data).toMatchObject({
			after: "crash",
			pid: next,
			previousPid: pid,
		});
		await factory.entry("heartbeat", (entry) => entry.data.pid === next);
	});
});

test("SUP-10: a doctor that is stopped is missed by the scheduler, and the others go on", {
	timeout: storyMs,
}, async () => {
	const factory = aFactory().configured(watched);
	const started = [
		factory.start("session-doctor"),
		factory.start("scheduler"),
		factory.start("ralph-worker", "ralph-1"),
	];
	const [doctor] = await Promise.all(started);
	doctor?.child.kill("SIGSTOP");
	const { by, seq, data } = await alert(factory, "doctor-silent");
	expect([by, data.subject]).toEqual(["scheduler", "session-doctor"]);
	await factory.entry("heartbeat", (entry) => entry.by === "ralph-1" && entry.seq > seq);
	expect([doctor?.child.exitCode, doctor?.child.signalCode]).toEqual([null, null]);
});

function alert(factory: Factory, code: string) {
	return factory.entry("alert", ({ data }) => data.code === code, noticedMs);
}
