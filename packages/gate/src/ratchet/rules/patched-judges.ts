import ts from "typescript";
import { isAdded } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { aliasesOf, chainOf, suiteNames, testNames } from "../reading/chain.ts";
import { constantOf, isAssignment } from "../reading/constant.ts";
import { loadsJudges } from "../reading/holds-tests.ts";
import { inSourceOf } from "../reading/in-source.ts";
import { memberName } from "../reading/names.ts";
import { bare, lineOf, nodesOf, shown, treeOf } from "../reading/syntax.ts";
import type { Found, Rule } from "../rule.ts";

const before = { "test/setup.ts": "import './styles.css';\n" };

export const patchedJudges: Rule = {
	name: "patched-judges",
	severity: "block",
	reason: "Whoever changes what `expect` does, or what every object does, decides the outcome of all tests at once.",
	*look({ diff, kinds }) {
		for (const file of diff.files) {
			const tree = treeOf(file, "after");
			if (tree === null) continue;
			const isAlone = isTestAlone(kinds, file.path) || kinds.isMeasuringStick(file.path);
			const reaches = loadsJudges(tree);
			const { blocks } = inSourceOf(tree);
			for (const node of nodesOf(tree)) {
				const isInTests = isAlone || blocks.some((block) => node.pos >= block.pos && node.end <= block.end);
				const what = patch(node, isInTests ? "judge" : reaches ? "reaches" : "code", tree);
				if (what === null || !isAdded(file, lineOf(node))) continue;
				const severity: Pick<Found, "severity"> = isInTests ? {} : { severity: "ask" };
				yield { path: file.path, line: lineOf(node), what: `${what}: \`${shown(node)}\``, ...severity };
			}
		}
	},
	examples: {
		caught: [
			{
				name: "a matcher of the library",
				before,
				after: { "test/setup.ts": "expect.extend({ toBe() { return { pass: true, message: () => '' }; } });\n" },
			},
			{
				name: "in a table of another name",
				before,
				after: { "test/setup.ts": "const all = { ['to' + 'Equal']: () => ({ pass: true }) };\nexpect.extend(all);\n" },
			},
			{
				name: "assert.equal",
				before,
				after: { "test/setup.ts": "import assert from 'node:assert';\nassert.equal = () => {};\n" },
			},
			{
				name: "expect itself",
				before,
				after: { "test/setup.ts": "globalThis.expect = () => new Proxy({}, { get: () => () => {} });\n" },
			},
			{
				name: "by a definition",
				before,
				after: { "test/setup.ts": "Object.defineProperty(globalThis, 'expect', { value: () => ({ toBe() {} }) });\n" },
			},
			{
				name: "by many at once",
				before,
				after: { "test/setup.ts": "Object.assign(assert, { ok() {}, equal() {} });\n" },
			},
			{ name: "every object", before, after: { "a.test.ts": "Object.prototype.toBe = () => {};\n" } },
			{
				name: "the runner's own record",
				before,
				after: { "a.test.ts": "afterEach((ctx) => { ctx.task.result.state = 'pass'; });\n" },
			},
			{ name: "chai's prototype", before, after: { "test/setup.ts": "chai.Assertion.prototype.assert = () => {};\n" } },
			{
				name: "chai.use",
				before,
				after: {
					"test/setup.ts":
						"chai.use((_, utils) => { utils.overwriteMethod(chai.Assertion.prototype, 'equal', () => () => {}); });\n",
				},
			},
			{
				name: "from the code that is tested",
				before: { "src/add.js": "export const add = 1;\n" },
				after: { "src/add.js": "import assert from 'node:assert';\nassert.equal = () => {};\nexport const add = 2;\n" },
			},
			{
				name: "from there, by a function that loads it",
				before: { "src/add.js": "export const add = 1;\n" },
				after: {
					"src/add.js":
						"const judge = createRequire(import.meta.url)('node:assert');\nReflect.set(judge, 'equal', () => {});\nexport const add = 2;\n",
				},
			},
			{
				name: "from there, by the names that are everywhere",
				before: { "src/add.js": "export const add = 1;\n" },
				after: { "src/add.js": "globalThis.expect.extend({ toBe: () => ({ pass: true }) });\nexport const add = 2;\n" },
			},
			{
				name: "the module of the library",
				before,
				after: { "test/setup.ts": "vi.mock('vitest', () => ({ expect: () => ({ toBe() {} }) }));\n" },
			},
		],
		passed: [
			{
				name: "a matcher of one's own",
				before,
				after: {
					"test/setup.ts":
						"expect.extend({ toBeWithin(value, a, b) { return { pass: value > a && value < b, message: () => '' }; } });\n",
				},
			},
			{
				name: "a spy",
				before,
				after: { "a.test.ts": "it('a', () => { const spy = vi.spyOn(console, 'log'); expect(spy).toBe(1); });\n" },
			},
			{
				name: "a variable of code that is called like a test",
				before: { "src/add.js": "export const add = 1;\n" },
				after: { "src/add.js": "import assert from 'node:assert';\nlet test;\ntest = /a/;\nassert.ok(test);\n" },
			},
			{ name: "a method of one's own class", before, after: { "src/a.ts": "Cart.prototype.sum = () => 1;\n" } },
		],
	},
};

/** Of tests and their setup; code that has the test library at hand; any other. */
type Place = "judge" | "reaches" | "code";

function patch(node: ts.Node, place: Place, tree: ts.SourceFile): string | null {
	if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind))
		return assigned(bare(node.left), place, tree);
	if (ts.isDeleteExpression(node)) return assigned(bare(node.expression), place, tree);
	if (!ts.isCallExpression(node)) return null;
	const callee = node.expression.getText().replace(/\s/g, "");
	const [first, second] = node.arguments;
	if (first === undefined) return null;
	if (/^(Object|Reflect)\.(assign|defineProperty|defineProperties|setPrototypeOf|set)$/.test(callee)) {
		const name = second === undefined ? undefined : constantOf(second)?.value;
		if (isBuiltinPrototype(first)) return "changes what every object does";
		if (place !== "code" && isOfJudge(first, tree)) return "changes what the test library does";
		if (
			isGlobal(first) &&
			(isJudgeName(String(name)) ||
				[...nodesOf(node)].some((part) => ts.isPropertyAssignment(part) && isJudgeName(part.name.getText())))
		)
			return "puts something in the place of the test library";
	}
	if (place === "code" && !/^(globalThis|global|window)\./.test(callee) && !/^expect\./.test(callee)) return null;
	if (/(^|\.)extend$/.test(callee) && chainOf(node.expression, aliasesOf(tree))?.root === "expect")
		return extended(first);
	if (/overwrite(Method|Property|ChainableMethod)$/.test(callee)) return "changes what the test library does";
	if (/^expect\.(setState|addEqualityTesters|addSnapshotSerializer)$/.test(callee))
		return callee.endsWith("setState") ? "changes what the test library counts" : null;
	if (
		/\.(mock|doMock|module|unstable_mockModule)$/.test(callee) &&
		/^(vitest|@vitest\/|@jest\/|jest|node:test|node:assert|assert|chai|expect)/.test(
			String(constantOf(first)?.value ?? ""),
		)
	)
		return "puts something in the place of the test library";
	if (/\.(spyOn|method|replaceProperty|stub)$/.test(callee) && isOfJudge(first, tree))
		return "changes what the test library does";
	return null;
}

function assigned(target: ts.Expression, place: Place, tree: ts.SourceFile): string | null {
	const name = memberName(target);
	const owner =
		ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target) ? target.expression : undefined;
	if (owner !== undefined && isBuiltinPrototype(owner)) return "changes what every object does";
	if (place === "judge" && ts.isIdentifier(target) && isJudgeName(target.text))
		return "puts something in the place of the test library";
	if (owner === undefined) return null;
	if (isGlobal(owner) && (name === undefined ? place === "judge" : isJudgeName(name)))
		return "puts something in the place of the test library";
	if (place !== "code" && isOfJudge(owner, tree)) return "changes what the test library does";
	if (place !== "judge") return null;
	if (
		/\b(task|test|currentTest|suite)\s*\??\.\s*(result|state|mode|pending|err)\b|\bresult\s*\??\.\s*(state|status|errors|numFailedTests)$/.test(
			target.getText(),
		)
	)
		return "changes the runner's own record";
	return null;
}

function isJudgeName(name: string): boolean {
	const plain = name.replace(/["'`]/g, "");
	return (
		["expect", "assert", "chai", "should", "vi", "jest"].includes(plain) ||
		testNames.includes(plain) ||
		suiteNames.slice(0, 2).includes(plain)
	);
}

function isOfJudge(node: ts.Expression, tree: ts.SourceFile): boolean {
	const text = node.getText();
	if (/^(chai|should)\b|\bAssertion\.prototype\b|^expect\(/.test(text)) return true;
	const chain = chainOf(node, aliasesOf(tree));
	return (
		chain !== null &&
		(["expect", "assert"].includes(chain.root) || (testNames.slice(0, 2).includes(chain.root) && !/context/.test(text)))
	);
}

function isGlobal(node: ts.Expression): boolean {
	return /^(globalThis|global|window|self)$/.test(bare(node).getText());
}

function isBuiltinPrototype(node: ts.Expression): boolean {
	return /^(?:globalThis\.)?(Object|Array|String|Number|Boolean|Function|Promise|Error|RegExp|Map|Set|Date|Symbol|Iterator|AssertionError)\.prototype$/.test(
		bare(node).getText().replace(/\s/g, ""),
	);
}

function extended(matchers: ts.Expression): string | null {
	const node = bare(matchers);
	const tree = node.getSourceFile();
	const object = ts.isIdentifier(node)
		? [...nodesOf(tree)].find((part) => ts.isVariableDeclaration(part) && part.name.getText() === node.text)
		: node;
	if (object === undefined) return null;
	const overridden = [...nodesOf(object)].some((part) => {
		if (!ts.isPropertyAssignment(part) && !ts.isMethodDeclaration(part) && !ts.isShorthandPropertyAssignment(part))
			return false;
		const { name } = part;
		const text = ts.isComputedPropertyName(name)
			? String(constantOf(name.expression)?.value ?? "?")
			: name.getText().replace(/["'`]/g, "");
		return text === "?" || builtin.test(text);
	});
	return overridden ? "changes what a matcher of the test library does" : null;
}

const builtin =
	/^(toBe|toEqual|toStrictEqual|toBeCloseTo|toBeDefined|toBeUndefined|toBeNull|toBeNaN|toBeTruthy|toBeFalsy|toBeGreaterThan(OrEqual)?|toBeLessThan(OrEqual)?|toBeInstanceOf|toContain(Equal)?|toHaveLength|toHaveProperty|toMatch(Object|Snapshot|InlineSnapshot|FileSnapshot)?|toThrow(Error|ErrorMatching(Inline)?Snapshot)?|toHave(Been(Called(Times|With|Once|ExactlyOnceWith)?|LastCalledWith|NthCalledWith)|Returned(With|Times)?|Last(ReturnedWith|Resolved)|NthReturnedWith|Resolved(With|Times)?)|toSatisfy|toBeTypeOf|toBeOneOf|resolves|rejects|not)$/;
