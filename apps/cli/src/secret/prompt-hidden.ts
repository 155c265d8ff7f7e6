/** Asks for a line on the terminal without showing it. */
import { StringDecoder } from "node:string_decoder";
import type { Context } from "../context.ts";
import { exitCodes, Failure } from "../failure.ts";

/** Rejects when the person changes their mind (Ctrl-C, Ctrl-D, Escape). The terminal is as it was in any case. */
export async function promptHidden({ input, err }: Pick<Context, "input" | "err">, question: string): Promise<string> {
	err.write(question);
	input.setRawMode?.(true);
	try {
		return await readLine(input);
	} finally {
		input.setRawMode?.(false);
		err.write("\n");
	}
}

async function readLine(input: Context["input"]): Promise<string> {
	const decoder = new StringDecoder("utf8");
	const line: string[] = [];
	for await (const chunk of input)
		for (const character of decoder.write(Buffer.from(chunk)))
			switch (character) {
				case "\r":
				case "\n":
					return line.join("");
				case "\u0003":
				case "\u0004":
				case "\u001b":
					throw new Failure(exitCodes.interrupted, "nothing was stored");
				case "\u007f":
				case "\b":
					line.pop();
					break;
				case "\u0015":
					line.length = 0;
					break;
				default:
					line.push(character);
			}
	return line.join("");
}
