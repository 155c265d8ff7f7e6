import { currentState } from "@shopfloor/core/io";
import { isAlive, type ProcessSight } from "@shopfloor/core/person";
import { invocation } from "../../examples.ts";
import { inPm2Of } from "../../status/in-pm2.ts";
import { lookAtStatus } from "../../status/status.ts";
import { withFloor } from "../../with-floor.ts";
import { check, fail, pass, warn } from "../check.ts";

export interface ProcessesSight {
	readonly sights: readonly ProcessSight[];
	/** A command as it is to be typed to reach the PM2 that looks after them. */
	inPm2(command: string): string;
}

export const processes = check<ProcessesSight>({
	name: "processes",
	look: (context) =>
		withFloor(context, async (floor) => {
			const status = await lookAtStatus(context, floor, await currentState(floor));
			return { sights: status.processes.filter(({ expected }) => expected), inPm2: await inPm2Of(context, floor) };
		}),
	judge({ sights, inPm2 }) {
		const alive = sights.filter(isAlive).length;
		const named = (state: ProcessSight["state"]) =>
			sights.filter((sight) => sight.state === state).map(({ name }) => name);
		const [parked, gone, silent] = [named("parked"), named("gone"), named("silent")];
		if (parked.length > 0)
			return fail(`${parked.join(", ")}: parked after too many crashes`, `${invocation} log --by ${parked[0]}`);
		if (gone.length > 0)
			return warn(`${gone.join(", ")}: not there any more, and nobody told them to end`, inPm2("npm start"));
		if (silent.length > 0)
			return warn(`${silent.join(", ")}: alive, and not heard for too long`, inPm2(`npx pm2 logs ${silent[0]}`));
		return pass(alive === 0 ? "none runs (npm start brings them up)" : `${alive} of ${sights.length} run`);
	},
});
