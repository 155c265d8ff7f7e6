import { expect, test } from "vitest";
import type { Address } from "./address.js";
import { AddressBook } from "./book.js";

const ana: Address = { name: "Ana Lind", street: "Kornweg 4", postcode: "2040", town: "Aldby" };
const bo: Address = { name: "Bo Falk", street: "Am Hafen 1", postcode: "8004", town: "Sund" };

test("the address that was used last stands first, and each stands once", () => {
	const book = new AddressBook();
	for (const address of [ana, bo, { ...ana, street: "KORNWEG 4 " }]) book.add(address);
	expect(book.latest.map(({ name }) => name)).toEqual(["Ana Lind", "Bo Falk"]);
});
