import { expect, test } from "vitest";
import { commandOf } from "./command.ts";

test.each([
	["vitest run", ["vitest", "run"]],
	["  tsc   -p  . ", ["tsc", "-p", "."]],
	["eslint 'src/**/*.ts'", ["eslint", "src/**/*.ts"]],
	['a "b c"d e', ["a", "b cd", "e"]],
	["a ''", ["a", ""]],
	["tool src/[id]/{x}", ["tool", "src/[id]/{x}"]],
])("%j is read as words", (run, words) => {
	expect(commandOf(run)).toEqual({ kind: "words", words });
});

test.each([
	["tsc && vitest", /& means something to a shell only.*two checks/],
	["vitest | tee log", /\| means/],
	["eslint src/*.ts", /\* means.*in quotes/],
	["echo $HOME", /\$ means/],
	["a > b", /> means/],
	["(a)", /\( means/],
	["CI=1 vitest", /CI=1 is a shell's way/],
	["npm test", /npm runs scripts and settings of the tree. Name the program itself/],
	["npx vitest", /npx runs/],
	["yarn vitest", /yarn runs/],
	["a 'b", /a ' is never closed/],
	["  ", /it is empty/],
])("%j is refused, with what to do", (run, why) => {
	expect(commandOf(run)).toMatchObject({ kind: "refused", why: expect.stringMatching(why) });
});

test("a list of words is taken as it is, but no runner of scripts", () => {
	expect(commandOf(["sh", "-c", "a && b"])).toEqual({ kind: "words", words: ["sh", "-c", "a && b"] });
	expect(commandOf(["npx", "vitest"])).toMatchObject({ kind: "refused" });
});
