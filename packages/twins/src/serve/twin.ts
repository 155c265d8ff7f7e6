/** A twin: a model's API on a port of this machine, answering from a script. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { choosingFrom, type Wanted } from "../script/matching.ts";
import { parseScript, type Script, type ScriptFunction } from "../script/script.ts";
import type { Turn } from "../script/turn.ts";
import { type Asked, askedBy, type Fault } from "./asked.ts";
import type { Dialect } from "./dialect.ts";
import { readBody } from "./read-body.ts";
import { sendReply, sendTurn } from "./send.ts";

export interface Twin {
	/** Without a slash at the end. */
	readonly url: string;
	/** What was asked, in order; the last ones, where there are too many. */
	readonly requests: readonly Asked[];
	/** The rules that were broken and the requests without a turn. A test of a program asserts that there are none. */
	readonly faults: readonly Fault[];
	/** Cuts what is open. */
	close(): Promise<void>;
}

export interface TwinOptions {
	/** Any free one, if not given. */
	readonly port?: number;
	/** Called with each request, before it is answered. */
	readonly onRequest?: (asked: Asked) => void;
}

/** Throws an Error that names every fault of the script. */
export async function startTwin(
	dialect: Dialect,
	script: Script | ScriptFunction,
	{ port = 0, onRequest }: TwinOptions = {},
): Promise<Twin> {
	const choose = chooserFor(script);
	const requests: Asked[] = [];
	const faults: Fault[] = [];
	let turns = 0;

	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const text = await readBody(request);
		if (text === undefined) return sendReply(response, dialect.refusal(tooLarge));
		const asked = askedBy(request, text);
		keep(requests, asked);
		onRequest?.(asked);
		const understood = dialect.understand(asked);
		if (understood.kind === "reply") return sendReply(response, understood.reply);
		if (understood.kind === "faulty") {
			for (const { message } of understood.faults) keep(faults, { kind: "protocol", message, path: asked.path });
			return sendReply(response, dialect.refusal(understood.faults[0]));
		}
		const wanted = { ...understood.wanted, number: turns++, body: asked.body };
		const turn = choose(wanted);
		if (turn !== undefined) return sendTurn(response, dialect, understood, turn);
		const message = unscripted(wanted);
		keep(faults, { kind: "unscripted", message, path: asked.path });
		sendReply(response, dialect.refusal({ status: dialect.unscriptedStatus, message }));
	};

	const server = createServer((request, response) => {
		answer(request, response).catch((error: unknown) => {
			// The client left, which is its right; anything else is a fault of ours, and the test must see it.
			if (request.destroyed && response.destroyed) return;
			keep(faults, { kind: "protocol", message: `the twin itself failed: ${String(error)}`, path: request.url ?? "" });
			response.destroy();
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", resolve);
	});
	const { port: taken } = server.address() as AddressInfo;
	const close = () =>
		new Promise<void>((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
	return { url: `http://127.0.0.1:${taken}`, requests, faults, close };
}

function chooserFor(script: Script | ScriptFunction): (wanted: Wanted) => Turn | undefined {
	if (typeof script === "function") return script;
	const parsed = parseScript(script);
	if (parsed.kind === "faulty") throw new Error(`The script is faulty:\n${parsed.faults.join("\n")}`);
	return choosingFrom(parsed.turns, parsed.otherwise);
}

/** A request of Claude Code is some 100 KB; these are some tens of megabytes. */
const keptMax = 500;

function keep<T>(list: T[], item: T): void {
	list.push(item);
	if (list.length > keptMax) list.shift();
}

const tooLarge = { status: 413, message: "Request exceeds the maximum size" };

/** Enough to know which request it was. */
const shownChars = 200;

function unscripted({ number, model, user, toolResult, maxTokens }: Wanted): string {
	const said = toolResult === undefined ? `the user says: ${user}` : `the tools say: ${toolResult}`;
	return `The script has no turn for request ${number} (${model}, max_tokens ${maxTokens ?? "none"}); ${said.slice(-shownChars)}`;
}
