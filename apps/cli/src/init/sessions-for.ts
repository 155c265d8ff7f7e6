/** How many coders a machine has room for. Pure. */
import { showBytes } from "@shopfloor/core";
import { counted } from "../counted.ts";
import type { Suggestion } from "./settle.ts";

export interface Machine {
	readonly cores: number;
	/** Of a container, what it may take. */
	readonly memoryBytes: number;
}

export function sessionsFor({ cores, memoryBytes }: Machine): Suggestion {
	const room = Math.min(cores, Math.floor(memoryBytes / bytesEach));
	const count = Math.max(1, Math.min(room, sessionsMost));
	const has = `this machine has ${counted(cores, "core")} and ${showBytes(memoryBytes)}`;
	const rule = `an agent with its checks takes about one core and ${showBytes(bytesEach)}`;
	const bound = room < 1 ? "; less than one there cannot be" : room > sessionsMost ? "; more of them seldom help" : "";
	return { word: String(count), why: `${has}, and ${rule}${bound}` };
}

/** A coding agent, a compiler and a test runner on a project of middle size. */
const bytesEach = 1.5 * 2 ** 30;
/** Beyond that their changes meet more often than they help, and the money goes faster than a person reads. */
const sessionsMost = 8;
