/** Step seven: the target gets the branch, and the reviewer a change to decide about. Each part may be done twice. */
import type { Change } from "@shopfloor/core";
import { crashAt, instant, type World } from "@shopfloor/core/io";
import { sendBranch } from "@shopfloor/gate";
import type { Cycling } from "./cycling.ts";
import type { Good } from "./evaluate.ts";
import type { Site } from "./site.ts";

export async function pushChange(site: Site, cycling: Cycling, { evaluation, reason, after }: Good): Promise<void> {
	const { gate, floor, world, signal, show } = site;
	const { commit = "", branch: wanted = "", task, title = "" } = cycling.now;
	await cycling.step("push", { files: pathsOf(evaluation), after });
	crashAt("cycle.push.before");
	const { branch, unsent } = await sendBranch(gate.store, { branch: wanted, commit }, signal);
	if (unsent !== undefined) show(`the branch ${branch} is not at the target yet: ${unsent}`);
	const id = `c-${commit.slice(0, 12)}`;
	const now = instant(world.clock.now());
	const change: Change = {
		id,
		status: "pending",
		session: world.name,
		task,
		branch,
		commit,
		base: evaluation.base.commit,
		title,
		created: now,
		changed: now,
		attempts: 0,
		files: pathsOf(evaluation),
		size: { added: evaluation.size.added, removed: evaluation.size.removed },
		usd: cycling.usd,
		reasons: [],
	};
	crashAt("cycle.queue.before");
	await floor.reviews.update((queue) =>
		queue.changes.some((known) => known.id === id) ? queue : { changes: [...queue.changes, change] },
	);
	crashAt("cycle.queue.after");
	await tellChange(world, change);
	await cycling.end("pushed", reason, { change: id, branch });
	show(`pushed ${branch} for review: ${title}`);
}

/** Names as an entry takes them; a longer one is not claimed by anybody. */
function pathsOf({ paths }: Good["evaluation"]): string[] {
	return paths.filter((path) => path.length <= pathMax).slice(0, filesMax);
}

const pathMax = 500;

/** Of one that stands in the queue already: whoever put it there died before it said so. */
export async function tellPushed(world: World, cycling: Cycling, change: Change): Promise<void> {
	await tellChange(world, change);
	await cycling.end("pushed", "it was with the reviewer already", { change: change.id, branch: change.branch });
}

async function tellChange({ floor, name }: World, { id, task, branch, commit, base }: Change): Promise<void> {
	const data = { change: id, task, session: name, branch, commit, base };
	await floor.log.append([{ type: "change_pushed", by: name, id: `pushed:${id}`, data }]);
}

/** What an entry takes. */
const filesMax = 500;
