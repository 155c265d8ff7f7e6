import { anyOf } from "../any-of.ts";
import type { Rule } from "../rule.ts";

export const factoryFiles: Rule = {
	name: "factory-files",
	severity: "block",
	reason: "A change that edits the factory's own settings chooses its judge.",
	*look({ diff }) {
		for (const file of diff.files)
			if ([file.path, file.from ?? file.path].some((path) => isFactoryFile(path)))
				yield { path: file.path, what: "changes a file of the factory" };
	},
	examples: {
		caught: [
			{
				name: "a check",
				before: { ".shopfloor/checks.json": "{}\n" },
				after: { ".shopfloor/checks.json": '{ "checks": [] }\n' },
			},
			{ name: "its configuration", after: { "shopfloor.config.json": "{}\n" } },
			{ name: "in other letters", after: { ".Shopfloor/gate.json": "{}\n" } },
			{ name: "it is gone", before: { ".shopfloor/checks.json": "{}\n" } },
		],
		passed: [{ name: "a module of that name", after: { "src/shopfloor.ts": "export const a = 1;\n" } }],
	},
};

export const isFactoryFile = anyOf([
	"**/.shopfloor/**",
	"**/shopfloor.config.*",
	"**/shopfloor.{json,yml,yaml}",
	"**/.shopfloorrc*",
]);
