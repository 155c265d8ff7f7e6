import { onTestFinished } from "vitest";
import { startTelegram, type Telegram, type TelegramOptions } from "../start-telegram.ts";

export interface Said {
	readonly status: number;
	readonly ok: boolean;
	/** What it came to, or why not. */
	readonly result: unknown;
	readonly retryAfterS: number | undefined;
}

export interface Twinned<Name extends string> {
	readonly twin: Telegram<Name>;
	/** Asks as a bot would, without any library. */
	api(method: string, args?: object, signal?: AbortSignal): Promise<Said>;
}

/** Closed when the test ends. */
export async function aTwin<Name extends string = "ana">(options?: TelegramOptions<Name>): Promise<Twinned<Name>> {
	const twin = await startTelegram(options);
	onTestFinished(() => twin.close());
	const api = async (method: string, args: object = {}, signal = AbortSignal.timeout(answerMs)) => {
		const response = await fetch(`${twin.url}/bot${twin.token}/${method}`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(args),
			signal,
		});
		return saidIn(response);
	};
	return { twin, api };
}

/** Of an expectation, on a machine that is busy; usually some milliseconds. */
export const soon = { timeout: 20_000 };

/** Longer than any answer takes; what hangs on purpose is given up sooner by its test. */
const answerMs = 20_000;

export async function saidIn(response: Response): Promise<Said> {
	const body = (await response.json()) as {
		ok: boolean;
		result?: unknown;
		description?: string;
		parameters?: { retry_after?: number };
	};
	const { ok, result, description, parameters } = body;
	return { status: response.status, ok, result: ok ? result : description, retryAfterS: parameters?.retry_after };
}
