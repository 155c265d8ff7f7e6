/** One request of one person, as the verbs see it. */
import type { FactoryState } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";
import type { Person } from "@shopfloor/core/person";
import type { SkillSet } from "@shopfloor/skills";
import type { Outgoing } from "../chat/port.ts";
import type { Times } from "../times.ts";

export interface Scene {
	readonly world: World;
	/** With an id: what they ask for is done once, however often the same update comes. */
	readonly person: Person;
	readonly chat: number;
	readonly times: Times;
	readonly skills: SkillSet;
	/** As far as the log was followed: what only says who is there need not fold it anew. */
	readonly state: FactoryState;
}

/** `shows`: the question that it puts, by the key of its buttons. */
export type Say = Outgoing & { readonly shows?: string };

export type Args = Readonly<Record<string, string>>;

export interface Verb {
	/** From what stands behind the command to what free words would have been understood as. */
	parse(words: string): Args;
	run(scene: Scene, args: Args): Promise<readonly Say[]>;
}
