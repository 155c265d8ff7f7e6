import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { sinceLast } from "./since-last.ts";

test("a call of a conversation is charged what was added; one that is counted anew, all of it", async () => {
	const dir = join(tempDir(), "counted");
	const since = (usd: number, cumulative = true, id = "one") => sinceLast(dir, id, { usd }, cumulative);
	expect(await since(0.5)).toEqual({ usd: 0.5 });
	expect(await since(0.75)).toEqual({ usd: 0.25 });
	expect(await since(0.75, true, "two")).toEqual({ usd: 0.75 });
	expect(await since(0.25)).toEqual({ usd: 0.25 });
	expect(await since(0.5, false)).toEqual({ usd: 0.5 });
});
