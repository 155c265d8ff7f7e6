/**
 * The process dies at every named point of every story, at the first visit, and at all of them with
 * `SHOPFLOOR_THOROUGH=1`. Nothing that it had promised may be gone.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectWhole, stage, stories } from "../testing/crash-stories.ts";
import { inParallel } from "../testing/in-parallel.ts";
import { expectQuick } from "../testing/quickly.ts";
import { isThorough } from "../testing/sampled.ts";

const visited = new Set<string>();

describe("a process that dies at a crash point loses nothing and leaves nothing, while", () => {
	test.each(Object.entries(stories))("%s", { timeout: 60_000 }, async (_name, story) => {
		const { visits, begin } = await stage(story);
		await inParallel(story.slow ? 12 : 2, everyVisit(visits), async ({ point, visit }) => {
			const death = `${point}@${visit}`;
			// The next one is served at once, unless the story is about one that has to be waited for.
			await expectQuick(story.slow ? Number.POSITIVE_INFINITY : 1_000, async () => {
				const { stateDir, program } = begin(`crash.mjs?how=kill&at=${death}`);
				const { code, signal } = await program.ended;
				// How often a point is visited depends on how quick the disk is; that it is visited does not.
				if (visit === 1) expect(signal, death).toBe("SIGKILL");
				else expect(code ?? signal, death).toBeOneOf(["SIGKILL", 0]);
				return await expectWhole(stateDir, program.said).catch((cause) => {
					throw new Error(`after dying at ${death}: ${cause.message}`, { cause });
				});
			});
		});
		for (const point of visits.keys()) visited.add(point);
	});

	test("every crash point in the sources was one of them", () => {
		const named = sources(import.meta.dirname).flatMap((path) =>
			[...readFileSync(path, "utf8").matchAll(/crashAt\("([^"]+)"\)/g)].map(([, point]) => point),
		);
		expect([...visited].sort()).toEqual([...new Set(named)].sort());
	});
});

function everyVisit(visits: ReadonlyMap<string, number>): { point: string; visit: number }[] {
	return [...visits].flatMap(([point, count]) =>
		Array.from({ length: count }, (_, index) => ({ point, visit: index + 1 })).filter(
			({ visit }) => isThorough || visit === 1,
		),
	);
}

function sources(dir: string): string[] {
	return readdirSync(dir, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
		.map((name) => join(dir, name));
}
