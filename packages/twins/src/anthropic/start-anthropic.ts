import type { Script, ScriptFunction } from "../script/script.ts";
import type { Dialect } from "../serve/dialect.ts";
import { startTwin, type Twin, type TwinOptions } from "../serve/twin.ts";
import { refusal, streamError } from "./errors.ts";
import { understand } from "./understand.ts";

/** A twin of the Anthropic API. A client's base URL is its `url`, without `/v1`. */
export function startAnthropic(script: Script | ScriptFunction, options?: TwinOptions): Promise<Twin> {
	return startTwin(dialect, script, options);
}

const dialect: Dialect = {
	understand,
	refusal,
	// Claude Code tries every other one again, or 400 with other fields.
	unscriptedStatus: 403,
	ping: 'event: ping\ndata: {"type": "ping"}\n\n',
	streamError,
};
