/** Makes commits from texts, many by one process of git and without a checkout: for tests, benches and the corpus. */
import type { Git } from "../git/git.ts";

export type FileText = string | { readonly mode: string; readonly text: string };
export type Files = Readonly<Record<string, FileText>>;

export interface FilesOfChange {
	readonly before: Files;
	/** One commit each, on top of the one before. */
	readonly after: readonly Files[];
}

export interface WrittenChange {
	readonly base: string;
	readonly head: string;
}

/** The text of a file of mode 160000 is the name of a commit. */
export async function writeCommits(git: Git, changes: readonly FilesOfChange[]): Promise<readonly WrittenChange[]> {
	const parts: Buffer[] = [];
	const say = (text: string) => parts.push(Buffer.from(text));
	for (const [index, { before, after }] of changes.entries()) {
		say("reset refs/heads/written\n\n");
		for (const [step, files] of [before, ...after].entries()) {
			const mark = (index + 1) * marksOfOne + step;
			say(`commit refs/heads/written\nmark :${mark}\ncommitter T <t@t> 1700000000 +0000\ndata 1\nx\n`);
			if (step > 0) say(`from :${mark - 1}\n`);
			say("deleteall\n");
			for (const [path, file] of Object.entries(files)) say(fileLine(path, file));
		}
	}
	for (const [index, { after }] of changes.entries())
		for (const step of [0, after.length]) say(`get-mark :${(index + 1) * marksOfOne + step}\n`);
	const said = await git.text(["fast-import", "--quiet", "--force"], { input: Buffer.concat(parts) });
	const ids = said.split("\n");
	return changes.map((_, index) => ({ base: ids[index * 2] ?? "", head: ids[index * 2 + 1] ?? "" }));
}

/** More commits than one change has. */
const marksOfOne = 100;

function fileLine(path: string, file: FileText): string {
	const { mode, text } = typeof file === "string" ? { mode: "100644", text: file } : file;
	const name = `"${path.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
	if (mode === "160000") return `M ${mode} ${text} ${name}\n`;
	return `M ${mode} inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}
