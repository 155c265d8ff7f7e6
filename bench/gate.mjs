/**
 * What the gate costs: decisions against the plain way, judgements for a landing, a cycle without checks, the verdict on
 * an unchanged tree. On a project that is made here, with checks that really run.
 *
 * `node bench/gate.mjs` runs it alone, `--quick` with six changes instead of twenty.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findCommit } from "@shopfloor/gate";
import { cycle } from "./gate/cycle.mjs";
import { decisions, flows } from "./gate/decisions.mjs";
import { landing } from "./gate/landing.mjs";
import { openedOn, runner } from "./gate/opened.mjs";
import { partOf } from "./gate/parts.mjs";
import { pieces } from "./gate/pieces.mjs";
import { referenceOn } from "./gate/reference.mjs";
import { unchanged } from "./gate/unchanged.mjs";
import { scratch } from "./measure.mjs";
import { changesOf } from "./project/changes.mjs";
import { projectFiles } from "./project/project.mjs";
import { lockfileOf, makeRepository } from "./project/repository.mjs";
import { showTable } from "./table.mjs";

const seed = 1;
const quickly = ["refactor-a-view", "type-error", "shorten-texts", "one-too-few", "the-same-line", "describe-the-shop"];

export async function gate({ say, quick = false }) {
	const files = projectFiles({ seed, lockfile: lockfileOf(say) });
	const changes = changesOf(files);
	const about = { what: `a project of ${Object.keys(files).length} files`, figure: `checks run by ${runner.name}` };
	return [
		{ ...about, ratio: "", goals: [] },
		...(await landing({ say })),
		...(await onOneGate(say, files, changes)),
		...(await decided(say, files, quick ? changes.filter(({ name }) => quickly.includes(name)) : changes)),
	];
}

async function onOneGate(say, files, changes) {
	const { opened, repository } = await openedProject(say, files, changes);
	const rows = [
		...(await cycle({ say, opened, repository })),
		...(await pieces({ say, opened, changes })),
		...(await unchanged({ say, opened, tree: await treeOf(opened, changes[0].name) })),
	];
	await opened.floor.close();
	return rows;
}

/** Each flow with a repository and a floor of its own: nothing of it may be known yet. */
async function decided(say, files, changes) {
	const every = [];
	for (const _ of flows) every.push(await openedProject(say, files, changes));
	const [{ repository, installation }] = every;
	const gates = every.map(({ opened }) => opened.gate);
	const rows = await decisions({ say, gates, changes, reference: referenceOn(repository, installation) });
	for (const { opened } of every) await opened.floor.close();
	return rows;
}

async function openedProject(say, files, changes) {
	const repository = makeRepository(join(scratch(), "shop"), files, changes);
	const opened = await openedOn(repository);
	return { repository, opened, installation: await installed(say, opened) };
}

async function installed(say, { gate: { store, base } }) {
	const { install } = await partOf("dependencies/install");
	const options = { cacheDir: join(store.dir, "installations"), leases: store.leases, starts: say };
	return await install(store.git, (await base()).tree, options);
}

async function treeOf({ gate: { store } }, branch) {
	return await store.git.text(["rev-parse", `${await findCommit(store, branch)}^{tree}`]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
	showTable(await gate({ say: (line) => process.stderr.write(`${line}\n`), quick: process.argv.includes("--quick") }));
