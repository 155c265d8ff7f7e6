import { botAction } from "@shopfloor/skills";
import * as say from "./messages.ts";
import type { Verb } from "./scene.ts";

export const help: Verb = {
	parse: (words) => ({ command: words.replace(/^\//, "").toLowerCase() }),
	async run(_scene, { command = "" }) {
		const action = botAction(command);
		return [{ text: action === undefined ? say.helpAll() : say.helpOn(action.name) }];
	},
};
