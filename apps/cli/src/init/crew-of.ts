/** Which roles the chosen agents serve: the keys `agents` and `roles` of the configuration. Pure. */
import { builtinAgent } from "@shopfloor/core";

export interface CrewSettings {
	readonly agents?: Readonly<Record<string, { readonly kind: string }>>;
	readonly roles?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Who plans and codes is asked in the person's order, so that a free one in front takes what it can. Reviewing and
 * testing need somebody who reads: the reviewer another than the coder, where there are two. The rest of the roles keep
 * what they have by default, which costs nothing.
 */
export function crewOf(names: readonly string[]): CrewSettings {
	const paid = names.filter((name) => name !== builtinAgent);
	const [first] = paid;
	const last = paid.at(-1);
	if (first === undefined || last === undefined) return {};
	const inOrder = names.length === 1 ? first : names;
	return {
		agents: Object.fromEntries(paid.map((name) => [name, { kind: name }])),
		roles: { planner: inOrder, coder: inOrder, reviewer: last, tester: first },
	};
}
