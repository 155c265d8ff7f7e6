import { z } from "zod";
import { Bytes, Count, Ms, Name, Sentence, Seq, Share } from "./fields.ts";

/** What a process says of its own life, and the scheduler of the machine. */
export const processEntries = {
	process_started: {
		pid: Count,
		node: z.string(),
		/** How the copy before this one ended: `crash` means it never said goodbye. */
		after: z.enum(["first", "stop", "crash", "parked"]),
		previousPid: Count.optional(),
		/** Crashes that count against the budget, this one included. */
		crashes: Count,
	},
	process_stopped: {
		pid: Count,
		reason: z.enum(["signal", "shutdown", "launcher-gone", "lease-lost", "error", "done"]),
		detail: Sentence.optional(),
		uptimeMs: Ms,
	},
	process_parked: { pid: Count, crashes: Count, windowMs: Ms, reason: Sentence },
	heartbeat: { pid: Count, doing: Sentence, handled: Seq },
	health: {
		memory: z.object({
			usedBytes: Bytes,
			limitBytes: Bytes,
			usedShare: Share,
			boundBy: z.enum(["cgroup", "machine"]),
		}),
		/** Share of the last ten seconds in which something waited; null where the kernel does not say. */
		pressure: z.object({ cpu: Share, memory: Share, io: Share }).nullable(),
		load: z.object({ one: z.number(), five: z.number(), cores: Count }),
		disk: z.object({ freeBytes: Bytes, totalBytes: Bytes }),
		processes: z.array(z.object({ name: Name, pid: Count, rssBytes: Bytes })).max(200),
	},
	alert: {
		/** Stable, so that the same trouble can be recognised and not repeated. */
		code: Name,
		severity: z.enum(["note", "warning", "error"]),
		message: Sentence,
		/** What it is about, where there may be several: a process, a file, a provider. */
		subject: z.string().max(300).optional(),
	},
	paused: {
		/** `all`, or the name of a role, a provider or a session. */
		scope: Name,
		/** A pause lets running work finish; a stop ends it at once. */
		kind: z.enum(["pause", "stop"]),
		reason: Sentence,
		until: z.string().optional(),
	},
	resumed: { scope: Name, reason: Sentence.optional() },
	/** `subject`: the session, where one is meant. */
	trigger: { what: Name, source: Name, subject: Name.optional(), note: Sentence.optional() },
	trigger_done: { trigger: Seq, outcome: z.enum(["done", "refused", "failed"]), detail: Sentence.optional() },
};
