/** The secrets that callers sign with, as they are stored: one a line, the newest first, so that one may follow another. Pure. */

export type Keys =
	| { readonly kind: "keys"; readonly keys: readonly Buffer[] }
	| { readonly kind: "none" }
	| { readonly kind: "bad"; readonly why: string };

/** Standard Webhooks: base64 of at least 24 random bytes, with `whsec_` before it or not. */
export function webhookKeys(stored: string | undefined): Keys {
	return keysIn(stored, (line) => {
		const text = line.replace(/^whsec_/, "");
		const key = Buffer.from(text, "base64");
		const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text);
		return isBase64 && key.length >= bytesLeast ? key : undefined;
	});
}

/** GitHub's own are any text. */
export function gitHubKeys(stored: string | undefined): Keys {
	return keysIn(stored, (line) => (Buffer.byteLength(line) >= bytesLeast ? Buffer.from(line) : undefined));
}

function keysIn(stored: string | undefined, keyOf: (line: string) => Buffer | undefined): Keys {
	if (stored === undefined) return { kind: "none" };
	const lines = stored
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line !== "");
	if (lines.length === 0) return { kind: "bad", why: "it is empty" };
	if (lines.length > keysMost)
		return { kind: "bad", why: `it holds ${lines.length} secrets, and ${keysMost} are read` };
	const keys = lines.flatMap((line) => keyOf(line) ?? []);
	if (keys.length < lines.length)
		return { kind: "bad", why: `one of its secrets is shorter than ${bytesLeast} bytes, or not in the right form` };
	return { kind: "keys", keys };
}

/** What cannot be guessed. */
const bytesLeast = 24;
/** A signature is compared with each. */
const keysMost = 5;
