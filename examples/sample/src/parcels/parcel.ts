export interface Parcel {
	readonly id: string;
	readonly grams: number;
	readonly lengthMm: number;
	readonly widthMm: number;
	readonly heightMm: number;
}
