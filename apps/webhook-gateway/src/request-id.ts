/**
 * Under which id a request is written down, so that asking again changes nothing: the log knows the id, and so it holds
 * over a restart. Pure.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "./auth/caller.ts";

export type RequestId =
	| { readonly kind: "id"; readonly id: string | undefined }
	| { readonly kind: "fault"; readonly fault: string };

export function idOf({ by, call }: Caller, headers: IncomingHttpHeaders): RequestId {
	// Of a signed call the id is signed with it.
	if (call !== undefined) return { kind: "id", id: `${by}:${call}` };
	const key = headers["idempotency-key"];
	if (key === undefined) return { kind: "id", id: undefined };
	if (typeof key !== "string" || !/^[A-Za-z0-9._:-]{1,64}$/.test(key))
		return { kind: "fault", fault: "Idempotency-Key takes 1 to 64 letters, digits and . _ : -" };
	return { kind: "id", id: `${by}:${key}` };
}
