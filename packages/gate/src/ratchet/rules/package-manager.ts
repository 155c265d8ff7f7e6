import { addedLines } from "../lines.ts";
import type { Rule } from "../rule.ts";

export const packageManager: Rule = {
	name: "package-manager",
	severity: "ask",
	reason: "The package manager's settings name programs that it runs and places that it trusts.",
	*look({ diff }) {
		for (const file of diff.files) {
			if (![file.path, file.from ?? file.path].some(isManagerSetting)) continue;
			const runs = addedLines(file).find(({ text }) => running.test(text));
			if (runs !== undefined)
				yield {
					path: file.path,
					line: runs.line,
					what: `lets the package manager run or trust something else (\`${keyOf(runs.text)}\`)`,
					severity: "block",
				};
			else if (/pnpmfile/.test(file.path) && file.after !== null)
				yield { path: file.path, what: "is run by the package manager", severity: "block" };
			else yield { path: file.path, what: "changes the settings of the package manager" };
		}
	},
	examples: {
		caught: [
			{ name: "a preload", after: { ".npmrc": "node-options=--require ./x.js\n" } },
			{ name: "a shell", after: { ".npmrc": "script-shell = ./sh\n" } },
			{ name: "a registry", after: { "packages/a/.npmrc": "registry=https://npm.example.com/\n" } },
			{ name: "yarn itself", after: { ".yarnrc.yml": "yarnPath: ./yarn.cjs\n" } },
			{ name: "a hook of pnpm", after: { ".pnpmfile.cjs": "module.exports = { hooks: {} };\n" } },
			{
				name: "a member of the workspace",
				before: { "pnpm-workspace.yaml": "packages:\n  - a\n" },
				after: { "pnpm-workspace.yaml": "packages:\n  - a\n  - b\n" },
			},
		],
		passed: [{ name: "a document about it", after: { "docs/npmrc.md": "script-shell\n" } }],
	},
};

export function isManagerSetting(path: string): boolean {
	return form.test(path);
}

const form = /(^|\/)(\.npmrc|\.yarnrc(\.yml)?|\.pnpmfile\.[cm]?js|pnpm-workspace\.yaml|bunfig\.toml|\.yarn\/.*)$/i;
const running =
	/^\s*["']?(?:@[\w-]+:)?(node-options|script-shell|shell|ignore-scripts(?!\s*[=:]\s*true)|ignoreScripts(?!\s*[=:]\s*true)|enableScripts(?!\s*[=:]\s*false)|registry|npmRegistryServer|yarnPath|yarn-path|plugins|prefix|git|globalconfig|userconfig|cafile|strict-ssl|strictSsl|enableStrictSsl|proxy|https-proxy|http-proxy|enable-pre-post-scripts|pnpmfile|onlyBuiltDependencies|dangerouslyAllowAllBuilds|preload|unsafe-perm|scriptShell|overrides|patchedDependencies|nodeOptions)\b/i;

/** Without the value, which may be a password. */
function keyOf(text: string): string {
	return (/^[\s"']*([@\w:-]+)/.exec(text)?.[1] ?? "").slice(0, 60);
}
