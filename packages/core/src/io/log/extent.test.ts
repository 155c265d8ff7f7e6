import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { aDraft } from "../../testing/a-draft.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { openFloor } from "../floor.ts";
import { logExtent } from "./extent.ts";

function aFloor() {
	const floor = openFloor({ stateDir: tempDir() });
	onTestFinished(() => floor.close());
	return floor;
}

test("an empty log has no head and no size", () => {
	expect(logExtent(aFloor())).toEqual({ head: undefined, bytes: 0, segments: 0 });
});

test("head and size span the sealed segments and the open one", async () => {
	const floor = aFloor();
	await floor.log.append([aDraft("one"), aDraft("two")]);
	const before = logExtent(floor);
	await floor.log.seal(0);
	await floor.log.append([aDraft("three")]);
	const after = logExtent(floor);
	expect(after).toMatchObject({ segments: 2, head: (await floor.log.verify()).head });
	expect(after.bytes).toBeGreaterThan(before.bytes);
});

test("lines that are no entries are passed over", async () => {
	const floor = aFloor();
	await floor.log.append([aDraft("one")]);
	appendFileSync(join(floor.stateDir, "experiment-log.jsonl"), "rubbish\n{ torn");
	expect(logExtent(floor).head).toEqual((await floor.log.verify()).head);
});
