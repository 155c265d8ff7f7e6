import type { Rule } from "../rule.ts";
import { isCi } from "./ci.ts";
import { isFactoryFile } from "./factory-files.ts";
import { isGitHook } from "./git-hooks.ts";
import { isLockfile } from "./lockfile.ts";
import { isManagerSetting } from "./package-manager.ts";

export const measuringStick: Rule = {
	name: "measuring-stick",
	severity: "ask",
	reason: "A change of what measures all changes is a person's decision, and goes alone.",
	*look({ diff, kinds }) {
		for (const { path, from, modeAfter } of diff.files) {
			if (![path, from ?? path].some((name) => kinds.isMeasuringStick(name) && !hasOwnRule(name))) continue;
			if (from === null && kinds.isOfNoTool(path))
				yield {
					path,
					what: "is called like the configuration of a tool that the base does not have",
					severity: "note",
				};
			else
				yield {
					path,
					what:
						modeAfter === null ? "takes away what decides how others are measured" : "decides how others are measured",
				};
		}
	},
	examples: {
		caught: [
			{
				name: "of the compiler",
				before: { "tsconfig.json": "{}\n" },
				after: { "tsconfig.json": '{ "compilerOptions": {} }\n' },
			},
			{ name: "of the runner, in a folder", after: { "packages/a/vitest.config.mts": "export default {};\n" } },
			{ name: "a setup file", before: { "test/setup.ts": "a();\n" }, after: { "test/setup.ts": "b();\n" } },
			{ name: "of what the runner's own tools read", after: { "postcss.config.cjs": "module.exports = {};\n" } },
			{ name: "of a tool that nobody here knows", after: { "packages/a/.houdinirc": "{}\n" } },
			{ name: "in other letters", after: { "TSConfig.json": "{}\n" } },
			{
				name: "renamed",
				before: { "biome.json": '{ "linter": 1 }\n' },
				after: { "biome.json.off": '{ "linter": 1 }\n' },
			},
		],
		passed: [
			{ name: "code", after: { "src/config.ts": "export const a = 1;\n" } },
			{ name: "a template for issues", after: { ".github/ISSUE_TEMPLATE/bug.md": "a\n" } },
		],
	},
};

/** Rules that look closer speak of these. */
function hasOwnRule(path: string): boolean {
	const own = [isCi, isFactoryFile, isGitHook, isLockfile, isManagerSetting, isTemplate];
	return /(^|\/)(package\.json|\.gitmodules)$/i.test(path) || own.some((is) => is(path));
}

function isTemplate(path: string): boolean {
	return /^\.github\/(ISSUE_TEMPLATE|DISCUSSION_TEMPLATE|FUNDING\.yml|[^/]*\.md$|PULL_REQUEST_TEMPLATE)/i.test(path);
}
