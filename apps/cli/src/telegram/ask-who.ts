/** Asks Telegram whose token it is. The token is part of the address, so no error of the way there is shown as it is. */
import { withoutValues } from "@shopfloor/core";

export type Who =
	| { readonly kind: "bot"; readonly name: string }
	| { readonly kind: "refused"; readonly why: string }
	| { readonly kind: "unknown"; readonly why: string };

export async function askWho(token: string, api: string): Promise<Who> {
	const hide = withoutValues([token]);
	try {
		const address = `${api.replace(/\/$/, "")}/bot${token}/getMe`;
		const response = await fetch(address, { signal: AbortSignal.timeout(answerMs), redirect: "error" });
		const { ok, result, description } = (await response.json()) as Answer;
		if (ok === true) return { kind: "bot", name: String(result?.username ?? "?").slice(0, 64) };
		const why = hide(String(description ?? response.status)).slice(0, 200);
		return { kind: response.status === 401 || response.status === 404 ? "refused" : "unknown", why };
	} catch (error) {
		return { kind: "unknown", why: hide(error instanceof Error ? error.message : String(error)).slice(0, 200) };
	}
}

interface Answer {
	readonly ok?: unknown;
	readonly result?: { readonly username?: unknown };
	readonly description?: unknown;
}

const answerMs = 10_000;
