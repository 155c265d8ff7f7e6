/** What is refused, and why: each cause has a `type` that stays the same (RFC 9457). Pure. */
export const problems = {
	"bad-request": [400, "The request cannot be read"],
	"bad-json": [400, "The body is no JSON of the accepted kind"],
	unauthorized: [401, "No valid credential"],
	"scope-missing": [403, "The credential is not good for this"],
	"foreign-origin": [403, "The request comes from another site"],
	"not-found": [404, "There is nothing of that name"],
	"method-not-allowed": [405, "Not with this method"],
	"not-open": [409, "The question is not open"],
	overtaken: [409, "The question is about another commit"],
	second: [409, "Somebody else has answered"],
	senseless: [409, "That makes no sense now"],
	"too-large": [413, "The body is too large"],
	"not-json": [415, "The body has to be application/json, as it is"],
	"unknown-host": [421, "The gateway is not known under this name"],
	invalid: [422, "The request does not fit"],
	"key-reused": [422, "The same key stands for another request"],
	"too-many-requests": [429, "Too many requests"],
	backlog: [429, "Too much waits already"],
	fault: [500, "Something went wrong in the gateway"],
	unavailable: [503, "The factory cannot write at the moment"],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

export interface Fault {
	/** `body.title`, `query.wait`. */
	readonly at: string;
	readonly message: string;
}

interface Problem {
	readonly type: string;
	readonly title: string;
	readonly status: number;
	readonly detail?: string;
	/** All of them at once. */
	readonly faults?: readonly Fault[];
}

/** What a request comes to. */
export interface Answer {
	readonly status: number;
	readonly body: unknown;
	readonly type?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface More {
	readonly detail?: string;
	readonly faults?: readonly Fault[];
	readonly headers?: Readonly<Record<string, string>>;
}

export function refusal(code: ProblemCode, { detail, faults, headers = {} }: More = {}): Answer {
	const [status, title] = problems[code];
	const body: Problem = {
		type: `urn:shopfloor:problem:${code}`,
		title,
		status,
		...(detail !== undefined && { detail }),
		...(faults !== undefined && { faults }),
	};
	return { status, body, type: "application/problem+json", headers };
}

/** In whole seconds, and never at once. */
export function retryAfter(ms: number): Readonly<Record<string, string>> {
	return { "retry-after": String(Math.max(1, Math.ceil(ms / 1_000))) };
}
