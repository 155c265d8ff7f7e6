/** The turns of the gateway, which otherwise only answers: to tell, once an hour at the most, that many were turned away. */
import { tickOf } from "@shopfloor/core/io";
import { decide } from "./decide.ts";
import type { Refusals } from "./guard/refused.ts";

export function tellOfRefusals(refusals: Refusals) {
	return tickOf({
		observe: async ({ clock }, { state }) => ({
			nowMs: clock.now(),
			refused: refusals.look(),
			alerts: state.steering.alerts,
		}),
		decide,
		async act({ floor, name }, { alert, told }) {
			await floor.log.append([{ type: "alert", by: name, data: alert }]);
			refusals.forget(told);
		},
	});
}
