import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { tempDir } from "../testing/temp-dir.ts";
import { sourceTrace } from "./source-trace.ts";

test("a place in a bundled file is told as the place in the source", () => {
	const { file, url } = aBundle();
	expect(sourceTrace(`Error: no\n    at act (${url}:2:3)\n    at async ${url}:2:3`)).toBe(
		`Error: no\n    at act (${join(file, "../../src/act.ts")}:3:5)\n    at async ${join(file, "../../src/act.ts")}:3:5`,
	);
});

test("a place without a map stays as it is", () => {
	const trace = "Error: no\n    at node:fs:1:2\n    at file:///nowhere/main.js:4:5";
	expect(sourceTrace(trace)).toBe(trace);
});

test("a map that cannot be read leaves the trace as it is", () => {
	const { file, url } = aBundle();
	writeFileSync(`${file}.map`, "{");
	expect(sourceTrace(`at ${url}:2:3`)).toBe(`at ${url}:2:3`);
});

/** Its second line, third column is the third line, fifth column of the source. */
function aBundle() {
	const file = join(tempDir(), "main.js");
	const map = { version: 3, file: "main.js", sources: ["../src/act.ts"], names: [], mappings: ";EAEI" };
	writeFileSync(`${file}.map`, JSON.stringify(map));
	return { file, url: pathToFileURL(file).href };
}
