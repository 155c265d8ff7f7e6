/** One request to the API: who asks, for which method, with what. All four forms in which it takes arguments. */
import type { IncomingMessage } from "node:http";
import { partsOf } from "./multipart.ts";

export interface Call {
	readonly token: string;
	/** As it was written; the API does not mind its case. */
	readonly method: string;
	/** All as text, as the API sees them: what is no string in JSON is its JSON. */
	readonly args: Readonly<Record<string, string>>;
	readonly files: ReadonlyMap<string, SentFile>;
}

interface SentFile {
	readonly name: string;
	readonly bytes: Buffer;
}

export type Asked =
	| { readonly kind: "call"; readonly call: Call }
	/** Of a file's content. */
	| { readonly kind: "download"; readonly token: string; readonly path: string }
	| { readonly kind: "too-large" }
	| { readonly kind: "unreadable"; readonly method: string }
	/** No address of the API. */
	| { readonly kind: "elsewhere" };

export async function readAsked(request: IncomingMessage): Promise<Asked> {
	const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
	const body = await bytesOf(request);
	if (body === undefined) return { kind: "too-large" };
	const [, filesToken, filePath] = /^\/file\/bot([^/]+)\/(.+)$/.exec(path) ?? [];
	if (filesToken !== undefined && filePath !== undefined)
		return { kind: "download", token: filesToken, path: filePath };
	const [, token, method] = /^\/bot([^/]+)\/([^/]*)$/.exec(path) ?? [];
	if (token === undefined || method === undefined) return { kind: "elsewhere" };
	const sent = sentIn(request.headers["content-type"] ?? "", body);
	if (sent === undefined) return { kind: "unreadable", method };
	const args = { ...Object.fromEntries(new URLSearchParams(query)), ...sent.args };
	return { kind: "call", call: { token, method, args, files: sent.files } };
}

/** Files may have 50 MB; the rest is for what stands around them. */
const bodyBytesMax = 51 * 1024 * 1024;

/** Undefined when there are too many; the rest is read and dropped. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes <= bodyBytesMax) chunks.push(chunk);
	}
	return bytes > bodyBytesMax ? undefined : Buffer.concat(chunks);
}

type Sent = Pick<Call, "args" | "files">;

function sentIn(contentType: string, body: Buffer): Sent | undefined {
	const files = new Map<string, SentFile>();
	if (body.length === 0) return { args: {}, files };
	if (/^application\/json\b/i.test(contentType)) {
		const args = jsonArgs(body.toString("utf8"));
		return args && { args, files };
	}
	if (!/^multipart\/form-data\b/i.test(contentType)) {
		return { args: Object.fromEntries(new URLSearchParams(body.toString("utf8"))), files };
	}
	const parts = partsOf(body, contentType);
	if (parts === undefined) return undefined;
	const args: Record<string, string> = {};
	for (const { name, fileName, bytes } of parts) {
		if (fileName === undefined) args[name] = bytes.toString("utf8");
		else files.set(name, { name: fileName, bytes });
	}
	return { args, files };
}

function jsonArgs(text: string): Record<string, string> | undefined {
	const value = parsed(text);
	if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
	const entries = Object.entries(value);
	return Object.fromEntries(entries.map(([name, arg]) => [name, typeof arg === "string" ? arg : JSON.stringify(arg)]));
}

/** Undefined when it is no JSON. */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}
