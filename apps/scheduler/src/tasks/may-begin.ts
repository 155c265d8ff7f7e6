/** Whether sessions may begin work of their own, for all to read. Pure. */
import type { MayBegin } from "@shopfloor/core/io";
import { holdOf } from "./hold.ts";
import { mayNotBegin } from "./messages.ts";
import { activeSessions } from "./pace.ts";
import type { HoldKind } from "./remembered.ts";
import { roomNow } from "./room.ts";
import type { Sight } from "./sight.ts";

export function mayBeginNow(sight: Sight): MayBegin {
	const { sessions, remembered, memoryShare, quiet } = sight;
	const kind: HoldKind | undefined = holdOf(sight)?.kind ?? (roomNow(sight) < 1 ? "room" : undefined);
	const active = activeSessions(sight, remembered, remembered.found);
	return {
		held: kind === undefined ? null : mayNotBegin(kind, memoryShare, quiet),
		resting: sessions.filter((name) => !active.includes(name)),
	};
}
