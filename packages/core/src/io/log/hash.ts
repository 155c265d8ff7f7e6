import * as crypto from "node:crypto";

/** What `prev` of the very first entry says. */
export const genesis = "0".repeat(64);

/** Hash of a line without its line end: what `sha256sum` says of the same bytes. */
export function hashLine(line: string | Uint8Array): string {
	return crypto.hash("sha256", line, "hex");
}
