import { plainAnswer } from "./bot-skill.ts";

/** What is said: the skill's words around what the action said. A parameter that was not taken is left out. */
export function fillAnswer(template: string, args: Readonly<Record<string, string>>, said: string): string {
	return template
		.split(plainAnswer)
		.map((words) =>
			words.replace(/\{([a-z]+)\}/g, (_, name: string) => (Object.hasOwn(args, name) ? (args[name] ?? "") : "")),
		)
		.map((words) => words.replace(/ {2,}/g, " ").replace(/ ([.,;:!?])/g, "$1"))
		.join(said)
		.trim();
}
