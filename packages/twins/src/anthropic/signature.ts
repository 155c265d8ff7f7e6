/** The API signs what it thought and takes it back unchanged only. */
import { createHash } from "node:crypto";

export function signatureOf(thinking: string): string {
	return createHash("sha256").update(`a twin's thought: ${thinking}`).digest("base64");
}

export function isSigned(thinking: string | undefined, signature: string | undefined): boolean {
	return thinking !== undefined && signature === signatureOf(thinking);
}
