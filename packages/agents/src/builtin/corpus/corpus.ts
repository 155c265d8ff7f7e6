/** Small faults: what the agent mends, what it leaves, and what it must not touch. */
import { behaviour } from "./behaviour.ts";
import { classes } from "./classes.ts";
import type { Fault } from "./fault.ts";
import { imports } from "./imports.ts";
import { literals } from "./literals.ts";
import { missingValues } from "./missing-values.ts";
import { names } from "./names.ts";
import { notToBeTouched } from "./not-to-be-touched.ts";
import { promises } from "./promises.ts";
import { types } from "./types.ts";
import { unused } from "./unused.ts";

export const corpus: readonly Fault[] = [
	...imports,
	...literals,
	...names,
	...classes,
	...types,
	...missingValues,
	...unused,
	...promises,
	...behaviour,
	...notToBeTouched,
];
