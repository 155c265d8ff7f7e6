/** No verdict, because the program did not come to its own end. */
import type { ChildEnd, ChildLimits } from "@shopfloor/core/io";
import type { Broken } from "./check.ts";
import { broken } from "./reporters/evidence.ts";

export function unfinished(end: Exclude<ChildEnd, { readonly kind: "exited" }>, limits: ChildLimits): Broken {
	switch (end.kind) {
		case "not-started":
			return notStarted(end.why);
		case "timed-out":
			return broken(end, "timed-out", inTime[end.which](limits));
		case "signalled":
			return broken(end, "killed", `it was ended by ${end.signal}`);
		case "aborted":
			return broken(end, "killed", "it was called off");
		case "too-much-output":
			return broken(end, "too-much-output", `it said more than ${limits.outputBytesMax} bytes`);
		case "too-much-memory":
			return broken(end, "killed", `it took more than ${limits.memoryBytesMax} bytes of memory`);
		case "too-many-threads":
			return broken(end, "killed", `it had more than ${limits.threadsMax} threads at a time`);
	}
}

const inTime: Record<"start" | "idle" | "wall", (limits: ChildLimits) => string> = {
	start: ({ startMs = 0 }) => `it said nothing for ${startMs / 1_000} s after its start`,
	idle: ({ idleMs }) => `it said nothing for ${idleMs / 1_000} s`,
	wall: ({ wallMs }) => `it took longer than ${wallMs / 1_000} s`,
};

export function notStarted(why: string): Broken {
	return { kind: "broken", reason: "not-started", detail: why, ms: 0 };
}
