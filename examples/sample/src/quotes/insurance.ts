export interface Contract {
	readonly customer: string;
	/** Who has none is insured by the carrier up to what the law says. */
	readonly insurance?: { readonly insurer: string; readonly coverCents: number };
}

export function coverCents({ insurance }: Contract): number {
	return insurance.coverCents ?? lawfulCoverCents;
}

/** A percent of what is covered, and at least a euro. */
export function premiumCents(contract: Contract): number {
	return contract.insurance === undefined ? 0 : Math.max(100, Math.round(contract.insurance.coverCents / 100));
}

const lawfulCoverCents = 50_000;
