import ts from "typescript";
import { isAdded } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { memberName } from "../reading/names.ts";
import { lineOf, nodesOf, shown, treeOf } from "../reading/syntax.ts";
import type { Rule } from "../rule.ts";

export const forgedReports: Rule = {
	name: "forged-reports",
	severity: "ask",
	reason: "A test that writes the runner's report, or reads how the runner was started, can say that all is well.",
	*look({ diff, kinds }) {
		for (const file of diff.files) {
			if (!isTestAlone(kinds, file.path) && !kinds.isMeasuringStick(file.path)) continue;
			const tree = treeOf(file, "after");
			if (tree === null) continue;
			for (const node of nodesOf(tree)) {
				const what = forging(
					node,
					kinds.isMeasuringStick(file.path) || /outputFile|--?reporter|--json/.test(file.after ?? ""),
				);
				if (what !== null && isAdded(file, lineOf(node)))
					yield { path: file.path, line: lineOf(node), what: `${what}: \`${shown(node)}\`` };
			}
		}
	},
	examples: {
		caught: [
			{
				name: "the report",
				after: { "a.test.ts": "afterAll(() => { writeFileSync('reports/junit.xml', '<testsuites/>'); });\n" },
			},
			{
				name: "in the configuration",
				after: {
					"vitest.config.ts": "import fs from 'fs';\nfs.writeFileSync('results.json', '{}');\nexport default {};\n",
				},
			},
			{
				name: "how it was started",
				after: { "a.test.ts": "const out = process.argv.find((arg) => arg.startsWith('--outputFile'));\n" },
			},
			{ name: "the runner's insides", after: { "a.test.ts": "import { getCurrentTest } from '@vitest/runner';\n" } },
		],
		passed: [
			{
				name: "a fixture",
				after: {
					"a.test.ts": "it('a', () => { writeFileSync(join(dir, 'input.json'), '{}'); expect(a()).toBe(1); });\n",
				},
			},
			{
				name: "a config",
				after: {
					"vitest.config.ts": "import { defineConfig } from 'vitest/config';\nexport default defineConfig({});\n",
				},
			},
		],
	},
};

function forging(node: ts.Node, isAboutReports: boolean): string | null {
	if (
		ts.isImportDeclaration(node) &&
		/^["'](@vitest\/(runner|expect|snapshot)|vitest\/(runners|reporters|suite)|jest-circus|jest-jasmine2)/.test(
			node.moduleSpecifier.getText(),
		)
	)
		return "reaches into the runner";
	if (isAboutReports && ts.isPropertyAccessExpression(node) && /^process\.(argv|execArgv)$/.test(node.getText()))
		return "reads how the runner was started";
	if (ts.isIdentifier(node) && /^__vitest_(worker|index)\w*__$|^__jest/.test(node.text))
		return "reaches into the runner";
	if (!ts.isCallExpression(node)) return null;
	const name = memberName(node.expression) ?? node.expression.getText();
	if (
		!/^(writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|rename|renameSync|copyFile|copyFileSync|outputFile|outputJson)$/.test(
			name,
		)
	)
		return null;
	return /(junit|report|results?\b|coverage|\.tap\b|outputFile)/i.test(
		node.arguments
			.slice(0, 2)
			.map((arg) => arg.getText())
			.join(" ")
			.slice(0, 300),
	)
		? "writes what looks like a report"
		: null;
}
