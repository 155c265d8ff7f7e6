import { z } from "zod";

/** Short names that end up in file names, branch names and terminal columns. */
export const Name = z
	.string()
	.regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, "lower-case letters, digits, '.', '_' and '-', at most 80");
/** An agent, and the version of its program where that one tells it: `claude@2.1.329`. */
export const ServedBy = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}(@[A-Za-z0-9][A-Za-z0-9._+-]{0,39})?$/);
/** What a change is held to, in words: `introduces no bugs`. */
export const CriterionName = z.string().regex(/^[a-z0-9][a-z0-9 ._-]{0,79}$/);
/** An identifier that some other part of the factory made. */
export const Id = z.string().min(1).max(120);
/** A sentence for people. Anything longer belongs into a file. */
export const Sentence = z.string().max(2_000);
/** Text that somebody wrote: a task's description, a message, a reason with evidence. */
export const Text = z.string().max(20_000);
export const Seq = z.int().min(0);
export const Usd = z.number().min(0);
export const Count = z.int().min(0);
export const Ms = z.number().min(0);
export const Bytes = z.number().min(0);
export const Share = z.number().min(0);
/** A point in time as the log writes it; strings of this form sort as the times do. */
export const Instant = z.iso.datetime({ precision: 3 });
