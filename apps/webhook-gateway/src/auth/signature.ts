/**
 * Signed calls after Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, the body as it came. What a header shows
 * is looked at before the body is read; the same signature is good for five minutes, and its id for one request. Pure.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface Claim {
	readonly id: string;
	readonly timestamp: string;
	readonly signatures: readonly Buffer[];
}

/** Undefined for whatever cannot be valid, whatever the body is. */
export function claimIn(headers: IncomingHttpHeaders, nowMs: number): Claim | undefined {
	const id = String(headers["webhook-id"] ?? "");
	const timestamp = String(headers["webhook-timestamp"] ?? "");
	// The separator would let two requests look like one.
	if (!/^[A-Za-z0-9_-]{1,64}$/.test(id) || !/^[1-9][0-9]{0,11}$/.test(timestamp)) return undefined;
	if (Math.abs(nowMs - Number(timestamp) * 1_000) > toleranceMs) return undefined;
	const signatures = signaturesIn(String(headers["webhook-signature"] ?? ""));
	return signatures.length === 0 ? undefined : { id, timestamp, signatures };
}

export function isSigned({ id, timestamp, signatures }: Claim, body: Buffer, keys: readonly Buffer[]): boolean {
	const expected = keys.map((key) => createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest());
	return expected.some((one) => signatures.some((signature) => timingSafeEqual(one, signature)));
}

/** `sha256=` and 64 small hexadecimal digits. */
export function isSignedByGitHub(header: string, body: Buffer, keys: readonly Buffer[]): boolean {
	const hex = /^sha256=([0-9a-f]{64})$/.exec(header)?.[1];
	if (hex === undefined) return false;
	const signature = Buffer.from(hex, "hex");
	return keys.some((key) => timingSafeEqual(createHmac("sha256", key).update(body).digest(), signature));
}

/** Several while one secret follows another; those of other versions are passed over. */
function signaturesIn(header: string): Buffer[] {
	return header
		.split(" ")
		.slice(0, signaturesMost)
		.flatMap((word) => {
			const text = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(word)?.[1];
			const bytes = text === undefined ? undefined : Buffer.from(text, "base64");
			return bytes?.length === digestBytes && bytes.toString("base64") === text ? [bytes] : [];
		});
}

/** Clocks differ, and calls wait in queues; longer only helps whoever has stolen one. */
export const toleranceMs = 5 * 60_000;
const digestBytes = 32;
const signaturesMost = 8;
