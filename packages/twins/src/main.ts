/**
 * A twin by hand: `node main.js anthropic|openai --script turns.json [--port 0] [--log requests.jsonl]`. Its address is
 * the first line it prints; it serves until it is ended.
 */
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { startAnthropic } from "./anthropic/start-anthropic.ts";
import { startOpenai } from "./openai/start-openai.ts";
import { parseScript } from "./script/script.ts";
import type { Asked } from "./serve/asked.ts";
import type { Twin } from "./serve/twin.ts";

const servers = { anthropic: startAnthropic, openai: startOpenai } as const;

const usage = "Usage: main.js anthropic|openai --script turns.json [--port 0] [--log requests.jsonl]";

/** Some thousand requests of a program; by hand nobody reads more. */
const logBytesMax = 256 * 1024 * 1024;

await main();

async function main(): Promise<void> {
	const { positionals, values } = parseArgs({
		allowPositionals: true,
		options: { script: { type: "string" }, port: { type: "string", default: "0" }, log: { type: "string" } },
	});
	const [name = ""] = positionals;
	const port = Number(values.port);
	const start = Object.hasOwn(servers, name) ? servers[name as keyof typeof servers] : undefined;
	if (start === undefined || values.script === undefined || !Number.isInteger(port)) return fail([usage]);
	const script: unknown = JSON.parse(readFileSync(values.script, "utf8"));
	const parsed = parseScript(script);
	if (parsed.kind === "faulty") return fail(parsed.faults);
	const { turns, otherwise } = parsed;
	const { log } = values;
	const onRequest = (asked: Asked) => {
		if (log !== undefined) append(log, asked);
	};
	const twin = await start(otherwise ? { turns: [...turns], otherwise } : turns, { port, onRequest });
	process.stdout.write(`${twin.url}\n`);
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end(twin));
}

function append(log: string, asked: Asked): void {
	const bytes = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
	if (bytes < logBytesMax) appendFileSync(log, `${JSON.stringify(asked)}\n`);
}

/** What the program under it did wrong is worth a line at the end. */
async function end(twin: Twin): Promise<void> {
	await twin.close();
	for (const { kind, message } of twin.faults) process.stderr.write(`${kind}: ${message}\n`);
	process.exitCode = twin.faults.length === 0 ? 0 : 1;
}

function fail(lines: readonly string[]): void {
	for (const line of lines) process.stderr.write(`${line}\n`);
	process.exitCode = 2;
}
