// The floor's log, through its front door.
import { openFloor } from "@shopfloor/core/io";
import { entry, takeTurns } from "./turns.mjs";

const stateDir = process.argv[2];
const [batch, pauseMs] = process.argv.slice(3).map(Number);
const floor = openFloor({ stateDir });
const append = () => floor.log.append(Array.from({ length: batch }, (_, i) => entry(i)));
await takeTurns(batch, append, pauseMs);
await floor.close();
