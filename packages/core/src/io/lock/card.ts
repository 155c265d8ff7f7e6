/**
 * A process's card: a small file with its name in it. To take a lock, to sign a book and to stand in a line are hard
 * links of the card, because a link costs a directory entry and nothing else. New files in their place cost more the
 * more of them there were: ext4 passes over every inode that was given back lately before it gives one out.
 */
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { uniqueName } from "../process-identity.ts";
import { errnoOf } from "../shopfloor-error.ts";

export interface Card {
	readonly path: string;
	/** What links of the card are told by. */
	readonly inode: number;
}

const cards = new Map<string, Card>();

/** This process's card among the locks of one folder. */
export function cardIn(folder: string): Card {
	const card = cards.get(folder) ?? written(folder);
	cards.set(folder, card);
	return card;
}

/** For a process that is done with a folder. It gets a new card should it come back. */
export function takeCardFrom(folder: string): void {
	const card = cards.get(folder);
	cards.delete(folder);
	if (card !== undefined) rmSync(card.path, { force: true });
}

/** The card that lies there now. Undefined when the place is taken, or when a folder was gone; it is back then. */
export function leaveCard(folder: string, place: string): Card | undefined {
	const card = cardIn(folder);
	try {
		linkSync(card.path, place);
		return card;
	} catch (error) {
		if (errnoOf(error) === "EEXIST") return undefined;
		if (errnoOf(error) !== "ENOENT") throw error;
		if (!existsSync(card.path)) cards.delete(folder);
		mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
		return undefined;
	}
}

/** False when somebody else has taken it away. */
export function takeAway(place: string): boolean {
	try {
		unlinkSync(place);
		return true;
	} catch (error) {
		if (errnoOf(error) !== "ENOENT") throw error;
		return false;
	}
}

/** The name on a card; undefined when there is none, empty when it is not what we made. */
export function nameOn(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		if (errnoOf(error) === "EISDIR") return "";
		throw error;
	}
}

function written(folder: string): Card {
	const name = uniqueName();
	const path = join(folder, "cards", name);
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	writeFileSync(path, name, { mode: 0o600 });
	return { path, inode: statSync(path).ino };
}
