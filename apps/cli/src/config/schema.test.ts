import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configJsonSchema } from "@shopfloor/core";
import { findPlaces } from "@shopfloor/core/io";
import { expect, test } from "vitest";
import { aCli } from "../testing/a-cli.ts";

const path = "docs/formats/config.schema.json";
const anew = `npx shopfloor config schema > ${path} && npx biome format --write ${path}`;

test("the schema that editors read is the one that the configuration is checked with", () => {
	const file = readFileSync(join(findPlaces({}).root, path), "utf8");
	expect(JSON.parse(file), `${path} is out of date; write it anew: ${anew}`).toEqual(configJsonSchema());
});

test("the command prints that schema", async () => {
	expect(JSON.parse((await aCli().run("config", "schema")).out)).toEqual(configJsonSchema());
});
