import { Address } from "./address.js";

/** The addresses that a customer has sent to before, the latest first, each once. */
export class AddressBook {
	readonly #addresses: Address[] = [];

	add(address: Address): void {
		const at = this.#addresses.findIndex((known) => keyOf(known) === keyOf(address));
		if (at >= 0) this.#addresses.splice(at, 1);
		this.#addresses.unshift(address);
	}

	get latest(): readonly Address[] {
		return this.#addresses;
	}
}

/** People write their street once with and once without capitals. */
function keyOf({ name, street, postcode }: Address): string {
	return [name, street, postcode].map((part) => part.trim().toLowerCase()).join("|");
}
