/**
 * A change that was overtaken by the base, brought onto it by nobody who thinks: where both only added lines at the same
 * place, both are kept, the base's first. Where one touched what the other took away or changed, it is for its author.
 * What comes of it is another commit, to be looked at like any.
 *
 * The same commit each time it is done: words, author and date are those of the change.
 */
import type { Git } from "../git/git.ts";
import { commitTree, mergeBase, mergeTree, readBlob, withTexts } from "../git/objects.ts";
import type { Base } from "./change.ts";

export type Reapplied =
	| { readonly kind: "reapplied"; readonly commit: string }
	| { readonly kind: "conflict"; readonly files: readonly string[] };

export async function reapply(git: Git, commit: string, base: Base): Promise<Reapplied> {
	const fork = await mergeBase(git, base.commit, commit);
	const merged = await mergeTree(git, base.commit, commit);
	if (merged.kind === "clean") return { kind: "reapplied", commit: await onTop(git, commit, base, merged.tree) };
	const marked = await markedTree(git, base.commit, commit);
	const texts = new Map<string, string>();
	for (const path of merged.files) {
		const sides = [fork, base.commit, commit].map((side) => textIn(git, side, path));
		const [text, ...originals] = await Promise.all([textIn(git, marked, path), ...sides]);
		const both = text === undefined || originals.some(isUnfit) ? undefined : keepBoth(text);
		if (both === undefined) return { kind: "conflict", files: merged.files };
		texts.set(path, both);
	}
	return { kind: "reapplied", commit: await onTop(git, commit, base, await withTexts(git, marked, texts)) };
}

async function onTop(git: Git, commit: string, base: Base, tree: string): Promise<string> {
	const said = await git.text(["log", "-1", "--format=%an%x00%ae%x00%ct%x00%B", "--encoding=UTF-8", commit]);
	const [name = "", email = "", seconds = "", message = ""] = said.split("\0");
	const author = { name, email };
	return await commitTree(git, { tree, parents: [base.commit], message, author, seconds: Number(seconds) });
}

/** With what was there before beside what both made of it, so that an addition can be told from a change. */
async function markedTree(git: Git, ours: string, theirs: string): Promise<string> {
	const { stdout } = await git.answer(
		[...withBase, "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs],
		{ answers: [1] },
	);
	return stdout.toString("utf8").split("\0", 1)[0] ?? "";
}

const withBase = ["-c", "merge.conflictStyle=diff3"];

/** Undefined where there is no plain file that a person could read: a program, a link, bytes. */
async function textIn(git: Git, commit: string | undefined, path: string): Promise<string | undefined> {
	if (commit === undefined) return undefined;
	const [entry = ""] = await git.fields(["ls-tree", "-z", commit, "--", path]);
	if (!entry.startsWith("100644 ")) return undefined;
	const bytes = await readBlob(git, commit, path);
	return bytes === undefined || bytes.includes(0) ? undefined : bytes.toString("utf8");
}

/** Lines that look like marks would be taken for some. */
function isUnfit(text: string | undefined): boolean {
	return text === undefined || text.split("\n").some((line) => mark.test(line));
}

const mark = /^(<{7}|\|{7}|={7}|>{7})( |$)/;

/** Pure. Undefined where anything but additions meets. */
export function keepBoth(marked: string): string | undefined {
	const kept: string[] = [];
	let at: "outside" | "ours" | "before" | "theirs" = "outside";
	for (const line of marked.split("\n")) {
		const [, sign = ""] = mark.exec(line) ?? [];
		if (at === "outside" && sign.startsWith("<")) at = "ours";
		else if (at === "ours" && sign.startsWith("|")) at = "before";
		else if (at === "before" && sign.startsWith("=")) at = "theirs";
		else if (at === "theirs" && sign.startsWith(">")) at = "outside";
		else if (sign !== "" || at === "before") return undefined;
		else kept.push(line);
	}
	return at === "outside" ? kept.join("\n") : undefined;
}
