/** A disk that can only be read, as after a fault: what need not write works on it, and what must says why not. */
import { join } from "node:path";
import { makeReadOnly, smallDisk } from "@shopfloor/core/testing";
import { execa } from "execa";
import { expect, type TestContext, test } from "vitest";
import { aFactory, root } from "./factory.ts";

test("what need not write works on a disk that can only be read, and what must says why not", {
	timeout: 60_000,
}, async (context) => {
	const shopfloor = await aFactoryOnAReadOnlyDisk(context);
	for (const [command, answer] of [
		["status --json", /"ralph-1"/],
		["log --json", /"process_stopped"/],
		["log verify", /is as it was written/],
		["secret list --json", /^\[\]$/],
		["down", /^Nothing of this factory runs/],
	] as const) {
		const { exitCode, stdout, stderr } = await shopfloor(...command.split(" "));
		expect({ exitCode, stdout, stderr }, command).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(answer) });
	}
	const doctor = await shopfloor("doctor");
	expect(doctor.stdout).toMatch(/state .*EROFS/);
	expect(doctor.stdout).toMatch(/processes .*none runs/);
	const pause = await shopfloor("pause");
	expect(pause.exitCode).toBe(1);
	expect(pause.stderr.split("\n")).toEqual([expect.stringMatching(/^shopfloor: .*the disk answered EROFS/)]);
});

async function aFactoryOnAReadOnlyDisk(context: TestContext) {
	const disk = smallDisk(context, 4_000);
	const factory = aFactory(disk).configured({ repository: { path: "." } });
	const started = await factory.start("ralph-worker", "ralph-1");
	started.child.kill("SIGTERM");
	await started.ended;
	await makeReadOnly(disk);
	return (...args: readonly string[]) =>
		execa(process.execPath, [join(root, "apps/cli/bin/shopfloor.mjs"), ...args], {
			env: { PATH: process.env["PATH"], HOME: factory.dir, ...factory.places },
			extendEnv: false,
			stdin: "ignore",
			reject: false,
		});
}
