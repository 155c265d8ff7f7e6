/** How a command ends, for scripts. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, notReady: 3, interrupted: 130 } as const;

/** The command cannot be done; the message says why and what to do. */
export class Failure extends Error {
	readonly exitCode: number;

	constructor(exitCode: number, message: string) {
		super(message);
		this.name = "Failure";
		this.exitCode = exitCode;
	}
}

/** Why a command breaks off that was asked to. */
export function interrupted(exitCode: number): Failure {
	return new Failure(exitCode, "interrupted; nothing is left half-done");
}

/** What was typed does not make sense. */
export function misuse(message: string): Failure {
	return new Failure(exitCodes.usage, message);
}
