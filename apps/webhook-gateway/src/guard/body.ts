/** The body of a request, as the bytes that came, and no more of them than are wanted. */
import type { Request } from "express";
import { type Answer, refusal } from "../problem.ts";

/** The body is refused; `answer` says why. */
export class BodyRefused extends Error {
	readonly answer: Answer;

	constructor(answer: Answer) {
		super("the body is refused");
		this.answer = answer;
	}
}

/** Nothing is read of one that says by itself that it is not wanted. */
export async function readBody(request: Request, bytesMax: number): Promise<Buffer> {
	const { headers } = request;
	const encoding = headers["content-encoding"];
	if (encoding !== undefined && encoding !== "identity")
		throw new BodyRefused(refusal("not-json", { detail: "a compressed body is not unpacked" }));
	if (Number(headers["content-length"] ?? 0) > bytesMax) throw tooLarge(bytesMax);
	const chunks: Buffer[] = [];
	let bytes = 0;
	// One that breaks off is still to be answered.
	for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > bytesMax) throw tooLarge(bytesMax);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** An empty body stands for one that says nothing. */
export function isJson({ headers }: Request, body: Buffer): boolean {
	return body.length === 0 || /^application\/json(; ?charset=utf-8)?$/i.test(headers["content-type"] ?? "");
}

function tooLarge(bytesMax: number): BodyRefused {
	return new BodyRefused(refusal("too-large", { detail: `at most ${bytesMax} bytes` }));
}
