/** The examples in docs/formats/gate.md are read by what reads the real ones. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { GateDefinition, parseDefinition } from "./definition/gate-definition.ts";
import { findingKinds } from "./gate/finding-names.ts";
import { Receipt } from "./receipts/receipt.ts";

const rulesHead = `# The rules

What the gate finds in a change. \`block\` turns it away, \`ask\` leaves it to a person, \`note\` is for whoever reviews. A base changes the severity of a rule, or turns it off, under \`rules\` of its [definition](gate.md); a person takes the findings of one in one commit upon themselves, also those that block, with \`--accept <rule>@<commit>\`; \`secrets\` and \`broken-definition\` are accepted by nobody. A test of \`packages/gate\` writes this page.

| rule | severity | without it |
| --- | --- | --- |
`;

const text = readFileSync(new URL("../../../docs/formats/gate.md", import.meta.url), "utf8");
const [definition = "", receipt = ""] = [...text.matchAll(/^```json\n([\s\S]*?)\n```$/gm)].map(([, body]) => body);

test("the example of a definition is one", () => {
	expect(parseDefinition(definition).checks.map(({ name }) => name)).toEqual(["types", "tests", "schema"]);
});

test("the example of a receipt is one", () => {
	expect(Receipt.safeParse(JSON.parse(receipt)).error).toBeUndefined();
});

const formats = "../../../docs/formats";

test("the list of rules is the one that is applied", async () => {
	const rows = (await findingKinds()).map(({ name, severity, reason }) => `| \`${name}\` | ${severity} | ${reason} |`);
	await expect(`${rulesHead}${rows.join("\n")}\n`).toMatchFileSnapshot(`${formats}/rules.md`);
});

test("the schema that editors read is the one that a definition is checked with", async () => {
	const schema = z.toJSONSchema(GateDefinition, { io: "input" });
	await expect(`${JSON.stringify(schema, undefined, "\t")}\n`).toMatchFileSnapshot(`${formats}/gate.schema.json`);
});
