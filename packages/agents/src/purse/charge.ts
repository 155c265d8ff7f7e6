/**
 * What a call is charged, from what its program reported. A program may be wrong, or changed its format, or was made to
 * lie: a report that cannot be is not believed, and the dearer of what was reserved and what the tokens come to is taken.
 */
import { showUsd } from "@shopfloor/core";
import type { Usage } from "../port/outcome.ts";
import type { Estimate, Tokens } from "./estimate.ts";

export interface Charge extends Tokens {
	readonly usd: number;
	readonly estimated: boolean;
	/** Why the report was not believed. */
	readonly doubt?: string;
}

/** `estimate`: what the tokens of the report come to; undefined where there are none that make sense. */
export function chargeFor(report: Usage | null, reservedUsd: number, estimate: Estimate | undefined): Charge {
	if (report === null) return { ...noTokens, usd: reservedUsd, estimated: true };
	const doubt = doubtOf(report, reservedUsd, estimate);
	if (doubt === undefined && report.atLeast)
		return { ...pick(report), usd: Math.max(reservedUsd, report.usd), estimated: true };
	if (doubt === undefined) return { ...pick(report), usd: report.usd, estimated: report.estimated };
	const tokens = hasTokens(report) ? pick(report) : noTokens;
	return { ...tokens, usd: Math.max(reservedUsd, estimate?.usd ?? 0), estimated: true, doubt };
}

/** Counts that can be: whole, not negative, and no more read again than read. */
export function hasTokens({ inputTokens, cachedTokens, outputTokens }: Tokens): boolean {
	return [inputTokens, cachedTokens, outputTokens].every(isCount) && cachedTokens <= inputTokens;
}

/** A context of a million tokens, read a hundred times: more than any call's. */
const tokensMax = 100_000_000;
/** A turn may overshoot what was reserved, and by more than double; by this much it is another unit, or another sum. */
const timesReservedMax = 10;
/** Discounts and tables differ; not by this much. Below a cent nobody cares. */
const timesBelowEstimate = 10;
const cent = 0.01;

function doubtOf(report: Usage, reservedUsd: number, estimate: Estimate | undefined): string | undefined {
	const { usd } = report;
	if (!Number.isFinite(usd) || usd < 0) return `it reported ${usd} dollars`;
	if (!hasTokens(report)) {
		const { inputTokens, cachedTokens, outputTokens } = report;
		return `it reported ${inputTokens} tokens read, ${cachedTokens} of them again, and ${outputTokens} written`;
	}
	// What was to be free and is not is charged, whatever it is.
	if (reservedUsd > 0 && usd > reservedUsd * timesReservedMax)
		return `it reported ${showUsd(usd)}, and ${showUsd(reservedUsd)} were reserved`;
	if (estimate?.known && estimate.usd > cent && usd * timesBelowEstimate < estimate.usd)
		return `it reported ${showUsd(usd)} for tokens that cost about ${showUsd(estimate.usd)}`;
	return undefined;
}

const noTokens: Tokens = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };

function pick({ inputTokens, cachedTokens, outputTokens }: Tokens): Tokens {
	return { inputTokens, cachedTokens, outputTokens };
}

function isCount(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0 && value <= tokensMax;
}
