/** What the bot says to the log about its own way to people. */
import { type DataOf, showDuration } from "@shopfloor/core";

type Alert = DataOf<"alert">;

export function noToken(): Alert {
	return {
		code: "telegram-no-token",
		severity: "warning",
		subject: "moltbot",
		message: "the bot has no token, so nobody can reach it: npx shopfloor telegram setup asks for one",
	};
}

interface Trouble {
	readonly kind: "conflict" | "unauthorised" | "unreachable";
	readonly why: string;
	readonly forMs: number;
}

/** Each goes on being tried. */
export function troubled({ kind, why, forMs }: Trouble): Alert {
	return {
		code: `telegram-${kind}`,
		severity: kind === "unreachable" ? "warning" : "error",
		subject: "moltbot",
		message: `${whatIs(kind, forMs)} Telegram says: ${why}`.slice(0, 2_000),
	};
}

function whatIs(kind: Trouble["kind"], forMs: number): string {
	switch (kind) {
		case "conflict":
			return `another program has been receiving with the bot's token for ${showDuration(forMs)}. End it, or make a new token (npx shopfloor telegram setup); it is tried again every minute.`;
		case "unauthorised":
			return "the bot's token is not taken. npx shopfloor telegram setup asks for another one, which is used within a minute.";
		case "unreachable":
			return `Telegram cannot be reached for ${showDuration(forMs)}; it is tried again every minute.`;
	}
}

export function recovered(kind: Trouble["kind"], forMs: number): Alert {
	return {
		code: "telegram-back",
		severity: "note",
		subject: "moltbot",
		message: `the bot is connected again, after ${showDuration(forMs)} (${kind})`,
	};
}

export function refused(chat: number, why: string): Alert {
	return {
		code: "telegram-refused",
		severity: "warning",
		subject: `telegram:${chat}`,
		message: `Telegram does not deliver to telegram:${chat}: ${why}`.slice(0, 2_000),
	};
}

export function skillTroubles(troubles: readonly { readonly skill: string; readonly what: string }[]): Alert {
	const all = troubles.map(({ skill, what }) => `${skill}: ${what}`).join("; ");
	return {
		code: "bot-skill-trouble",
		severity: "warning",
		subject: "moltbot",
		message: `some of the bot's skills are left out: ${all}`.slice(0, 2_000),
	};
}
