/**
 * A process's card: a small file with its name in it. To take a lock, to sign a book and to stand in a line are hard
 * links of the card, because a link costs a directory entry and nothing else. New files in their place cost more the
 * more of them there were: ext4 passes over every inode that was given back lately before it gives one out.
 *
 * A link is told by its inode. As long as anybody may ask, the card is kept open: else the system may give the inode of
 * a card that was removed to somebody else's, and a holder that lost its lock would take that one's for its own.
 */
import { closeSync, existsSync, fstatSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeAll } from "../durable.ts";
import { uniqueName } from "../process-identity.ts";
import { errnoOf } from "../shopfloor-error.ts";
import { takeAway } from "../take-away.ts";

export class Card {
	readonly name = uniqueName();
	readonly path: string;
	readonly inode: number;
	readonly #fd: number;
	#uses = 1;

	constructor(folder: string) {
		this.path = join(folder, cardFolder, this.name);
		mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
		this.#fd = openSync(this.path, "wx", 0o600);
		try {
			writeAll(this.#fd, Buffer.from(this.name));
			this.inode = fstatSync(this.#fd).ino;
		} catch (error) {
			this.release();
			takeAway(this.path);
			throw error;
		}
	}

	use(): void {
		this.#uses++;
	}

	release(): void {
		this.#uses--;
		if (this.#uses === 0) closeSync(this.#fd);
	}
}

/** No lock is called so: what a lock guards has a name without a dot in front. */
const cardFolder = ".cards";

const cards = new Map<string, Card>();

/** This process's card among the locks of one folder. */
export function cardIn(folder: string): Card {
	const known = cards.get(folder);
	if (known !== undefined) return known;
	// What a process does last, it may do after it has closed its floor.
	process.off("exit", takeAllCards).once("exit", takeAllCards);
	const card = new Card(folder);
	cards.set(folder, card);
	return card;
}

function takeAllCards(): void {
	for (const folder of cards.keys()) takeCardFrom(folder);
}

/** The next lock in this folder is taken with another card. Links of this one stay what they are. */
export function retireCard(folder: string): void {
	const card = cards.get(folder);
	cards.delete(folder);
	card?.release();
}

/** For a process that is done with a folder. It gets a new card should it come back. */
export function takeCardFrom(folder: string): void {
	const card = cards.get(folder);
	retireCard(folder);
	try {
		if (card !== undefined) unlinkSync(card.path);
	} catch {
		// It was gone, or the disk refuses: then it is swept with those of the dead.
	}
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
		if (!existsSync(card.path)) retireCard(folder);
		mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
		return undefined;
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
