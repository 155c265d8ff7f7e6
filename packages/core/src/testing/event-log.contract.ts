/** What every log keeps to, whoever keeps it. A driver may add entries of its own (`by: "floor"`) at any place. */
import { describe, expect, test } from "vitest";
import type { EventLog } from "../io/event-log.ts";
import type { Entry } from "../model/entry.ts";
import { aDraft, draftOf, first, messages } from "./a-draft.ts";

export function eventLogContract(name: string, make: () => Promise<EventLog>): void {
	describe(`${name} keeps the log's contract`, () => {
		test("entries are numbered from 1 without a gap, in the order given", async () => {
			const log = await make();
			const one = await log.append([aDraft("a"), aDraft("b")]);
			const two = await log.append([aDraft("c")]);
			expect(one.map(({ seq }) => seq)).toEqual([1, 2]);
			const read = await all(log);
			expect(read.filter(ours)).toEqual([...one, ...two]);
			expect(read.map(({ seq }) => seq)).toEqual(read.map((_, index) => index + 1));
		});

		test("what append returns is what a reader gets", async () => {
			const log = await make();
			const written = await log.append([
				aDraft("a"),
				draftOf("heartbeat", { pid: 7, doing: "working", handled: 0 }, "ralph-1"),
			]);
			expect((await all(log)).filter(ours)).toEqual(written);
		});

		test("appends of the same moment all arrive, each batch in one piece", async () => {
			const log = await make();
			const batches = Array.from({ length: 30 }, (_, i) => [aDraft(`${i}.0`), aDraft(`${i}.1`), aDraft(`${i}.2`)]);
			const written = await Promise.all(batches.map((batch) => log.append(batch)));
			const seqs = written.map((entries) => entries.map(({ seq }) => seq));
			for (const [a = 0, b, c] of seqs) expect([b, c]).toEqual([a + 1, a + 2]);
			expect((await all(log)).filter(ours).map(({ seq }) => seq)).toEqual(seqs.flat().sort((a, b) => a - b));
		});

		test("one draft that does not fit keeps its whole batch out", async () => {
			const log = await make();
			const bad = { ...aDraft(), data: { code: "test", severity: "loud", message: "x" } } as never;
			await expect(log.append([aDraft("good"), bad])).rejects.toMatchObject({ code: "bad-draft" });
			await expect(log.append([{ type: "gossip", by: "tester", data: {} } as never])).rejects.toThrow(/gossip/);
			await expect(
				log.append([{ ...aDraft(), data: { code: "a", severity: "note", message: "m", extra: 1 } } as never]),
			).rejects.toThrow(/extra/);
			expect(await all(log)).toEqual([]);
		});

		test("an id is written once, however often it is appended", async () => {
			const log = await make();
			const [entry] = await log.append([{ ...aDraft("first"), id: "task-1@3" }]);
			await log.append([aDraft("between")]);
			const again = await log.append([aDraft("before"), { ...aDraft("second"), id: "task-1@3" }, aDraft("after")]);
			expect(again[1]).toEqual(entry);
			const [both, same] = await log.append([
				{ ...aDraft("x"), id: "twice" },
				{ ...aDraft("y"), id: "twice" },
			]);
			expect(same).toEqual(both);
			expect(messages(await all(log))).toEqual(["first", "between", "before", "after", "x"]);
		});

		test("reading begins where it is asked to", async () => {
			const log = await make();
			const written = await log.append(["a", "b", "c", "d"].map((text) => aDraft(text)));
			expect(messages(await all(log, written[2]?.seq))).toEqual(["c", "d"]);
			expect((await all(log, 5)).filter(ours)).toEqual([]);
		});

		test("the last entries come oldest first, and only those that match", async () => {
			const log = await make();
			await log.append([aDraft("a", "x"), draftOf("resumed", { scope: "all" }), aDraft("b", "y"), aDraft("c", "x")]);
			expect(messages((await log.last(10)).filter(ours)).slice(-2)).toEqual(["b", "c"]);
			expect(messages(await log.last(2, { by: "x" }))).toEqual(["a", "c"]);
			expect((await log.last(5, { type: ["resumed"] })).map(({ type }) => type)).toEqual(["resumed"]);
			expect(await log.last(5, { since: "2999-01-01T00:00:00.000Z" })).toEqual([]);
			expect(await log.last(0)).toEqual([]);
		});

		test("a follower gets what was there, then what comes, each entry once", async () => {
			const log = await make();
			await log.append([aDraft("a"), aDraft("b")]);
			const following = first(filter(log.follow(2, new AbortController().signal), ours), 4);
			await log.append([aDraft("c")]);
			await log.append([aDraft("d"), aDraft("e")]);
			expect(messages(await following)).toEqual(["b", "c", "d", "e"]);
		});

		test("a follower ends when it is told to, also while nothing comes", async () => {
			const log = await make();
			const stop = new AbortController();
			const seen: number[] = [];
			const following = (async () => {
				for await (const { seq } of log.follow(1, stop.signal)) {
					seen.push(seq);
					stop.abort();
				}
			})();
			await log.append([aDraft()]);
			await following;
			expect(seen).toEqual([1]);
		});

		test("text with line ends, escape sequences, bidi marks or a forged entry stays one entry", async () => {
			const log = await make();
			const nasty = 'a\nb\r\n\u2028\u2029{"seq":99,"ts":"x","type":"alert"}\n\u001b[2J\u202e"\\';
			await log.append([aDraft(nasty), aDraft("next")]);
			expect(messages(await all(log))).toEqual([nasty, "next"]);
		});
	});
}

const ours = ({ by }: Entry) => by !== "floor";

async function* filter<T>(stream: AsyncIterable<T>, wanted: (item: T) => boolean): AsyncGenerator<T> {
	for await (const item of stream) if (wanted(item)) yield item;
}

async function all(log: EventLog, from = 1) {
	const entries = [];
	for await (const entry of log.read(from)) entries.push(entry);
	return entries;
}
