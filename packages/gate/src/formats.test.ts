/** The examples in docs/formats/gate.md are read by what reads the real ones. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseDefinition } from "./definition/gate-definition.ts";
import { Receipt } from "./receipts/receipt.ts";

const text = readFileSync(new URL("../../../docs/formats/gate.md", import.meta.url), "utf8");
const [definition = "", receipt = ""] = [...text.matchAll(/^```json\n([\s\S]*?)\n```$/gm)].map(([, body]) => body);

test("the example of a definition is one", () => {
	expect(parseDefinition(definition).checks.map(({ name }) => name)).toEqual(["types", "tests", "schema"]);
});

test("the example of a receipt is one", () => {
	expect(Receipt.safeParse(JSON.parse(receipt)).error).toBeUndefined();
});
