/** How long a role may take, where nobody says otherwise. Who writes code runs tests meanwhile; who only reads does not. */
import type { Limits, Role } from "../port/job.ts";

const minute = 60_000;

const working: Omit<Limits, "usd"> = { startMs: 3 * minute, idleMs: 15 * minute, wallMs: 60 * minute, turns: 150 };
const reading: Omit<Limits, "usd"> = { startMs: 3 * minute, idleMs: 5 * minute, wallMs: 15 * minute, turns: 40 };

export function limitsFor(role: Role, usd: number): Limits {
	return { ...(role === "coder" || role === "tester" ? working : reading), usd };
}
