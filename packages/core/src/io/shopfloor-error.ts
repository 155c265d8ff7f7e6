/**
 * The one error of the outside world: disk, lock, configuration, a child that died. `code` is stable and is what a
 * caller may act on; the message says what happened, to what, and what to do next. Faults of ours are plain errors.
 */
export class ShopfloorError extends Error {
	readonly code: ErrorCode;

	constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
		super(message, options);
		this.name = "ShopfloorError";
		this.code = code;
	}
}

export type ErrorCode =
	| "bad-config"
	| "bad-draft"
	| "bad-record"
	| "bad-repository"
	| "bad-state-dir"
	| "bad-secret"
	| "bad-store"
	| "bad-tree"
	| "dependencies-failed"
	| "disk-full"
	| "git-failed"
	| "disk-error"
	| "lease-lost"
	| "lock-busy"
	| "lock-lost"
	| "no-sandbox"
	| "pm2-failed"
	| "process-left"
	| "target-unreachable"
	| "too-large";

export function isShopfloorError(error: unknown, ...codes: readonly ErrorCode[]): error is ShopfloorError {
	return error instanceof ShopfloorError && (codes.length === 0 || codes.includes(error.code));
}

/** The code of an error from Node, `ENOENT` and the like. */
export function errnoOf(error: unknown): string | undefined {
	const code = (error as { code?: unknown } | null)?.code;
	return typeof code === "string" ? code : undefined;
}

/** A write that the disk refused, in words a person can act on. */
export function diskError(error: unknown, what: string): unknown {
	const code = errnoOf(error);
	if (code === "ENOSPC" || code === "EDQUOT")
		return new ShopfloorError(
			"disk-full",
			`${what}: the disk is full. Nothing was acknowledged; free some space and it goes on by itself.`,
			{
				cause: error,
			},
		);
	if (code === "EIO" || code === "EROFS")
		return new ShopfloorError(
			"disk-error",
			`${what}: the disk answered ${code}. Nothing was acknowledged; look at the disk (dmesg).`,
			{
				cause: error,
			},
		);
	return error;
}
