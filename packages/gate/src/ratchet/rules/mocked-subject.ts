import { posix } from "node:path";
import ts from "typescript";
import { isAdded } from "../lines.ts";
import { memberName } from "../reading/names.ts";
import { lineOf, nodesOf, shown, treeOf } from "../reading/syntax.ts";
import { sameModule } from "../reading/test-change.ts";
import type { Rule } from "../rule.ts";

const before = {
	"src/add.test.ts": 'import { add } from "./add";\nit("adds", () => { expect(add(1, 2)).toBe(3); });\n',
};

export const mockedSubject: Rule = {
	name: "mocked-subject",
	severity: "ask",
	reason: "A test of a mocked module tests the mock.",
	*look({ diff, kinds }) {
		for (const file of diff.files) {
			const tree = kinds.isTest(file.path) ? treeOf(file, "after") : null;
			if (tree === null) continue;
			for (const node of nodesOf(tree)) {
				const specifier = mockedModule(node);
				if (specifier === undefined || !isAdded(file, lineOf(node))) continue;
				const path = posix.join(posix.dirname(file.path), specifier);
				if (subjectsOf(file.path).some((subject) => sameModule(path, subject)))
					yield { path: file.path, line: lineOf(node), what: `mocks the module that it tests: \`${shown(node)}\`` };
			}
		}
	},
	examples: {
		caught: [
			{
				name: "vi.mock",
				before,
				after: { "src/add.test.ts": `vi.mock("./add", () => ({ add: () => 3 }));\n${before["src/add.test.ts"]}` },
			},
			{
				name: "jest.doMock with an extension",
				before,
				after: {
					"src/add.test.ts": `jest.doMock("./add.ts", () => ({ add: () => 3 }));\n${before["src/add.test.ts"]}`,
				},
			},
			{ name: "from a folder of tests", after: { "src/__tests__/add.spec.js": 'jest.mock("../add");\n' } },
			{
				name: "with an import",
				before,
				after: {
					"src/add.test.ts": `vi.mock(import("./add"), () => ({ add: () => 3 }));\n${before["src/add.test.ts"]}`,
				},
			},
			{
				name: "node:test",
				after: { "src/add.test.js": 'mock.module("./add.js", { namedExports: { add: () => 3 } });\n' },
			},
		],
		passed: [
			{
				name: "another module",
				before,
				after: { "src/add.test.ts": `vi.mock("./log");\n${before["src/add.test.ts"]}` },
			},
		],
	},
};

function mockedModule(node: ts.Node): string | undefined {
	if (!ts.isCallExpression(node)) return undefined;
	const name = memberName(node.expression) ?? node.expression.getText();
	if (
		!/^(mock|doMock|unstable_mockModule|mockModule|module|setMock|replace|replaceEsm|proxyquire|rewiremock)$/.test(name)
	)
		return undefined;
	if (!/^(vi|vitest|jest|mock|t|td|proxyquire|rewiremock)\b/.test(node.expression.getText())) return undefined;
	const [first] = node.arguments;
	if (first === undefined) return undefined;
	if (ts.isStringLiteralLike(first)) return first.text;
	if (ts.isCallExpression(first) && first.expression.kind === ts.SyntaxKind.ImportKeyword) {
		const [path] = first.arguments;
		return path !== undefined && ts.isStringLiteralLike(path) ? path.text : undefined;
	}
	return undefined;
}

/** `src/a.test.ts`, `src/__tests__/a.ts` and `test/a.test.ts` are for `src/a`. */
function subjectsOf(test: string): string[] {
	const name = posix
		.basename(test)
		.replace(/[._-](test|spec|tests|specs)(?=\.)/, "")
		.replace(/\.[cm]?[jt]sx?$/, "");
	const folder = posix.dirname(test);
	const above = folder.replace(/(^|\/)(__tests__|test|tests|spec|specs)(\/|$)/, "$1").replace(/\/$/, "") || ".";
	return [folder, above, posix.join("src", above), posix.join(above, "src"), "src", "lib"].map((place) =>
		posix.join(place, name),
	);
}
