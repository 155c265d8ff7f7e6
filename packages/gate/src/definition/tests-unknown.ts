/** What to tell a person whose tests nobody knows how to run, with a definition that they can begin with. Pure. */
import type { CheckDefinition } from "../checks/check.ts";
import { commandOf } from "../checks/command.ts";

type Check = Pick<CheckDefinition, "name" | "run" | "reports">;

export interface UnknownTests {
	/** The package's, where it has one. */
	readonly script: string | undefined;
	/** Where it has none. */
	readonly files: readonly string[];
	/** What else was found. */
	readonly checks: readonly Check[];
	/** Whether it is among the dependencies. */
	readonly uses: (program: string) => boolean;
}

export function testsUnknown(unknown: UnknownTests): string {
	const { checks, script } = unknown;
	const example = { checks: [...checks.map(({ name, run, reports }) => ({ name, run, reports })), exampleOf(unknown)] };
	const jest = /\bjest\b/.test(script ?? "") || unknown.uses("jest");
	const said = [
		`${what(unknown)}. Nothing lands with tests that nobody ran: say in .shopfloor/gate.json of the base what to check, for example`,
		JSON.stringify(example),
		...(jest
			? ["(with jest-junit among the devDependencies jest is known, and its tests are told from each other)"]
			: []),
		...(checks.length > 0 ? ["or the same without the tests, if they are not to count"] : []),
	];
	return `${said.join(" ")}.`;
}

function what({ script, files }: UnknownTests): string {
	if (script !== undefined)
		return `how to run the tests cannot be told from the script "test" of package.json, ${JSON.stringify(script.slice(0, scriptMax))}`;
	const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
	return `there are tests (${files[0]}${more}), and nothing says how to run them`;
}

const scriptMax = 200;

function exampleOf({ script = "", uses }: UnknownTests): Check {
	const known = examples.find(({ program }) => uses(program));
	if (known !== undefined) return { name: "tests", run: known.run, reports: known.reports };
	if (/^node\s[^&|;]*--test(\s|$)/.test(script))
		return { name: "tests", run: script.replace(/--test(?=\s|$)/, "--test --test-reporter=tap"), reports: "tap" };
	// Whatever it is, it can be asked whether it ends well.
	if (script !== "" && commandOf(script).kind === "words") return { name: "tests", run: script, reports: "exit" };
	return { name: "tests", run: "node --test --test-reporter=tap", reports: "tap" };
}

const examples = [
	{ program: "vitest", run: "vitest run", reports: "vitest" },
	{ program: "mocha", run: "mocha --reporter tap", reports: "tap" },
	{ program: "ava", run: "ava --tap", reports: "tap" },
	{ program: "jest", run: "jest --ci", reports: "exit" },
] as const;
