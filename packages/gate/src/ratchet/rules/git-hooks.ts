import { anyOf } from "../any-of.ts";
import type { Rule } from "../rule.ts";

export const gitHooks: Rule = {
	name: "git-hooks",
	severity: "ask",
	reason: "A hook runs on the machine of everybody who commits.",
	*look({ diff }) {
		for (const file of diff.files)
			if ([file.path, file.from ?? file.path].some((path) => isGitHook(path)))
				yield { path: file.path, what: "changes what git runs" };
	},
	examples: {
		caught: [
			{ name: "husky", after: { ".husky/pre-commit": "npm test\n" } },
			{ name: "lefthook", before: { "lefthook.yml": "a: 1\n" }, after: { "lefthook.yml": "a: 2\n" } },
			{ name: "a folder of one's own", after: { ".githooks/post-checkout": "x\n" } },
			{ name: "filters", after: { ".gitattributes": "*.ts filter=x\n" } },
			{ name: "in a folder", after: { "packages/a/.husky/pre-push": "x\n" } },
		],
		passed: [{ name: "hooks of React", after: { "src/hooks/use-cart.ts": "export const useCart = 1;\n" } }],
	},
};

export const isGitHook = anyOf([
	"**/.husky/**",
	"**/.githooks/**",
	"**/.git-hooks/**",
	"**/{lefthook,.lefthook}{,-local}.{yml,yaml,json,toml}",
	"**/.pre-commit-config.yaml",
	"**/{,.}simple-git-hooks.{js,cjs,mjs,json}",
	"**/{,.}lint-staged{rc,.config}{,.*}",
	"**/.overcommit.yml",
	"**/.gitattributes",
	"**/.gitconfig",
	"**/.lfsconfig",
]);
