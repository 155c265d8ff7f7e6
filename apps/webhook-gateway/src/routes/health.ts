/** For supervisors: is the gateway alive, is the factory ready, and its figures. */
import { accessSync, constants, statfsSync } from "node:fs";
import { processNames } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";
import { z } from "zod";
import { metricsOf } from "../health/metrics.ts";
import { readinessOf } from "../health/readiness.ts";
import type { Traffic } from "../traffic.ts";
import { Nothing } from "./fields.ts";
import { type Route, route } from "./route.ts";

const Readiness = z.object({
	ready: z.boolean(),
	failing: z.array(z.object({ what: z.string(), subject: z.string().optional() })),
});

export function healthRoutes(traffic: Traffic): readonly Route[] {
	return [
		route({
			method: "get",
			path: "/healthz",
			scopes: "open",
			summary: "Whether the gateway itself is alive.",
			query: Nothing,
			answers: { 200: { what: "It is.", schema: z.object({ alive: z.literal(true) }) } },
			handle: async () => ({ status: 200, body: { alive: true } }),
		}),
		route({
			method: "get",
			path: "/readyz",
			scopes: "open",
			summary: "Whether every process is heard and the floor can be written.",
			query: Nothing,
			answers: {
				200: { what: "All is there.", schema: Readiness },
				503: { what: "Something is missing, by name.", schema: Readiness },
			},
			async handle({ world, live }) {
				const { config, heartbeatMs, clock } = world;
				const readiness = readinessOf({
					state: live.state,
					expected: processNames(config),
					heartbeatMs,
					nowMs: clock.now(),
					freeBytes: freeBytesOf(world),
				});
				return { status: readiness.ready ? 200 : 503, body: readiness };
			},
		}),
		route({
			method: "get",
			path: "/metrics",
			scopes: ["read"],
			summary: "Figures for Prometheus.",
			query: Nothing,
			answers: { 200: { what: "In Prometheus's text format.", type: "text/plain" } },
			async handle({ world, live }) {
				const measured = { state: live.state, nowMs: world.clock.now(), requests: traffic.look() };
				return { status: 200, body: metricsOf(measured), type: "text/plain" };
			},
		}),
	];
}

function freeBytesOf({ floor: { stateDir } }: World): number | null {
	try {
		accessSync(stateDir, constants.W_OK);
		const { bavail, bsize } = statfsSync(stateDir);
		return bavail * bsize;
	} catch {
		// Not there, not ours, or read-only: for the work that is the same.
		return null;
	}
}
