/** `@shopfloor/gate`: what a change must pass, and how it lands. */
export type { Diff } from "./diff/diff.ts";
