import type { Input } from "../context.ts";
import { misuse } from "../failure.ts";
import { detailMax } from "./request.ts";

/** What was piped in, without the spaces around it. */
export async function readDetail(input: Input): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of input) {
		const buffer = Buffer.from(chunk);
		bytes += buffer.length;
		if (bytes > bytesMax)
			throw misuse(`more than ${bytesMax} bytes were piped in; a task's detail takes ${detailMax} characters`);
		chunks.push(buffer);
	}
	return Buffer.concat(chunks).toString("utf8").trim();
}

/** More than the log takes; there only to stop reading an endless stream. */
const bytesMax = 1024 * 1024;
