export interface Address {
	readonly name: string;
	readonly street: string;
	readonly postcode: string;
	readonly town: string;
}

/** As it stands on a label, from the top. */
export function addressLines({ name, street, postcode, town }: Address): string[] {
	return [name, street, `${postcode} ${town.toUpperCase()}`];
}
