import { expect, test } from "vitest";
import { fakeClock } from "../testing/fake-clock.ts";
import { memoryFloor } from "../testing/memory-floor.ts";
import { mayBegin, writeMayBegin } from "./may-begin.ts";

test("everybody may begin until something else is said; then whoever is held or rests is told why", async () => {
	const { records } = memoryFloor(fakeClock());
	expect(await mayBegin(records, "ralph-1")).toBeUndefined();
	await writeMayBegin(records, { held: null, resting: ["ralph-2"] });
	expect(await mayBegin(records, "ralph-1")).toBeUndefined();
	expect(await mayBegin(records, "ralph-2")).toBe("ralph-2 rests: fewer sessions are to work at present");
	await writeMayBegin(records, { held: "memory is tight", resting: [] });
	expect(await mayBegin(records, "ralph-1")).toBe("memory is tight");
});
