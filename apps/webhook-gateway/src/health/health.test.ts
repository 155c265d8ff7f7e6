import { emptyState, type FactoryState } from "@shopfloor/core";
import { expect, test } from "vitest";
import { metricsOf } from "./metrics.ts";
import { readinessOf, type Sight } from "./readiness.ts";

const nowMs = Date.UTC(2026, 0, 31, 8);
const process: FactoryState["processes"][string] = {
	pid: 1,
	status: "running",
	since: "2026-01-31T07:00:00.000Z",
	doing: "waiting",
	heartbeat: "2026-01-31T07:59:00.000Z",
	crashes: [],
};
const state: FactoryState = { ...emptyState, processes: { scheduler: process, "ralph-1": process } };
const sight: Sight = { state, expected: ["scheduler", "ralph-1"], heartbeatMs: 300_000, nowMs, freeBytes: 2 ** 40 };

test("where every process is heard and the disk takes writes the factory is ready", () => {
	expect(readinessOf(sight)).toEqual({ ready: true, failing: [] });
});

test("what is missing is told by name", () => {
	const processes = {
		scheduler: { ...process, heartbeat: "2026-01-31T07:40:00.000Z" },
		"ralph-1": { ...process, status: "parked" as const },
		"ralph-2": { ...process, status: "stopped" as const },
	};
	const expected = ["scheduler", "ralph-1", "ralph-2", "ralph-3"];
	expect(readinessOf({ ...sight, state: { ...state, processes }, expected, freeBytes: 0 })).toEqual({
		ready: false,
		failing: [
			{ what: "silent", subject: "scheduler" },
			{ what: "parked", subject: "ralph-1" },
			{ what: "ended", subject: "ralph-2" },
			{ what: "absent", subject: "ralph-3" },
			{ what: "disk-full" },
		],
	});
	expect(readinessOf({ ...sight, freeBytes: null })).toEqual({ ready: false, failing: [{ what: "read-only" }] });
});

test("the figures are the fold's, in a form that Prometheus reads, whatever the names hold", () => {
	const named = { ...state, processes: { 'a"b\\c\nd': process } };
	const text = metricsOf({
		state: named,
		nowMs,
		requests: [
			["2xx", 3],
			["4xx", 1],
		],
	});
	expect(text).toContain('shopfloor_process_heartbeat_age_seconds{process="a\\"b\\\\c\\nd"} 60\n');
	expect(text).toContain("# TYPE shopfloor_http_requests_total counter\n");
	expect(text).toContain('shopfloor_http_requests_total{status="4xx"} 1\n');
	for (const line of text.trimEnd().split("\n"))
		expect(line).toMatch(
			/^(# (HELP|TYPE) shopfloor_\w+ .+|shopfloor_\w+(\{(\w+="(\\.|[^"\\])*",?)+\})? -?\d+(\.\d+)?(e-?\d+)?)$/,
		);
});
