/** Contents of many objects by two processes of git, whatever their number. */
import { ShopfloorError } from "@shopfloor/core/io";
import type { Git } from "../git/git.ts";

/** Bytes of each object, by its id. */
export async function sizesOf(git: Git, ids: Iterable<string>): Promise<Map<string, number>> {
	const sizes = new Map<string, number>();
	const wanted = [...new Set(ids)];
	if (wanted.length === 0) return sizes;
	const answer = await git.text(["cat-file", "--batch-check"], { input: `${wanted.join("\n")}\n` });
	for (const line of answer.split("\n")) {
		const [id = "", type, size] = line.split(" ");
		if (type !== "blob" || size === undefined) throw missing(id);
		sizes.set(id, Number(size));
	}
	return sizes;
}

/** The caller has looked at the sizes. */
export async function contentsOf(git: Git, ids: Iterable<string>): Promise<Map<string, Buffer>> {
	const contents = new Map<string, Buffer>();
	const wanted = [...new Set(ids)];
	if (wanted.length === 0) return contents;
	const answer = await git.bytes(["cat-file", "--batch"], { input: `${wanted.join("\n")}\n` });
	let at = 0;
	while (at < answer.length) {
		const end = answer.indexOf("\n", at);
		const [id = "", type, size] = answer.toString("latin1", at, end).split(" ");
		if (type !== "blob" || size === undefined) throw missing(id);
		const start = end + 1;
		contents.set(id, answer.subarray(start, start + Number(size)));
		at = start + Number(size) + 1;
	}
	for (const id of wanted) if (!contents.has(id)) throw missing(id);
	return contents;
}

/** As git decides it: a NUL among the first 8000 bytes. */
export function isBinary(bytes: Buffer): boolean {
	return bytes.subarray(0, 8_000).includes(0);
}

function missing(id: string): ShopfloorError {
	return new ShopfloorError("git-failed", `the repository lacks the object ${id}; fetch the change again`);
}
