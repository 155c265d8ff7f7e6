/**
 * A coder that takes no time to think: `scripted-coder.mjs <tasks.json>`, the prompt on standard input. It makes the edits
 * of the task whose title it finds there, in the folder it stands in. Told that the task was tried before, or where a text
 * that it wants to change is gone, it changes nothing: it knows no other way.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const prompt = readFileSync(0, "utf8");
const tasks = JSON.parse(readFileSync(process.argv[2], "utf8"));
const task = tasks.find(({ title }) => prompt.includes(title));
const wasTried = /^### What earlier attempts came to\n+```data.*\n\| (?!\(none\))/m.test(prompt);
const edits =
	task === undefined || wasTried ? [] : Object.entries(task.edits).map(([path, edit]) => [path, made(path, edit)]);
const isWhole = edits.every(([, text]) => text !== undefined);
if (isWhole) for (const [path, text] of edits) write(path, text);
console.log(JSON.stringify({ usd: 0.01 }));
console.log(
	JSON.stringify({ summary: isWhole && edits.length > 0 ? "It is done." : "There is nothing that I could do." }),
);

/** The new text: null takes the file away, a text is all of it, a list is of what is replaced by what. */
function made(path, edit) {
	if (edit === null || typeof edit === "string") return edit;
	const before = readFileSync(path, "utf8");
	if ("add" in edit) return before + edit.add;
	return edit.reduce((text, [from, to]) => (text?.includes(from) ? text.replace(from, () => to) : undefined), before);
}

function write(path, text) {
	if (text === null) return rmSync(path);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}
