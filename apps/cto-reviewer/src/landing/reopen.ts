/** What was taken back is asked for again. The log says what that was, also to whoever comes after a death. */
import type { Change, Draft } from "@shopfloor/core";
import { openChanges } from "../moves.ts";
import type { Site } from "../site.ts";

/** More than one look takes back. */
const revertsLookedAt = 200;

export async function reopen({ world }: Site, since: string): Promise<void> {
	const { floor, name } = world;
	const entries = await floor.log.last(revertsLookedAt, { type: ["change_reverted"], by: name, since });
	const changes = await openChanges(world);
	const drafts = entries.flatMap((entry): Draft[] => {
		if (entry.type !== "change_reverted") return [];
		const change = changes.find(({ id }) => id === entry.data.change);
		return change === undefined ? [] : [requestFor(name, change, entry.data.reason)];
	});
	await floor.log.append(drafts);
}

function requestFor(by: string, { id, title, files }: Change, reason: string): Draft {
	const detail = `It landed as ${id} and was taken back. ${reason}`;
	const key = `reopen:${id}`;
	return {
		type: "task_requested",
		by,
		id: key,
		data: { title, detail, source: by, key, ...(files === undefined ? {} : { files }) },
	};
}
