import { describe, expect, test } from "vitest";
import { binding, cgroupFolder, cgroupMemory, machineMemory, pressure, rssBytes, swapFreeShare } from "./machine.ts";

const meminfo = "MemTotal:       16000000 kB\nMemFree:         1000000 kB\nMemAvailable:    4000000 kB\n";

describe("memory", () => {
	test("what is not available is in use; the page cache is not", () => {
		expect(machineMemory(meminfo)).toEqual({
			usedBytes: 12_288_000_000,
			limitBytes: 16_384_000_000,
			usedShare: 0.75,
			boundBy: "machine",
		});
	});

	test("an old kernel without MemAvailable gives no answer", () => {
		expect(machineMemory("MemTotal: 100 kB\n")).toBeUndefined();
	});

	test("a container's cache can be given back and does not count", () => {
		expect(cgroupMemory("1000\n", "900\n", "anon 500\ninactive_file 400\n")).toMatchObject({
			usedBytes: 500,
			usedShare: 0.5,
			boundBy: "cgroup",
		});
	});

	test.each(["max\n", "", "0\n"])("a container without a limit (%j) does not bind", (max) => {
		expect(cgroupMemory(max, "900\n", "")).toBeUndefined();
	});

	test("the one that runs out first counts", () => {
		const machine = machineMemory(meminfo);
		const tight = cgroupMemory("1000", "950", "");
		const roomy = cgroupMemory("1000", "100", "");
		if (machine === undefined) throw new Error("meminfo was not read");
		expect(binding(machine, tight).boundBy).toBe("cgroup");
		expect(binding(machine, roomy).boundBy).toBe("machine");
		expect(binding(machine, undefined).boundBy).toBe("machine");
	});
});

test("how much of the swap is free; without one there is no answer", () => {
	expect(swapFreeShare("SwapTotal:       4000 kB\nSwapFree:        1000 kB\n")).toBe(0.25);
	expect(swapFreeShare("SwapTotal:       0 kB\nSwapFree:        0 kB\n")).toBeUndefined();
	expect(swapFreeShare(meminfo)).toBeUndefined();
});

test("pressure is a share of time", () => {
	expect(
		pressure("some avg10=12.34 avg60=1.00 avg300=0.10 total=5\nfull avg10=0.00 avg60=0 avg300=0 total=0\n"),
	).toBeCloseTo(0.1234);
	expect(pressure("")).toBeUndefined();
});

test("the cgroup of a process, at the root and below", () => {
	expect(cgroupFolder("0::/\n")).toBe("/sys/fs/cgroup");
	expect(cgroupFolder("0::/user.slice/x\n")).toBe("/sys/fs/cgroup/user.slice/x");
	expect(cgroupFolder("3:memory:/old\n")).toBeUndefined();
});

test("resident memory", () => {
	expect(rssBytes("Name:\tnode\nVmRSS:\t   2048 kB\n")).toBe(2 * 2 ** 20);
	expect(rssBytes("")).toBeUndefined();
});
