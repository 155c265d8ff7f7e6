/** What a person can do about what is wrong: the command of each step works as it stands. Pure. */
import { showBytes } from "@shopfloor/core";
import type { Need } from "@shopfloor/core/person";
import { invocation } from "../examples.ts";

export interface NextStep {
	readonly why: string;
	readonly do: string;
}

/** A command as it is to be typed to reach the PM2 that looks after the factory's processes. */
export type InPm2 = (command: string) => string;

export function nextSteps(needs: readonly Need[], inPm2: InPm2): NextStep[] {
	return needs.map((need) => stepFor(need, inPm2));
}

function stepFor(need: Need, inPm2: InPm2): NextStep {
	const start = inPm2("npm start");
	switch (need.kind) {
		case "unconfigured":
			return { why: "no repository to work on is configured", do: `${invocation} init` };
		case "faulty-config": {
			const faults = need.faults === 1 ? "a fault" : `${need.faults} faults`;
			return {
				why: `the configuration has ${faults}; no process starts with it`,
				do: `${invocation} config check`,
			};
		}
		case "down":
			return { why: "no process runs", do: start };
		case "gone":
			return { why: `${are(need.processes, "gone")}; if PM2 does not bring it back`, do: start };
		case "parked":
			return { why: `${are(need.processes, "parked")} until you say so`, do: start };
		case "last-words":
			return { why: `what ${need.process} said last`, do: `${invocation} log --by ${need.process}` };
		case "off":
			return { why: are(need.processes, "not running"), do: start };
		case "silent": {
			const [first = ""] = need.processes;
			return { why: `${first} hangs, or does something long`, do: inPm2(`npx pm2 logs ${first}`) };
		}
		case "held": {
			const { scope, how } = need;
			const all = scope === "all";
			return { why: `${all ? "everything" : scope} is ${how}`, do: `${invocation} resume${all ? "" : ` ${scope}`}` };
		}
		case "memory":
			return { why: "memory is tight", do: "end what else runs on this machine, or lower sessions" };
		case "disk":
			return { why: `only ${showBytes(need.freeBytes)} of disk are free`, do: "make room" };
	}
}

function are(names: readonly string[], what: string): string {
	return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} ${what}`;
}
