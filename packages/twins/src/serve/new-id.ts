import { randomUUID } from "node:crypto";

/** As long as the APIs' own, and never twice: a resumed conversation may go on at another twin. */
const idChars = 24;

export function newId(prefix: string): string {
	return prefix + randomUUID().replaceAll("-", "").slice(0, idChars);
}
