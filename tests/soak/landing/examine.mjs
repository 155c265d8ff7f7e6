/** What must hold after it: the history, the log, the files and the folders agree with what was told, change by change. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { leftovers, sweep } from "@shopfloor/core/io";
import { examineStore } from "../../../packages/gate/dist/git/store.js";
import { audit } from "../../../packages/gate/dist/landing/audit.js";
import { journalOf } from "../../../packages/gate/dist/landing/journal.js";
import { openSite } from "../../../packages/gate/dist/testing/open-site.js";

export async function examine(dir, project, { results }, judgedBy) {
	const site = await openSite(dir, undefined, judgedBy === "checks" ? "checks-anew" : judgedBy);
	const audited = await audit(site, { replay: site.judge });
	const { pending } = (await journalOf(site).read()).value;
	const logged = [];
	for await (const { type, data } of site.log.read(1)) if (type === "change_landed") logged.push(data.change);
	const broken = await examineStore(site.store).then(
		() => [],
		(error) => [error.message],
	);
	await site.close();
	sweep(leftovers(join(dir, "state")));
	const history = inHistory(project);
	const faults = [
		...audited.faults.map(({ subject, what }) => `${subject}: ${what}`),
		...(pending === null ? [] : [`the landing of ${pending.to} is neither finished nor given up`]),
		...broken,
		...twice(history).map((id) => `${id} is twice in the history`),
		...twice(logged).map((id) => `${id} landed twice in the log`),
		...differences("in the history", history, "in the log", logged),
		...wrongFates(project, results, new Set(history)),
		...wrongFiles(project, new Set(history)),
		...leftBehind(dir),
	];
	const fsck = project.git("fsck", "--no-dangling", "--no-progress");
	if (fsck !== "") faults.push(`fsck of the project: ${fsck}`);
	const status = project.git("status", "--porcelain");
	if (status !== "") faults.push(`the person's checkout is not clean: ${status}`);
	return { looked: audited.looked, ours: audited.ours, replayed: audited.replayed, landed: history.length, faults };
}

function inHistory(project) {
	const format = "--format=%cn%x09%(trailers:key=Branch,valueonly,separator=%x2c)";
	const lines = project.git("log", "--no-merges", format, "main").split("\n");
	return lines.flatMap((line) => /^Shopfloor\t(.+)$/.exec(line)?.[1] ?? []);
}

function twice(names) {
	const met = new Set();
	return names.filter((name) => met.size === met.add(name).size);
}

function differences(here, one, there, other) {
	const missing = (from, where, not) =>
		where.filter((name) => !from.includes(name)).map((name) => `${name} is ${not[0]} and not ${not[1]}`);
	return [...missing(other, one, [here, there]), ...missing(one, other, [there, here])];
}

/** Good ones land, bad ones never; of a pair one lands, and which of the two is nobody's business. */
function wrongFates({ changes }, results, landed) {
	return [...changes.values()].flatMap(({ id, kind, pairedWith }) => {
		const told = results.get(id);
		if (told === undefined) return [];
		const both = kind === "pair" && pairedWith !== undefined && landed.has(id) && landed.has(pairedWith);
		return [
			...(kind === "good" && !landed.has(id) ? [`${id} is good, and was told ${told}, and did not land`] : []),
			...(kind === "bad" && landed.has(id) ? [`${id} is bad, and landed`] : []),
			...(both ? [`${pairedWith} and ${id} are bad together, and both landed`] : []),
			...(told === "landed" && !landed.has(id) ? [`${id} was told to have landed, and is not there`] : []),
			...(told !== "landed" && landed.has(id) ? [`${id} was told ${told}, and landed`] : []),
		];
	});
}

function wrongFiles(project, landed) {
	const files = project.git("ls-tree", "-r", "--name-only", "main").split("\n");
	const sentinels = new Set(files.flatMap((path) => /^landed\/(.+)\.txt$/.exec(path)?.[1] ?? []));
	const persons = files.filter((path) => path.startsWith("persons/")).length;
	return [
		...[...landed].filter((id) => !sentinels.has(id)).map((id) => `${id} landed, and its file is gone`),
		...[...sentinels].filter((id) => !landed.has(id)).map((id) => `the file of ${id} is there, and it did not land`),
		...(persons === project.byPersons() ? [] : [`${persons} commits of persons are there, of ${project.byPersons()}`]),
	];
}

function leftBehind(dir) {
	const names = readdirSync(dir, { recursive: true }).filter((name) => !name.startsWith("state/locks/"));
	return names
		.filter((name) => /\.lock$|\.tmp$|passing-index|store\.git\./.test(name) || /^tmp\/./.test(name))
		.map((name) => `${name} was left behind`);
}
