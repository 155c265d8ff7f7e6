// The floor's log, through its front door.
import { openFloor } from "@shopfloor/core/io";
import { entry, takeTurns } from "./turns.mjs";

const [stateDir, batch] = [process.argv[2], Number(process.argv[3])];
const floor = openFloor({ stateDir });
await takeTurns(batch, async () => {
	await floor.log.append(Array.from({ length: batch }, (_, i) => entry(i)));
});
await floor.close();
