/** What goes wrong on purpose. */
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

export type Trouble = Problem & {
	/** A method of the API; all of them, if not given. */
	readonly on?: string;
	/** How many requests meet it; one, if not given. */
	readonly times?: number;
};

type Problem =
	| {
			readonly kind: "status";
			readonly status: number;
			readonly description?: string;
			readonly retryAfterS?: number;
	  }
	/** Something in between answers in the API's place, with a page. */
	| { readonly kind: "html"; readonly status?: number }
	| { readonly kind: "cut" | "hang"; readonly at?: "before-effect" | "after-effect" }
	/** Well answered, and late. */
	| { readonly kind: "slow"; readonly ms: number };

/** One trouble as its test follows it. */
export interface GoingWrong {
	/** How many requests met it. */
	readonly met: number;
	end(): void;
}

export class Troubles {
	readonly #list: Going[] = [];

	add(trouble: Trouble): GoingWrong {
		const going = new Going(trouble);
		this.#list.push(going);
		return going;
	}

	/** The first one that is left for this method, and it is met. */
	meet(method: string): Trouble | undefined {
		const going = this.#list.find(({ trouble, left }) => {
			return left > 0 && (trouble.on === undefined || trouble.on.toLowerCase() === method.toLowerCase());
		});
		if (going === undefined) return undefined;
		going.met++;
		return going.trouble;
	}
}

class Going implements GoingWrong {
	readonly trouble: Trouble;
	met = 0;
	#isEnded = false;

	constructor(trouble: Trouble) {
		this.trouble = trouble;
	}

	get left(): number {
		return this.#isEnded ? 0 : (this.trouble.times ?? 1) - this.met;
	}

	end(): void {
		this.#isEnded = true;
	}
}

export const usualWords: Readonly<Record<number, string>> = {
	400: "Bad Request",
	401: "Unauthorized",
	403: "Forbidden",
	404: "Not Found",
	409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
	429: "Too Many Requests",
	500: "Internal Server Error",
	502: "Bad Gateway",
	503: "Service Unavailable",
	504: "Gateway Timeout",
};

/** Never answers; ends when the client leaves. */
export async function hang(response: ServerResponse): Promise<void> {
	await pause(response, hangMsMax);
	response.destroy();
}

/** Longer than any client waits, and ends what was forgotten. */
const hangMsMax = 2 * 3_600_000;

/** Ends early when the client leaves. */
export async function pause(response: ServerResponse, ms: number): Promise<void> {
	if (response.destroyed) return;
	const gone = new AbortController();
	const leave = () => gone.abort();
	response.once("close", leave);
	try {
		await wait(ms, undefined, { signal: gone.signal });
	} catch (error) {
		if (!gone.signal.aborted) throw error;
	} finally {
		response.off("close", leave);
	}
}
