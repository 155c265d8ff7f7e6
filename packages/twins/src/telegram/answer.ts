/** Answers one request: what is asked is done or refused, unless something is to go wrong. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Call, readAsked } from "./call.ts";
import { countedMethods, methods, noSuchMethod } from "./methods/methods.ts";
import { tooLarge } from "./methods/send.ts";
import { bodyOf, faulty, type Refused, type Reply, tooMany } from "./reply.ts";
import { hang, pause, type Trouble, type Troubles, usualWords } from "./trouble.ts";
import { keep, type World } from "./world.ts";

/** One request as a test looks at it. */
export interface Answered {
	readonly method: string;
	readonly args: Readonly<Record<string, string>>;
	/** Of the answer; 0 as long as there is none. */
	readonly status: number;
}

export interface Serving {
	readonly world: World;
	readonly token: string;
	readonly troubles: Troubles;
	readonly calls: Answered[];
}

export async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { world, token, troubles, calls } = serving;
	const asked = await readAsked(request);
	if (asked.kind === "elsewhere") return send(response, noted(world, "", notFound));
	if (asked.kind === "too-large") return send(response, noted(world, "", tooLarge));
	if (asked.kind === "unreadable") return send(response, noted(world, asked.method, faulty("can't read the request")));
	if (asked.kind === "download") {
		return asked.token === token ? download(world, asked.path, response) : send(response, unauthorized);
	}
	const { call } = asked;
	const answered = { method: call.method, args: call.args, status: 0 };
	keep(calls, answered);
	const left = new AbortController();
	response.once("close", () => left.abort());
	const perform = () => replyTo(world, token, call, left.signal);
	const trouble = troubles.meet(call.method);
	if (trouble?.kind === "slow") await pause(response, trouble.ms);
	if (trouble !== undefined && trouble.kind !== "slow") {
		return goWrong(trouble, { perform, response, answered, told: (reply) => told(world, call, reply) });
	}
	const reply = await perform();
	answered.status = statusOf(reply);
	send(response, reply);
}

const notFound: Refused = { kind: "refused", status: 404, description: "Not Found", isFault: true };
const unauthorized: Refused = { kind: "refused", status: 401, description: "Unauthorized", isFault: false };

async function replyTo(world: World, token: string, call: Call, left: AbortSignal): Promise<Reply> {
	if (call.token !== token) return unauthorized;
	const method = methods[call.method.toLowerCase()];
	if (method === undefined) return noted(world, call.method, noSuchMethod);
	const leftMs = world.flood.leftMs(waiterOf(call));
	if (leftMs > 0) {
		world.fault(call.method, `${waiterOf(call)} asked again ${leftMs} ms before retry_after was over`);
		return tooMany(Math.ceil(leftMs / 1_000));
	}
	return noted(world, call.method, told(world, call, await method(world, call, left)));
}

function noted(world: World, method: string, reply: Reply): Reply {
	if (reply.kind === "refused" && reply.isFault) world.fault(method, reply.description);
	return reply;
}

/** Who is told to wait is expected to. */
function told(world: World, call: Call, reply: Reply): Reply {
	if (reply.kind === "refused" && reply.retryAfterS !== undefined) {
		world.flood.told(waiterOf(call), reply.retryAfterS);
	}
	return reply;
}

/** A message has to wait for its chat, another request for its method. */
function waiterOf({ method, args }: Call): string {
	const isCounted = countedMethods.has(method.toLowerCase());
	return isCounted ? `what is for chat ${args["chat_id"]}` : method.toLowerCase();
}

interface Going {
	readonly perform: () => Promise<Reply>;
	readonly response: ServerResponse;
	readonly answered: { status: number };
	readonly told: (reply: Reply) => Reply;
}

async function goWrong(trouble: Exclude<Trouble, { kind: "slow" }>, going: Going): Promise<void> {
	const { perform, response, answered } = going;
	switch (trouble.kind) {
		case "status": {
			const { status, retryAfterS } = trouble;
			answered.status = status;
			const usual = retryAfterS === undefined ? usualWords[status] : tooMany(retryAfterS).description;
			const wait = retryAfterS === undefined ? {} : { retryAfterS };
			const description = trouble.description ?? usual ?? "Trouble";
			return send(response, going.told({ kind: "refused", status, description, isFault: false, ...wait }));
		}
		case "html": {
			answered.status = trouble.status ?? badGateway;
			response.writeHead(answered.status, { "content-type": "text/html" });
			response.end(`<html><head><title>${answered.status}</title></head><body>nginx</body></html>\r\n`);
			return;
		}
		case "cut":
		case "hang":
			if (trouble.at === "after-effect") await perform();
			if (trouble.kind === "hang") return hang(response);
			response.destroy();
			return;
		default:
			trouble satisfies never;
	}
}

const badGateway = 502;

function statusOf(reply: Reply): number {
	return reply.kind === "granted" ? 200 : reply.status;
}

function send(response: ServerResponse, reply: Reply): void {
	if (response.destroyed) return;
	const retryAfterS = reply.kind === "refused" ? reply.retryAfterS : undefined;
	response.writeHead(statusOf(reply), {
		"content-type": "application/json",
		...(retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) }),
	});
	response.end(JSON.stringify(bodyOf(reply)));
}

function download(world: World, path: string, response: ServerResponse): void {
	const file = [...world.files.values()].find((kept) => kept.path === path);
	if (file === undefined) {
		send(response, notFound);
		return;
	}
	response.writeHead(200, { "content-type": "application/octet-stream" });
	response.end(file.bytes);
}
