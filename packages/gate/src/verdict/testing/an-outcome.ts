import type { CheckError, Ran, TestResult, TestState } from "../../checks/check.ts";

/** `{ "a.test.ts > adds": "passed" }`, and errors by their keys. */
export function anOutcome(tests: Readonly<Record<string, TestState>> = {}, errors: readonly string[] = []): Ran {
	const failures = Object.values(tests).filter((state) => state === "failed").length + errors.length;
	return {
		kind: "ran",
		errors: errors.map(anError),
		tests: Object.entries(tests).map(([id, state]) => aResult(id, state)),
		exitCode: failures > 0 ? 1 : 0,
		ms: 10,
	};
}

function aResult(id: string, state: TestState): TestResult {
	const [file = "", name = ""] = id.split(" > ");
	return { id, file, name, state, ms: 5 };
}

function anError(key: string): CheckError {
	const [file = "", code = "", message = ""] = key.split("|");
	return { key, file: file || null, line: 1, code, message };
}
