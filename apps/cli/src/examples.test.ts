import { expect, test } from "vitest";
import { invocationAt } from "./examples.ts";

test.each([
	["/work/factory", "npx shopfloor"],
	["/work/factory/apps/cli", "npx shopfloor"],
	["/work/project", "npx --prefix /work/factory shopfloor"],
	["/work/factory-of-another", "npx --prefix /work/factory shopfloor"],
])("from %s it is typed as %s", (cwd, typed) => {
	expect(invocationAt(cwd, "/work/factory")).toBe(typed);
});

test("a folder with a space in its name is quoted", () => {
	expect(invocationAt("/a", "/my factory")).toBe('npx --prefix "/my factory" shopfloor');
});
