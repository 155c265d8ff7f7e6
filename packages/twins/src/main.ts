/** A twin by hand; it serves until it is ended, and exits with 1 if something was wrong with what it was asked. */
import { argv } from "node:process";
import { serveByHand } from "./serve-by-hand.ts";

const served = await serveByHand(argv.slice(2));
if (served.kind === "refused") {
	for (const line of served.lines) process.stderr.write(`${line}\n`);
	process.exitCode = 2;
} else {
	const { twin } = served;
	process.stdout.write(`${twin.url}\n`);
	const end = async () => {
		await twin.close();
		for (const { kind, message } of twin.faults) process.stderr.write(`${kind}: ${message}\n`);
		process.exitCode = twin.faults.length === 0 ? 0 : 1;
	};
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());
}
