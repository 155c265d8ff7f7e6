/**
 * A JUnit report. Its counts must be those of what it lists; a report without an end, or with definitions of its own, is
 * none. Out of reach: tests that run in the process that writes the report can write another one.
 */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { CheckError, CheckOutcome, TestResult } from "../check.ts";
import { agreed, asError, broken, counted, type Evidence, excerpt, withIds, withoutRoots } from "./evidence.ts";

export function readJunit(evidence: Evidence, report: string | undefined): CheckOutcome {
	if (report === undefined) return broken(evidence, "no-report", "it wrote no report");
	if (/<!DOCTYPE|<!ENTITY/i.test(report))
		return broken(evidence, "bad-report", "its report brings definitions of its own");
	if (XMLValidator.validate(report) !== true) return broken(evidence, "bad-report", "its report is not whole XML");
	const root = parser.parse(report) as Node;
	if (!("testsuites" in root) && !("testsuite" in root))
		return broken(evidence, "bad-report", "its report holds no test suites");
	const found = new Findings(evidence.roots);
	found.read(root);
	if (found.fault !== undefined) return broken(evidence, "disagrees", found.fault);
	if (found.tests.length === 0 && found.errors.length === 0 && !evidence.part)
		return broken(evidence, "no-tests", "no test ran");
	return agreed(evidence, { errors: found.errors, tests: withIds(found.tests) });
}

type Node = { readonly [name: string]: unknown };

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: "@",
	parseAttributeValue: false,
	parseTagValue: false,
	isArray: (name) => ["testsuites", "testsuite", "testcase", "failure", "error", "skipped"].includes(name),
});

class Findings {
	readonly tests: Omit<TestResult, "id">[] = [];
	readonly errors: CheckError[] = [];
	fault: string | undefined;
	readonly #roots: readonly string[];

	constructor(roots: readonly string[]) {
		this.#roots = roots;
	}

	read(node: Node, file = "", depth = 0): void {
		if (depth > depthMax) return;
		for (const suites of list(node, "testsuites")) this.read(suites, file, depth + 1);
		for (const suite of list(node, "testsuite")) this.#suite(suite, file, depth);
	}

	#suite(suite: Node, outer: string, depth: number): void {
		const before = this.tests.length;
		const file = this.#path(text(suite, "@file") || text(suite, "@filepath")) || outer;
		for (const testcase of list(suite, "testcase")) this.#test(testcase, file);
		this.read(suite, file, depth + 1);
		// Of the suite itself: it could not be loaded, or what comes before its tests failed.
		for (const error of [...list(suite, "error"), ...list(suite, "failure")])
			this.errors.push(
				asError({ file: file || null, line: null, code: text(suite, "@name") || "suite", message: this.#said(error) }),
			);
		this.#count(suite, this.tests.slice(before));
	}

	#test(testcase: Node, suiteFile: string): void {
		const failures = [...list(testcase, "failure"), ...list(testcase, "error")];
		const [failure] = failures;
		const state = failure !== undefined ? "failed" : "skipped" in testcase ? "skipped" : "passed";
		const file = this.#path(text(testcase, "@file")) || suiteFile;
		const group = text(testcase, "@classname");
		const name = [group === file ? "" : group, text(testcase, "@name")].filter(Boolean).join(" > ");
		const test = { file, name, state, ms: Math.round(Number(text(testcase, "@time") || 0) * 1_000) || 0 } as const;
		this.tests.push(failure === undefined ? test : { ...test, message: this.#said(failure) });
	}

	#count(suite: Node, tests: readonly Omit<TestResult, "id">[]): void {
		const failed = tests.filter(({ state }) => state === "failed").length;
		const claims: [string, string, number][] = [["tests", text(suite, "@tests"), tests.length]];
		const claimed = Number(text(suite, "@failures") || 0) + Number(text(suite, "@errors") || 0);
		if (claimed > 0 && failed === 0 && this.errors.length === 0)
			this.fault ??= `its report counts ${counted(claimed, "failure")}, and lists none`;
		for (const [what, claim, listed] of claims)
			if (claim !== "" && Number(claim) !== listed)
				this.fault ??= `its report counts ${claim} ${what}, and lists ${listed}`;
	}

	#path(path: string): string {
		return withoutRoots(path, this.#roots).replace(/^\.\//, "");
	}

	#said(failure: Node): string {
		return excerpt(
			withoutRoots([text(failure, "@message"), text(failure, "#text")].filter(Boolean).join("\n"), this.#roots),
		);
	}
}

function list(node: Node, name: string): Node[] {
	const value = node[name];
	// An element with nothing but text, or nothing at all, is a string.
	return Array.isArray(value)
		? value.map((each) => (typeof each === "string" ? { "#text": each } : (each as Node)))
		: [];
}

function text(node: Node, name: string): string {
	const value = node[name];
	return typeof value === "string" ? value : "";
}

/** Suites in suites. */
const depthMax = 50;
