import { type ProcessSpec, tickOf } from "@shopfloor/core/io";
import { act } from "./act.ts";
import { decide, judgeLog } from "./decide.ts";
import { observe } from "./observe.ts";
import { readLog } from "./read-log.ts";

const takePulses = tickOf({ observe, decide, act });
const lookThroughLog = tickOf({ observe: readLog, decide: judgeLog, act });

/** The processes first: who hangs is ended before anything is read that takes long or may fail. */
export const tick: ProcessSpec["tick"] = async (world, turn) => {
	await takePulses(world, turn);
	await lookThroughLog(world, turn);
};
