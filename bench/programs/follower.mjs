// Follows a log, notes when each entry came, and reports on request.
import { openFloor } from "@shopfloor/core/io";

const floor = openFloor({ stateDir: process.argv[2] });
const stop = new AbortController();
const seen = new Map();
let waiting;

process.on("message", async (message) => {
	if (message.report !== undefined) {
		if (!seen.has(message.report)) await new Promise((resolve) => (waiting = { seq: message.report, resolve }));
		process.send({ got: [...seen] });
	} else if (message.idleMs !== undefined) {
		const before = process.cpuUsage();
		await new Promise((resolve) => setTimeout(resolve, message.idleMs));
		const { user, system } = process.cpuUsage(before);
		process.send({ share: (user + system) / 1000 / message.idleMs });
	} else {
		stop.abort();
		await floor.close();
		process.disconnect();
	}
});

process.send({ ready: true });
for await (const { seq } of floor.log.follow(1, stop.signal)) {
	seen.set(seq, String(process.hrtime.bigint()));
	if (waiting?.seq === seq) waiting.resolve();
}
