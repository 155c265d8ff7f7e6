// The floor's log, through its front door.
import { openFloor } from "@shopfloor/core/io";
import { entry, takeTurns } from "./turns.mjs";

const [stateDir, batch, pauseMs] = [process.argv[2], ...process.argv.slice(3).map(Number)];

function open(dir) {
	const floor = openFloor({ stateDir: dir });
	const turn = () => floor.log.append(Array.from({ length: batch }, (_, i) => entry(i)));
	return { turn, close: () => floor.close() };
}
await takeTurns(open, stateDir, pauseMs);
