/** What the parts of the bot share while it is connected. */
import type { FactoryState } from "@shopfloor/core";
import type { Ledger, World } from "@shopfloor/core/io";
import type { SkillSet } from "@shopfloor/skills";
import type { Background } from "./background.ts";
import type { Outbox } from "./chat/outbox.ts";
import type { Chat } from "./chat/port.ts";
import type { Memory } from "./memory.ts";
import type { BotAgent } from "./skills/agent.ts";

export interface Site {
	readonly world: World;
	readonly chat: Chat;
	readonly outbox: Outbox;
	readonly memory: Ledger<Memory>;
	readonly skills: SkillSet;
	/** The factory as far as the log was followed. */
	readonly view: { state: FactoryState };
	readonly timeZone: string;
	readonly ended: AbortSignal;
	readonly background: Background;
	/** Whoever is asked about words that no skill understands. */
	readonly agent: BotAgent | undefined;
}
