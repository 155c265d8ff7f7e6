/**
 * Secrets: files of mode 0600 under the state directory, one each, read when needed. Never in the environment, where
 * PM2's list and dump, `/proc` and every child would show them.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { instant } from "./clock.ts";
import { replaceFile } from "./durable.ts";
import { leftoversIn } from "./leftovers.ts";
import { errnoOf, ShopfloorError } from "./shopfloor-error.ts";
import { takeAway } from "./take-away.ts";

export interface SecretStore {
	set(name: string, value: string): Promise<void>;
	/** The value, or undefined when there is none. */
	get(name: string): string | undefined;
	/** Names with the time of the last change; never a value. */
	list(): readonly { readonly name: string; readonly changed: string; readonly bytes: number }[];
	/** False when there was none. */
	remove(name: string): boolean;
}

const nameForm = /^[a-z][a-z0-9-]{0,63}$/;
/** A key file of a few kilobytes is the largest secret anyone stores. */
const bytesMax = 64 * 1024;

export function secretStore(stateDir: string): SecretStore {
	const folder = join(stateDir, "secrets");
	closeToOthers(folder);
	// Who was killed while storing a value left it behind under another name, where no removal would find it.
	if (existsSync(folder)) for (const path of leftoversIn(folder)) takeAway(path);
	return {
		async set(name, value) {
			const path = pathOf(name);
			if (value.trim() === "")
				throw new ShopfloorError("bad-secret", `the secret ${name} is empty; nothing was stored`);
			if (Buffer.byteLength(value) > bytesMax)
				throw new ShopfloorError(
					"bad-secret",
					`the secret ${name} is larger than ${bytesMax} bytes; nothing was stored`,
				);
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			await replaceFile(path, value, { mode: 0o600 });
		},
		get(name) {
			const path = pathOf(name);
			try {
				// Somebody copied or edited it: make it private again before it is used.
				if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
				return readFileSync(path, "utf8").replace(/\r?\n$/, "");
			} catch (error) {
				if (errnoOf(error) === "ENOENT") return undefined;
				throw error;
			}
		},
		list: () =>
			namesIn(folder)
				.filter((name) => nameForm.test(name))
				.sort()
				.map((name) => {
					const { mtimeMs, size } = statSync(join(folder, name));
					return { name, changed: instant(mtimeMs), bytes: size };
				}),
		remove: (name) => takeAway(pathOf(name)),
	};

	function pathOf(name: string): string {
		if (!nameForm.test(name))
			throw new ShopfloorError(
				"bad-secret",
				`"${name}" is no name for a secret: lower-case letters, digits and "-", beginning with a letter, at most 64`,
			);
		return join(folder, name);
	}
}

/** Not there before the first secret, and left alone where it is as it should be: whoever lists may not be able to write. */
function closeToOthers(folder: string): void {
	if (existsSync(folder) && (statSync(folder).mode & 0o777) !== 0o700) chmodSync(folder, 0o700);
}

function namesIn(folder: string): string[] {
	return existsSync(folder) ? readdirSync(folder) : [];
}
