/**
 * To git the name of a file is bytes. Here it is text, and two names that are no text would read the same: what was looked
 * at could be one file, and what is laid over or left out another. So there is no reading of such a name, and it is told.
 */
import { isUtf8 } from "node:buffer";
import { ShopfloorError } from "@shopfloor/core/io";

/** What git lists with `-z`: names, or lines of a tree with a name at the end. Rejects with `bad-tree`. */
export function fileNames(listed: Buffer): string[] {
	if (isUtf8(listed)) return fieldsOf(listed.toString("utf8"));
	const bytes = fieldsOf(listed.toString("latin1")).map((field) => Buffer.from(field, "latin1"));
	const first = bytes.find((field) => !isUtf8(field)) ?? listed;
	throw new ShopfloorError("bad-tree", `${notText(first)}. Give the file another name: git mv`);
}

/** In a sentence, as git itself would quote it. */
export function notText(name: Buffer): string {
	const shown = name
		.toString("latin1")
		.replace(/^[0-7]{6} [a-z]+ [0-9a-f]{40,64}\t/, "")
		.replace(/[^ -~]/g, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, "0")}`);
	return `the file name "${shown}" is not UTF-8, and nothing here can work with it`;
}

export function fieldsOf(text: string): string[] {
	const fields = text.split("\0");
	fields.pop();
	return fields;
}
