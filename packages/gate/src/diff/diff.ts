/** What a change does to the files of its base, as rules read it. Made from blobs and trees, never from a checkout. */

export interface Diff {
	/** The commit or tree the change is compared with. */
	readonly base: string;
	readonly head: string;
	readonly files: readonly ChangedFile[];
}

export type FileStatus = "added" | "deleted" | "modified" | "renamed";

export interface ChangedFile {
	readonly status: FileStatus;
	/** Its name in the head; of a deleted file, its last one. */
	readonly path: string;
	/** Its name in the base; null for an added file. */
	readonly from: string | null;
	/** What git calls its kind and rights: "100644", "100755", "120000" (symlink), "160000" (another repository); null where it is absent. */
	readonly modeBefore: string | null;
	readonly modeAfter: string | null;
	/** Its text; null where it is absent, binary or larger than `textBytesMax`. */
	readonly before: string | null;
	readonly after: string | null;
	readonly bytesBefore: number;
	readonly bytesAfter: number;
	/** Bytes that are no text, on either side. */
	readonly binary: boolean;
	/** What changed, without context, in the order of the lines. Empty for a pure rename or change of mode. */
	readonly hunks: readonly Hunk[];
}

export interface Hunk {
	/** Number of the first removed line in the base, from 1; of the line before, when none is removed. */
	readonly beforeLine: number;
	readonly removed: readonly string[];
	readonly afterLine: number;
	readonly added: readonly string[];
}

/** A file above this is not read by rules line by line; that it is so large is a finding of its own. */
export const textBytesMax = 2 * 1024 * 1024;
