import { onTestFinished } from "vitest";
import { eventLogContract } from "../testing/event-log.contract.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { leasesContract } from "../testing/leases.contract.ts";
import { ledgerContract } from "../testing/ledger.contract.ts";
import { memoryFloor, memoryFloors } from "../testing/memory-floor.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { type FloorOptions, openFloor } from "./floor.ts";

const inFiles = (options: Partial<FloorOptions> = {}) => {
	const floor = openFloor({ stateDir: tempDir(), ...options });
	onTestFinished(() => floor.close());
	return floor;
};

eventLogContract("the file driver", async () => inFiles().log);
eventLogContract("the file driver with tiny segments", async () => inFiles({ segmentBytes: 300 }).log);
ledgerContract("the file driver", async () => inFiles().tasks);
leasesContract("the file driver", async (clocks) => {
	const stateDir = tempDir();
	return clocks.map((clock) => inFiles({ stateDir, clock }).leases);
});

eventLogContract("the memory twin", async () => memoryFloor(fakeClock()).log);
ledgerContract("the memory twin", async () => memoryFloor(fakeClock()).tasks);
leasesContract("the memory twin", async (clocks) => memoryFloors(clocks).map((floor) => floor.leases));
