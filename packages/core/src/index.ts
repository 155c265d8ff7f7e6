/** `@shopfloor/core`: what is true. Pure: no clock, no disk, no environment. */
export { afterCrash, type CrashBudget } from "./model/crash-budget.ts";
export { parseDuration, showDuration } from "./model/duration.ts";
export {
	type DataOf,
	type Draft,
	draftFaults,
	type Entry,
	type EntryOf,
	type EntryType,
	entryTypes,
	isEntryType,
	type Seq,
} from "./model/entry.ts";
export { emptyState, type FactoryState, fold, pauseFor } from "./model/factory-state.ts";
export { cut, oneLine, plainText } from "./model/plain-text.ts";
export { type Change, changeTransitions, type ReviewQueue } from "./model/review-queue.ts";
export { type Task, type TaskQueue, taskTransitions } from "./model/task-queue.ts";
