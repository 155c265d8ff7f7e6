import type { Carrier } from "./carrier.js";

export const nordpost: Carrier = {
	name: "nordpost",
	phone: "0800 100 10",
	zones: ["city", "region", "country", "island"],
	days: 3,
	gramsMax: 31_500,
};

export const kurier: Carrier = {
	name: "kurier",
	phone: "0800 202 00",
	zones: ["city", "region"],
	days: 1,
	gramsMax: 20_000,
};

export const inselboot: Carrier = {
	name: "inselboot",
	zones: ["island"],
	days: 4,
	gramsMax: 50_000,
};

export const carriers: readonly Carrier[] = [nordpost, kurier, inselboot];
