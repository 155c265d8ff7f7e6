import { expect, test } from "vitest";
import { isTypo } from "./typo.ts";

test.each([
	["lenght", "length"],
	["recieve", "receive"],
	["adress", "address"],
	["commmit", "commit"],
	["isSeperate", "isSeparate"],
	["userID", "userId"],
	["postalAdress", "postalAddress"],
])("%s is %s, mistyped", (wrong, right) => {
	expect(isTypo(wrong, right)).toBe(true);
});

test.each([
	["getUser", "setUser"],
	["item", "items"],
	["orders", "order"],
	["port1", "port2"],
	["form", "from"],
	["user", "User"],
	["contact", "contract"],
	["county", "country"],
	["women", "woman"],
	["startRow", "startCol"],
	["total", "subtotal"],
	["enable", "unable"],
	["read", "readSync"],
	["same", "same"],
])("%s is not taken for %s", (wrong, right) => {
	expect(isTypo(wrong, right)).toBe(false);
});
