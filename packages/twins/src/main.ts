/** A twin by hand; it serves until it is ended, and exits with 1 if something was wrong with what it was asked. */
import { argv, stdin } from "node:process";
import { createInterface } from "node:readline";
import { serveByHand } from "./serve-by-hand.ts";
import { telegramByHand } from "./telegram/by-hand.ts";

const [name, ...rest] = argv.slice(2);
const print = (line: string) => void process.stdout.write(`${line}\n`);
const served = name === "telegram" ? await telegramByHand(rest, print) : await serveByHand(argv.slice(2));
if (served.kind === "refused") {
	for (const line of served.lines) process.stderr.write(`${line}\n`);
	process.exitCode = 2;
} else {
	const { twin } = served;
	print(twin.url);
	const lines = "hear" in served ? createInterface({ input: stdin }).on("line", served.hear) : undefined;
	const end = async () => {
		lines?.close();
		await twin.close();
		for (const { kind, message } of twin.faults) process.stderr.write(`${kind}: ${message}\n`);
		process.exitCode = twin.faults.length === 0 ? 0 : 1;
	};
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());
}
