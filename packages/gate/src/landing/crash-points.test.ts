/**
 * GIT-02, MRG-04: the process dies at every point of every story at which its death leaves something else, before and
 * after each git command too. The next one completes or undoes it. The first death at each point is taken and an eighth
 * of the others, and all of them with `SHOPFLOOR_THOROUGH=1`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inParallel, isThorough, sampled } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { stage, stories } from "../testing/crash-stories.ts";
import { openSite } from "../testing/open-site.ts";

type Death = readonly [point: string, visit: number];

const swept = new Set<string>();

describe("a process that dies in the middle leaves what the next one completes or undoes, of", () => {
	test.each(Object.entries(stories))("%s", { timeout: 120_000 }, async (_name, story) => {
		const { points, deaths, begin } = await stage(story);
		expect(deaths).not.toEqual([]);
		// A point that never leaves anything else than the one before it is died at in the first story that visits it.
		const firsts = new Set(sampled(deaths, ([point]) => point));
		const isChosen = (death: Death, index: number) =>
			isThorough || index % 8 === 0 || (firsts.has(death) && !swept.has(death[0]));
		const chosen = deaths.filter(isChosen);
		const sameDeaths = points.filter((name) => !swept.has(name) && !deaths.some(([point]) => point === name));
		await inParallel(2, [...chosen, ...sameDeaths.map((point) => [point, 1] as const)], async ([point, visit]) => {
			const { dir, program } = begin(`crash.mjs?how=kill&at=${point}@${visit}`);
			const { signal } = await program.ended;
			expect(signal, `${point}@${visit}`).toBe("SIGKILL");
			const site = await openSite(dir);
			try {
				await story.after(site, dir, program.said);
			} catch (cause) {
				throw new Error(`after dying at ${point}@${visit}: ${(cause as Error).message}`, { cause });
			} finally {
				await site.close();
			}
			swept.add(point);
		});
	});

	test("every crash point in the sources was one of them", () => {
		const named = sources(join(import.meta.dirname, "..")).flatMap((path) =>
			[...readFileSync(path, "utf8").matchAll(/crashAt\("([^"]+)"\)/g)].map(([, point]) => point),
		);
		expect([...swept].sort()).toEqual([...new Set(named)].sort());
	});
});

function sources(dir: string): string[] {
	return readdirSync(dir, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
		.map((name) => join(dir, name));
}
