import { expect, test } from "vitest";
import { sitesNamed, sitesOf } from "./test-sites.ts";

const text = `
import { describe as group, it, test } from "vitest";
group("a cart", () => {
	beforeEach(() => { prepare(); });
	it("adds", () => { one(); });
	it("adds " + "more", () => two());
	it.each([1])("adds %i", (n) => { three(n); });
	it.skipIf(slow)(\`costs \${price}\`, { timeout: 1 }, async function () { four(); });
	it.each\`a|b\`("$a makes $b.c twice", () => { five(); });
});
test("adds", async (t) => {
	await t.test("within", () => six());
	server.setup(() => seven());
});
testWithUser("is theirs", () => { eight(); });
for (const each of all) test(each.name, () => { nine(); });
`;
const file = sitesOf("a.test.ts", text);

test.each([
	["a cart > adds", ["one"]],
	["a cart adds", ["one"]],
	["|node| a cart > adds", ["one"]],
	["adds", ["six"]],
	["a cart > adds 5", ["three"]],
	["a cart > costs 3 €", ["four"]],
	["a cart > x makes y twice", ["five"]],
	["adds > within", ["six"]],
	["is theirs", ["eight"]],
	["whatever", ["nine"]],
])("the result %j is of the test at its place", (name, calls) => {
	const found = sitesNamed(name, file).map(({ body }) => body);
	expect(found.map((body) => calls.every((call) => body.includes(call)))).toEqual([true]);
});

test("a name that several tests may have is of all of them", () => {
	const twice = sitesOf(
		"a.test.ts",
		'describe("x", () => { it("a", f1(() => {})); it("a", () => 1); it("a", () => 2); });',
	);
	expect(sitesNamed("x > a", twice)).toHaveLength(2);
});

test("hooks are places too, and what a test calls is none", () => {
	expect(file.sites.filter(({ kind }) => kind === "hook").map(({ body }) => body)).toEqual([
		"beforeEach () => { prepare(); }",
	]);
});

test("a file with a hook or test out of sight is not whole", () => {
	expect(file.whole).toBe(true);
	expect(sitesOf("a.test.ts", "beforeEach(prepare);").whole).toBe(false);
	expect(sitesOf("a.test.ts", 'test("a", later);').whole).toBe(false);
	expect(sitesOf("a.test.ts", 'test.todo("a");').whole).toBe(true);
	expect(sitesOf("a.test.ts", "const = ").whole).toBe(false);
});
