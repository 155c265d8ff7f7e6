/** What one API says and how, for the server that speaks it. */
import type { Wanted } from "../script/matching.ts";
import type { Turn } from "../script/turn.ts";
import type { Asked } from "./asked.ts";

export interface Dialect {
	/** Pure: the same request is understood in the same way. */
	understand(asked: Asked): Understood;
	/** An error in the API's form. */
	refusal(error: ApiError): Reply;
	/** A request that the script has no turn for; with a status that no program tries again. */
	readonly unscriptedStatus: number;
	/** Says only that the connection lives. */
	readonly ping: string;
	/** An error after the answer began. */
	streamError(error: string, message: string): StreamEvent;
}

export interface ApiError {
	readonly status: number;
	readonly message: string;
	readonly error?: string | undefined;
	readonly retryAfterS?: number | undefined;
	readonly resetInS?: number | undefined;
}

export type Understood =
	/** Answered without the script. */
	| { readonly kind: "reply"; readonly reply: Reply }
	/** The first fault is answered, all of them are kept. */
	| { readonly kind: "faulty"; readonly faults: readonly [ApiError, ...ApiError[]] }
	| WantsTurn;

export interface WantsTurn {
	readonly kind: "wants-turn";
	readonly wanted: Omit<Wanted, "number" | "body">;
	readonly streamed: boolean;
	write(turn: Turn): Written;
}

export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
}

/** A turn in the API's words, in both forms. */
export interface Written {
	readonly events: readonly StreamEvent[];
	readonly whole: unknown;
	readonly headers: Readonly<Record<string, string>>;
}

export interface StreamEvent {
	readonly type: string;
	readonly [key: string]: unknown;
}
