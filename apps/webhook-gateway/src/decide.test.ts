import { expect, test } from "vitest";
import { decide, type Snapshot } from "./decide.ts";

const nowMs = Date.UTC(2026, 0, 31, 8);
const refused = { count: 4_000, from: [["10.0.0.1", 3_000] as const, ["10.0.0.2", 1_000] as const] };
const snapshot: Snapshot = { nowMs, refused, alerts: [] };

test("WEB-10: a flood of bad credentials comes to one alert, which says where most came from", () => {
	expect(decide(snapshot)).toEqual([
		{
			alert: expect.objectContaining({ code: "http-refused", message: expect.stringContaining("4000") }),
			told: refused,
		},
	]);
	expect(decide(snapshot)[0]?.alert.message).toContain("10.0.0.1");
});

test("WEB-10: within the hour nothing more is said, afterwards it is", () => {
	const told = (at: string) => ({
		seq: 1,
		at,
		by: "webhook-gateway",
		code: "http-refused",
		severity: "warning" as const,
		message: "",
	});
	expect(decide({ ...snapshot, alerts: [told("2026-01-31T07:30:00.000Z")] })).toEqual([]);
	expect(decide({ ...snapshot, alerts: [told("2026-01-31T06:59:00.000Z")] })).toHaveLength(1);
});

test("who mistyped a few times is not spoken of", () => {
	expect(decide({ ...snapshot, refused: { count: 19, from: [] } })).toEqual([]);
});
