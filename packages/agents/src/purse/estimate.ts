/**
 * What tokens cost, where no program says it: by the person's own prices, else by the table that comes with its
 * library, which is pinned and asks nobody. A model that neither knows is taken for a dear one.
 */
import type { FactoryConfig } from "@shopfloor/core";
import type { Usage } from "../port/outcome.ts";

export type Tokens = Pick<Usage, "inputTokens" | "cachedTokens" | "outputTokens">;
type Prices = FactoryConfig["budget"]["prices"];

export interface Estimate {
	readonly usd: number;
	/** False where the model has no known price, and the dear one was taken. */
	readonly known: boolean;
}

export interface EstimateOptions {
	readonly prices?: Prices;
	/** Prices change with time. */
	readonly nowMs?: number;
}

export async function estimateUsd(
	model: string | undefined,
	tokens: Tokens,
	{ prices = {}, nowMs }: EstimateOptions = {},
): Promise<Estimate> {
	if (model !== undefined && Object.hasOwn(prices, model))
		return { usd: priced(tokens, prices[model] as Prices[string]), known: true };
	const usd = model === undefined ? undefined : await fromTable(model, tokens, nowMs);
	return usd === undefined ? { usd: priced(tokens, dear), known: false } : { usd, known: true };
}

/**
 * Dollars for a million tokens: at least what the dearest model costs that a coding agent takes of its own accord. What
 * was read before counts in full, because nobody says that it is cheaper there.
 */
const dear = { input: 15, output: 75 };

function priced(
	{ inputTokens, cachedTokens, outputTokens }: Tokens,
	{
		input,
		cached = input,
		output,
	}: { readonly input: number; readonly cached?: number | undefined; readonly output: number },
): number {
	return ((inputTokens - cachedTokens) * input + cachedTokens * cached + outputTokens * output) / 1_000_000;
}

/** Loaded at the first estimate: it is large, and most programs report their dollars. */
async function fromTable(model: string, tokens: Tokens, nowMs: number | undefined): Promise<number | undefined> {
	const { calcPrice } = await import("@pydantic/genai-prices");
	const usage = {
		input_tokens: tokens.inputTokens,
		cache_read_tokens: tokens.cachedTokens,
		output_tokens: tokens.outputTokens,
	};
	const price = calcPrice(usage, model, nowMs === undefined ? {} : { timestamp: new Date(nowMs) });
	return price === null || !Number.isFinite(price.total_price) ? undefined : price.total_price;
}
