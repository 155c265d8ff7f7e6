/** A store in a state directory of the test's own, on real leases. */
import { openFloor } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { onTestFinished } from "vitest";
import { fetch, openStore, type Store } from "../git/store.ts";
import { findTarget } from "../git/target.ts";

export async function aStore(where: string, stateDir = tempDir()): Promise<Store> {
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	const store = await openStore(stateDir, await findTarget(where, "/"), floor.leases);
	await fetch(store);
	return store;
}
