import { expect, onTestFinished, test } from "vitest";
import { aDraft, draftOf, messages } from "../../testing/a-draft.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { instant } from "../clock.ts";
import { openFloor } from "../floor.ts";

const hourMs = 3_600_000;

test("what was written since an instant is found behind entries that a clock set back dates earlier", async () => {
	const { log, clock } = aLog();
	await log.append([aDraft("long before")]);
	clock.jump(2 * hourMs);
	const since = instant(clock.now());
	await log.append([aDraft("before"), aDraft("too")]);
	clock.jump(-hourMs);
	await log.append([aDraft("set back")]);
	await log.append(Array.from({ length: 999 }, () => draftOf("resumed", { scope: "all" })));
	clock.jump(hourMs);
	await log.append([aDraft("after")]);
	expect(messages(await log.last(10, { since }))).toEqual(["before", "too", "after"]);
	expect(messages(await log.last(10, { since, type: ["alert"] }))).toEqual(["before", "too", "after"]);
});

test("behind a long run of older entries nobody looks", async () => {
	const { log, clock } = aLog();
	const since = instant(clock.now());
	await log.append([aDraft("before")]);
	clock.jump(-hourMs);
	await log.append(Array.from({ length: 1_001 }, () => draftOf("resumed", { scope: "all" })));
	expect(await log.last(10, { since })).toEqual([]);
});

function aLog() {
	const clock = fakeClock();
	const floor = openFloor({ stateDir: tempDir(), clock });
	onTestFinished(() => floor.close());
	return { log: floor.log, clock };
}
