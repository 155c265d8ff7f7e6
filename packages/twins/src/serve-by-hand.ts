/** `main.js anthropic|openai --script turns.json [--port 0] [--log requests.jsonl]`. */
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { startAnthropic } from "./anthropic/start-anthropic.ts";
import { startOpenai } from "./openai/start-openai.ts";
import { parseScript } from "./script/script.ts";
import type { Asked } from "./serve/asked.ts";
import type { Twin } from "./serve/twin.ts";

export type Served =
	| { readonly kind: "serving"; readonly twin: Twin }
	/** Nothing was started; the lines say why. */
	| { readonly kind: "refused"; readonly lines: readonly string[] };

export async function serveByHand(args: readonly string[]): Promise<Served> {
	const read = readArguments(args);
	if (read === undefined) return { kind: "refused", lines: [usage] };
	const { start, path, port, log } = read;
	const data = readJson(path);
	if ("why" in data) return { kind: "refused", lines: [data.why] };
	const parsed = parseScript(data.json);
	if (parsed.kind === "faulty") return { kind: "refused", lines: parsed.faults.map((fault) => `${path}: ${fault}`) };
	const { turns, otherwise } = parsed;
	const script = otherwise === undefined ? turns : { turns: [...turns], otherwise };
	const onRequest = (asked: Asked) => {
		if (log !== undefined) append(log, asked);
	};
	try {
		return { kind: "serving", twin: await start(script, { port, onRequest }) };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
		return { kind: "refused", lines: [`Port ${port} is taken. Without --port, a free one is found.`] };
	}
}

const usage = `Usage: main.js anthropic|openai --script turns.json [--port 0] [--log requests.jsonl]
       main.js telegram [--port 0] [--people ana,max]`;

function readArguments(args: readonly string[]) {
	const options = { script: { type: "string" }, port: { type: "string" }, log: { type: "string" } } as const;
	const { positionals, values, tokens } = parseArgs({
		args: [...args],
		allowPositionals: true,
		strict: false,
		tokens: true,
		options,
	});
	const isKnown = tokens.every((token) => token.kind !== "option" || Object.hasOwn(options, token.name));
	const { script, log, port = "0" } = values;
	const [name] = positionals;
	const start = name === "anthropic" ? startAnthropic : name === "openai" ? startOpenai : undefined;
	const isPort = typeof port === "string" && /^\d{1,5}$/.test(port);
	if (!isKnown || start === undefined || !isPort || typeof script !== "string" || typeof log === "boolean") {
		return undefined;
	}
	return { start, path: script, port: Number(port), log };
}

function readJson(path: string): { readonly json: unknown } | { readonly why: string } {
	try {
		return { json: JSON.parse(readFileSync(path, "utf8")) as unknown };
	} catch (error) {
		if (error instanceof SyntaxError) return { why: `${path} is no JSON: ${error.message}` };
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === undefined) throw error;
		return { why: `${path} cannot be read: ${message}` };
	}
}

/** Some thousand requests of a program; by hand nobody reads more. */
const logBytesMax = 256 * 1024 * 1024;

function append(log: string, asked: Asked): void {
	const bytes = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
	if (bytes < logBytesMax) appendFileSync(log, `${JSON.stringify(asked)}\n`);
}
