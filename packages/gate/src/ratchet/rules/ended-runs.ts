import ts from "typescript";
import { isAdded } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { constantOf, isAssignment } from "../reading/constant.ts";
import { memberName } from "../reading/names.ts";
import { bare, lineOf, nodesOf, shown, treeOf } from "../reading/syntax.ts";
import type { Rule } from "../rule.ts";

const before = { "a.test.ts": "it('a', () => { expect(a()).toBe(1); });\n" };

export const endedRuns: Rule = {
	name: "ended-runs",
	severity: "block",
	reason: "A test that ends the process, or says with which code it ends, decides what the whole run comes to.",
	*look({ diff, kinds }) {
		for (const file of diff.files) {
			if (!isTestAlone(kinds, file.path) && !kinds.isMeasuringStick(file.path)) continue;
			const tree = treeOf(file, "after");
			if (tree === null) continue;
			const names = processNames(tree);
			for (const node of nodesOf(tree)) {
				const what = ending(node, names);
				if (what !== null && isAdded(file, lineOf(node)))
					yield { path: file.path, line: lineOf(node), what: `${what}: \`${shown(node)}\`` };
			}
		}
	},
	examples: {
		caught: [
			{ name: "in a test", before, after: { "a.test.ts": "it('a', () => { process.exit(0); });\n" } },
			{
				name: "in the runner's configuration",
				after: { "vitest.config.mts": "process.exit(0);\nexport default {};\n" },
			},
			{
				name: "with a computed name",
				before,
				after: { "a.test.ts": "it('a', () => { process['ex' + 'it'](0); });\n" },
			},
			{
				name: "out of the process",
				before,
				after: { "a.test.ts": "const { exit } = process;\nit('a', () => { exit(0); });\n" },
			},
			{
				name: "imported",
				before,
				after: { "a.test.ts": "import { exit as leave } from 'node:process';\nit('a', () => { leave(0); });\n" },
			},
			{ name: "a hook", before, after: { "a.test.ts": "process.on('exit', () => { process.exitCode = 0; });\n" } },
			{ name: "a code", before, after: { "vitest.config.ts": "process.exitCode = 0;\nexport default {};\n" } },
			{ name: "by reflection", before, after: { "a.test.ts": "Reflect.get(process, 'exit')(0);\n" } },
			{ name: "a signal to oneself", before, after: { "a.test.ts": "process.kill(process.pid, 'SIGTERM');\n" } },
		],
		passed: [
			{
				name: "a spy",
				before,
				after: {
					"a.test.ts":
						"it('a', () => { vi.spyOn(process, 'exit').mockImplementation(() => undefined as never); expect(a()).toBe(1); });\n",
				},
			},
			{ name: "in the source of a command", after: { "src/cli.ts": "process.exit(run());\n" } },
			{
				name: "the code is looked at",
				before,
				after: { "a.test.ts": "it('a', () => { expect(process.exitCode).toBe(1); process.exitCode = undefined; });\n" },
			},
			{
				name: "the text of a program",
				before,
				after: { "a.test.ts": "it('a', () => { const text = 'process.exit(3)'; expect(run(text)).toBe(3); });\n" },
			},
			{
				name: "another process",
				before,
				after: { "a.test.ts": "it('a', () => { child.on('exit', done); expect(a()).toBe(1); });\n" },
			},
		],
	},
};

function ending(node: ts.Node, names: ReadonlyMap<string, string>): string | null {
	if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
		const member = isProcess(node.left, names) ? memberName(bare(node.left)) : undefined;
		if (member === "exitCode") return bare(node.right).getText() === "undefined" ? null : "decides the exit code";
		return member === "exit" || member === "reallyExit" ? "changes how the process ends" : null;
	}
	if (!ts.isCallExpression(node)) return null;
	const callee = bare(node.expression);
	const direct = ts.isIdentifier(callee) ? names.get(callee.text) : undefined;
	const member = direct ?? (isProcess(callee, names) ? memberName(callee) : undefined);
	const [first, second] = node.arguments;
	if (member !== undefined && ["exit", "reallyExit", "abort", "_kill"].includes(member)) return "ends the process";
	if (member === "kill" && first !== undefined && isOwnPid(first, names)) return "ends the process";
	const event = String((first && constantOf(first)?.value) ?? "");
	if (
		member !== undefined &&
		/^(on|once|addListener|prependListener|prependOnceListener)$/.test(member) &&
		/^(exit|beforeExit)$/.test(event)
	)
		return "runs when the process ends";
	if (
		/^Reflect\.(get|apply|set)$/.test(callee.getText()) &&
		/^process\b/.test(first?.getText() ?? "") &&
		/exit/.test(node.getText()) &&
		second !== undefined
	)
		return "ends the process";
	return null;
}

function isOwnPid(node: ts.Expression, names: ReadonlyMap<string, string>): boolean {
	const target = bare(node);
	if (ts.isIdentifier(target)) return ["pid", "ppid"].includes(names.get(target.text) ?? "");
	return isProcess(target, names) && ["pid", "ppid"].includes(memberName(target) ?? "");
}

/** `process.x`, `globalThis.process.x`, or a member of what was imported as the process. */
function isProcess(node: ts.Expression, names: ReadonlyMap<string, string>): boolean {
	const target = bare(node);
	if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return false;
	const owner = bare(target.expression).getText().replace(/\s/g, "");
	return /^(globalThis\.|global\.)?process$/.test(owner) || names.get(owner) === "process";
}

/** What names of a file stand for the process or a function of it. */
function processNames(tree: ts.SourceFile): ReadonlyMap<string, string> {
	const names = new Map<string, string>();
	for (const node of nodesOf(tree)) {
		if (ts.isImportDeclaration(node) && /^(node:)?process$/.test(node.moduleSpecifier.getText().slice(1, -1))) {
			const { name, namedBindings } = node.importClause ?? {};
			if (name !== undefined) names.set(name.text, "process");
			if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings))
				names.set(namedBindings.name.text, "process");
			else if (namedBindings !== undefined)
				for (const element of namedBindings.elements)
					names.set(element.name.text, (element.propertyName ?? element.name).text);
		} else if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
			const value = bare(node.initializer).getText().replace(/\s/g, "");
			const isOfProcess = /^(globalThis\.)?process$|^require\(["'](node:)?process["']\)$/.test(value);
			if (ts.isObjectBindingPattern(node.name) && isOfProcess)
				for (const element of node.name.elements)
					names.set(element.name.getText(), (element.propertyName ?? element.name).getText());
			else if (ts.isIdentifier(node.name) && isOfProcess) names.set(node.name.text, "process");
			else if (ts.isIdentifier(node.name) && /^(globalThis\.)?process\.exit(\.bind\(.*\))?$/.test(value))
				names.set(node.name.text, "exit");
		}
	}
	return names;
}
