/** Everything that the gateway can be asked. */
import type { Traffic } from "../traffic.ts";
import { approvalRoutes } from "./approvals.ts";
import { changeRoutes } from "./changes.ts";
import { eventRoutes } from "./events.ts";
import { healthRoutes } from "./health.ts";
import { lookRoutes } from "./looks.ts";
import { type Route, route } from "./route.ts";
import { steeringRoutes } from "./steering.ts";
import { taskRoutes } from "./tasks.ts";
import { triggerRoutes } from "./trigger.ts";

export function allRoutes(traffic: Traffic): readonly Route[] {
	const routes: Route[] = [
		...triggerRoutes,
		...taskRoutes,
		...approvalRoutes,
		...steeringRoutes,
		...lookRoutes,
		...changeRoutes,
		...eventRoutes,
		...healthRoutes(traffic),
	];
	let told: unknown;
	const itself = route({
		method: "get",
		path: "/openapi.json",
		scopes: "open",
		summary: "This document.",
		answers: { 200: { what: "OpenAPI 3.1." } },
		async handle() {
			// Asked for now and then, and with it comes what makes schemas of shapes.
			const { document } = await import("../openapi/document.ts");
			told ??= document([...routes, itself]);
			return { status: 200, body: told };
		},
	});
	return [...routes, itself];
}
