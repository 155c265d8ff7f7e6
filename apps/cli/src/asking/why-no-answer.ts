/** Why there is no answer yet, and what to do. Pure. */
import { oneLine } from "@shopfloor/core";
import type { Answerer, Presence } from "@shopfloor/core/person";
import { invocation, startCommand } from "../examples.ts";

export function whyNoAnswer(presence: Presence, { name }: Answerer): string[] {
	switch (presence.kind) {
		case "away":
			return [`${name} does not run. The request is written down, and done as soon as it runs: ${startCommand}`];
		case "held": {
			const whole = presence.scope === "all";
			const subject = whole ? "The factory" : oneLine(presence.scope);
			const resume = `${invocation} resume${whole ? "" : ` ${oneLine(presence.scope)}`}`;
			return [
				`${subject} is ${presence.how}: ${oneLine(presence.reason)}`,
				`The request is written down, and done when it goes on: ${resume}`,
			];
		}
		case "there":
			return [`${name} has not answered yet. The request is written down, and done in one of its next turns.`];
	}
}
