import type { Input } from "../context.ts";
import { misuse } from "../failure.ts";

/** What was piped in, without the line end that `echo` adds. */
export async function readPiped(input: Input): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of input) {
		const buffer = Buffer.from(chunk);
		bytes += buffer.length;
		if (bytes > bytesMax)
			throw misuse(`more than ${bytesMax} bytes were piped in, which is no secret; nothing was stored`);
		chunks.push(buffer);
	}
	return Buffer.concat(chunks)
		.toString("utf8")
		.replace(/\r?\n$/, "");
}

/** More than the store takes; there only to stop reading an endless stream. */
const bytesMax = 1024 * 1024;
