import type { z } from "zod";

/** A kind of record: where it lives, what it holds, and which changes are lawful. */
export interface RecordKind<T> {
	readonly key: string;
	readonly schema: z.ZodType<T>;
	readonly empty: T;
	/** Every reason why `next` must not follow `current`. */
	faults(current: T, next: T): string[];
}
