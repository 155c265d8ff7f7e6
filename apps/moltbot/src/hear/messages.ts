/** What is said to whoever writes, besides the answers of the commands. Pure. */
import { type DataOf, showDuration } from "@shopfloor/core";
import { block, bold, lines, quoted, type Rich, rich } from "../chat/rich.ts";
import type { Times } from "../times.ts";

/** All that a stranger ever reads. */
export function code(word: string, expires: string, times: Times): Rich {
	return lines(
		rich("I do not know you. Your code is ", quoted(word), `, until ${times.clock(expires)}.`),
		rich("Whoever runs the factory lets you in on its machine: ", quoted(`npx shopfloor telegram approve ${word}`)),
	);
}

export function stale(count: number, last: string, ageMs: number): Rich {
	const what = count === 1 ? "A message of yours is" : `${count} messages of yours are`;
	return lines(
		`${what} from before I was back, and nothing was done about ${count === 1 ? "it" : "them"}.`,
		rich(`The ${count === 1 ? "message" : "last"}, ${showDuration(ageMs)} ago: `, quoted(last)),
		"Send again what still holds.",
	);
}

export function unknownCommand(name: string, meant: string | undefined): Rich {
	const hint = meant === undefined ? "/help lists what there is." : `Did you mean /${meant}?`;
	return rich("There is no command ", quoted(`/${name}`), `. ${hint}`);
}

export function onlyWords(): Rich {
	return rich("I read words only.");
}

export function notUnderstood(): Rich {
	return lines(
		"I do not understand that, and did nothing.",
		"It is noted, so that I may learn it. /help lists what I know.",
	);
}

export function didYouMean(): Rich {
	return rich("Did you mean one of these?");
}

/** Before something that changes anything is done because of free words. */
export function shallI(command: string): Rich {
	return rich("Shall I do this: ", quoted(command), "?");
}

export const labels = { yes: "Yes", no: "No", none: "None of these", wrong: "Not what I meant" } as const;

export function chosen(command: string): Rich {
	return rich(quoted(command));
}

export function notChosen(): Rich {
	return rich("Then I did nothing.");
}

export function notMeant(): Rich {
	return lines(
		"Then I misunderstood you.",
		"It is noted, so that I may learn it. Say it with a command: /help lists them.",
	);
}

/** Of a model: its words, and whose they are. */
export function replied(words: string, agent: string): Rich {
	return lines(block(words), `– ${agent}`);
}

export function cannotWrite(why: string): Rich {
	return lines(
		bold("Nothing was done"),
		rich("The factory cannot write it down at the moment: ", quoted(why)),
		"Say it again later.",
	);
}

export function failed(): Rich {
	return rich("Something went wrong on my side. It is in the log, as an alert; /status shows what holds.");
}

export function handlerFailed(what: string): DataOf<"alert"> {
	return {
		code: "bot-failed",
		severity: "warning",
		subject: "moltbot",
		message: `a message on Telegram could not be answered: ${what}`.slice(0, 2_000),
	};
}
