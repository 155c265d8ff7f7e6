import type { IncomingMessage } from "node:http";

/** As much as the APIs take. */
const bodyBytesMax = 32 * 1024 * 1024;

/** The whole body as text; undefined when it is too large, and then the rest is read and dropped. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes <= bodyBytesMax) chunks.push(chunk);
	}
	return bytes > bodyBytesMax ? undefined : Buffer.concat(chunks).toString("utf8");
}
