import { type Address, addressLines } from "../addresses/address.js";
import type { Carrier } from "../carriers/carrier.js";
import { euros } from "../money/money.js";
import { barcode } from "./barcode.js";

export interface Label {
	readonly lines: readonly string[];
	readonly barcode: string;
}

export function labelFor(parcelNumber: number, to: Address, { name }: Carrier): Label {
	return { lines: [name.toUpperCase(), ...addressLines(to)], barcode: barcode(parcelNumber) };
}
