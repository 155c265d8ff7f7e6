import type { Script, ScriptFunction } from "../script/script.ts";
import type { Dialect } from "../serve/dialect.ts";
import { startTwin, type Twin, type TwinOptions } from "../serve/twin.ts";
import { refusal, streamError } from "./errors.ts";
import { understand } from "./understand.ts";

/** A twin of the OpenAI Responses API. A client's base URL is its `url` and `/v1`. */
export function startOpenai(script: Script | ScriptFunction, options?: TwinOptions): Promise<Twin> {
	return startTwin(dialect, script, options);
}

const dialect: Dialect = {
	understand,
	refusal,
	// The one status that Codex does not try again.
	unscriptedStatus: 400,
	ping: ": keep-alive\n\n",
	streamError,
};
