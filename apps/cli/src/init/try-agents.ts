/** Whether agents answer, found out in the only way there is: each is asked for one word. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answered, Crew } from "@shopfloor/agents";
import { isShopfloorError } from "@shopfloor/core/io";
import { openCrewFor } from "../agent/crew.ts";
import type { Context } from "../context.ts";
import { changingFloor } from "../with-floor.ts";

export interface Tried {
	readonly agent: string;
	readonly answers: boolean;
	readonly says: string;
	readonly usd: number;
}

/** As they are configured, in their sandbox and within the budget. */
export async function tryAgents(context: Context, names: readonly string[]): Promise<Tried[]> {
	if (names.length === 0) return [];
	return await changingFloor(context, async (floor) => {
		let crew: Crew;
		try {
			crew = await openCrewFor(context, floor, { session: "by-hand", sandbox: true });
		} catch (error) {
			if (!isShopfloorError(error, "no-sandbox")) throw error;
			return names.map((agent) => ({ agent, answers: false, says: `not asked: ${error.message}`, usd: 0 }));
		}
		const cwd = mkdtempSync(join(tmpdir(), "shopfloor-try-"));
		try {
			const tried: Tried[] = [];
			for (const agent of names) {
				context.note(`asking ${agent} for one word…`);
				tried.push(triedBy(agent, await crew.ask({ ...question, agent, cwd, signal: context.interruption() })));
			}
			return tried;
		} finally {
			await crew.close();
			rmSync(cwd, { recursive: true, force: true });
		}
	});
}

const question = {
	role: "scribe",
	prompt: "This only asks whether you can be reached. Answer with the single word: ready",
	access: "none",
	limits: { usd: 0.25, wallMs: 2 * 60_000 },
	show() {},
} as const;

export function triedBy(agent: string, answered: Answered): Tried {
	if (answered.kind === "nobody")
		return { agent, answers: false, says: answered.reasons.map(({ why }) => why).join("; "), usd: 0 };
	const { outcome, usd } = answered;
	if (outcome.kind === "done") return { agent, answers: true, says: "it answers", usd };
	return { agent, answers: false, says: `${outcome.kind}: ${outcome.detail}`, usd };
}
