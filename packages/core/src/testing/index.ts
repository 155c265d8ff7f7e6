/** `@shopfloor/core/testing`: twins, builders, contracts. */
export { aChange } from "./a-change.ts";
export { aDraft, draftOf, first, messages } from "./a-draft.ts";
export { aTask } from "./a-task.ts";
export { eventLogContract } from "./event-log.contract.ts";
export { type FakeClock, fakeClock } from "./fake-clock.ts";
export { folded } from "./folded.ts";
export { inParallel } from "./in-parallel.ts";
export { type IsolationContract, isolationContract } from "./isolation.contract.ts";
export { leasesContract } from "./leases.contract.ts";
export { ledgerContract } from "./ledger.contract.ts";
export { aMark, running } from "./marked-sleep.ts";
export { memoryFloor, memoryFloors } from "./memory-floor.ts";
export { fillDisk, makeReadOnly, makeWritable, needs, smallDisk } from "./needs.ts";
export { type Program, startProgram, until } from "./program.ts";
export { type RunContract, runContract } from "./run.contract.ts";
export { inDepth, isThorough, sampled } from "./sampled.ts";
export { tempDir } from "./temp-dir.ts";
