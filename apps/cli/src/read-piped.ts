import type { Input } from "./context.ts";
import { misuse } from "./failure.ts";

/** All that was piped in. `most` is said of what is longer than anybody means. */
export async function readPiped(input: Input, most: string): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of input) {
		const buffer = Buffer.from(chunk);
		bytes += buffer.length;
		if (bytes > bytesMax) throw misuse(`more than ${bytesMax} bytes were piped in${most}`);
		chunks.push(buffer);
	}
	return Buffer.concat(chunks).toString("utf8");
}

/** More than anything here takes; there only to stop reading an endless stream. */
const bytesMax = 1024 * 1024;
