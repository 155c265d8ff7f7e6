/** The number under the bars: the parcel's own, padded, and a check digit by the weights 3 and 1 from the right. */
export function barcode(parcelNumber: number): string {
	const digits = String(parcelNumber).padStart(11, "0");
	return `${digits}${checkDigit(digits)}`;
}

export function isBarcode(text: string): boolean {
	return /^\d{12}$/.test(text) && checkDigit(text.slice(0, -1)) === Number(text.at(-1));
}

function checkDigit(digits: string): number {
	const sum = [...digits].reverse().reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
	return (10 - (sum % 10)) % 10;
}
