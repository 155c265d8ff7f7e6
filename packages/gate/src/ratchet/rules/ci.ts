import { anyOf } from "../any-of.ts";
import { addedLines } from "../lines.ts";
import type { Rule } from "../rule.ts";

const workflow = (step: string) => ({
	".github/workflows/ci.yml": `on: push\njobs:\n  test:\n    steps:\n      - run: ${step}\n`,
});

export const ci: Rule = {
	name: "ci",
	severity: "ask",
	reason: "A workflow runs with the repository's secrets, and decides what a green check means.",
	*look({ diff }) {
		for (const file of diff.files) {
			if (![file.path, file.from ?? file.path].some((path) => isCi(path))) continue;
			const hidden = addedLines(file).find(({ text }) => hides.test(text));
			if (hidden !== undefined)
				yield {
					path: file.path,
					line: hidden.line,
					what: `lets a failing step pass: \`${hidden.text.trim().slice(0, 80)}\``,
					severity: "block",
				};
			else
				yield {
					path: file.path,
					what: file.modeAfter === null ? "takes away what runs on the server" : "changes what runs on the server",
				};
		}
	},
	examples: {
		caught: [
			{ name: "a step", before: workflow("npm test"), after: workflow("npm run build") },
			{ name: "a failure does not count", before: workflow("npm test"), after: workflow("npm test || true") },
			{ name: "goes on", before: workflow("npm test"), after: workflow("npm test\n        continue-on-error: true") },
			{ name: "never", before: workflow("npm test"), after: workflow("npm test\n        if: false") },
			{
				name: "gitlab",
				before: { ".gitlab-ci.yml": "test:\n  script: npm test\n" },
				after: { ".gitlab-ci.yml": "test:\n  script: npm test\n  allow_failure: true\n" },
			},
			{ name: "it is gone", before: workflow("npm test") },
		],
		passed: [{ name: "an issue template", after: { ".github/ISSUE_TEMPLATE/bug.md": "What happened?\n" } }],
	},
};

export const isCi = anyOf([
	".github/{workflows,actions}/**",
	"**/action.y{a,}ml",
	".github/{dependabot.yml,CODEOWNERS,settings.yml,renovate.json*}",
	"CODEOWNERS",
	"docs/CODEOWNERS",
	"{.,}renovate{rc,}{.json,.json5,}",
	".gitlab-ci.yml",
	".gitlab/**",
	".circleci/**",
	".buildkite/**",
	".woodpecker{,/**,.yml}",
	".drone.yml",
	".travis.yml",
	"appveyor.yml",
	"azure-pipelines*.yml",
	"bitbucket-pipelines.yml",
	"Jenkinsfile*",
	"cloudbuild.y{a,}ml",
	"codecov.yml",
	".codecov.yml",
	"sonar-project.properties",
	".ci/**",
]);

const hides =
	/continue-on-error\s*:\s*(?!false)\S|allow_failure\s*:\s*true|\|\|\s*(true|:|exit 0|echo)|\bif\s*:\s*(?:\$\{\{\s*)?false\b|--passWithNoTests|set \+e|;\s*(exit 0|true)\s*["']?$|--updateSnapshot|pull_request_target/;
