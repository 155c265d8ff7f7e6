/** What the doctor found, as lines. Pure. */
import { oneLine } from "@shopfloor/core";
import type { Paint } from "../paint.ts";
import type { Finding } from "./check.ts";

export interface Repair {
	readonly name: string;
	readonly done: string;
}

export function findingLines(findings: readonly Finding[], paint: Paint): string[] {
	const nameWidth = Math.max(...findings.map(({ name }) => name.length));
	const paints = { pass: paint.green, warn: paint.yellow, fail: paint.red };
	return findings.flatMap((finding) => {
		const level = paints[finding.level](finding.level.toUpperCase());
		const line = `${level}  ${finding.name.padEnd(nameWidth)}  ${oneLine(finding.says)}`;
		return finding.level === "pass" ? [line] : [line, `      to mend it: ${oneLine(finding.fix)}`];
	});
}

export function repairLines(repairs: readonly Repair[], asked: boolean): string[] {
	if (!asked) return [];
	if (repairs.length === 0) return ["There was nothing that could be mended safely.", ""];
	return [...repairs.map(({ name, done }) => `mended ${name}: ${oneLine(done)}`), ""];
}

export function summaryLine(findings: readonly Finding[]): string {
	const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
	const fails = count("fail");
	const warns = count("warn");
	if (fails + warns === 0) return "All is well.";
	const parts = [...(fails > 0 ? [`${fails} must be mended`] : []), ...(warns > 0 ? [`${warns} could be better`] : [])];
	return `${parts.join(", ")}; the factory ${fails > 0 ? "cannot work like this" : "works"}.`;
}
