/**
 * A bot in this very process: a real floor, Telegram's twin over real HTTP, and one clock for all of them, which moves on
 * while somebody waits for an answer.
 */
import { join } from "node:path";
import { type Entry, type EntryType, type FactoryConfig, telegramPeople, unconfigured } from "@shopfloor/core";
import { type FileFloor, findPlaces, ledger, openFloor, secretStore, type World } from "@shopfloor/core/io";
import { type FakeClock, fakeClock, tempDir } from "@shopfloor/core/testing";
import { startTelegram } from "@shopfloor/twins";
import { expect, onTestFinished } from "vitest";
import { live } from "../live.ts";
import { memoryOf } from "../memory.ts";

type Twin = Awaited<ReturnType<typeof startTelegram<"ana" | "max">>>;

export interface Bot {
	readonly twin: Twin;
	readonly clock: FakeClock;
	readonly floor: FileFloor;
	readonly world: World;
	/** Time goes on until the chat shows it. */
	shows(name: "ana" | "max", what: string | RegExp): Promise<void>;
	/** Time goes on until it is so. */
	until(isSo: () => boolean | Promise<boolean>): Promise<void>;
	/** A jump, once nothing waits for the floor: its locks lose their patience by the same clock. */
	passTime(ms: number): Promise<void>;
	/** Says it and waits until everything it brought about is there. */
	hears(name: "ana" | "max", text: string): Promise<void>;
	/** As if there were a new process on the same floor. */
	restart(): Promise<void>;
	entries<T extends EntryType>(...types: T[]): Promise<Extract<Entry, { type: T }>[]>;
}

export interface BotOptions {
	/** Who was let in before; ana by default. */
	readonly admitted?: readonly ("ana" | "max")[];
	readonly config?: Partial<FactoryConfig>;
	/** Prepares the floor before the bot begins. */
	before?(floor: FileFloor, clock: FakeClock): Promise<void>;
	/** What Telegram does from the first moment. */
	telegram?(twin: Twin): void;
	/** Without one nobody can be reached. */
	readonly token?: "none";
	/** What of the floor does not work. */
	breaks?(floor: FileFloor): Partial<FileFloor>;
}

export async function aBot(options: BotOptions = {}): Promise<Bot> {
	const { admitted = ["ana"], before, token } = options;
	// Not far from the machine's: the twin counts some things by that.
	const clock = fakeClock();
	const stateDir = join(tempDir(), "state");
	const floor = openFloor({ stateDir, clock });
	onTestFinished(() => floor.close());
	const twin = await startTelegram({ people: { ana: {}, max: { username: "ana" } }, nowMs: () => clock.now() });
	onTestFinished(() => twin.close());
	options.telegram?.(twin);
	const people = admitted.map((name) => ({ id: twin.people[name].id, name, sinceMs: clock.now(), by: "cli:dev" }));
	await ledger(floor.records, telegramPeople).update((now) => ({ ...now, people }));
	if (token !== "none") await secretStore(stateDir).set("telegram-token", twin.token);
	await before?.(floor, clock);
	const config = { ...unconfigured(), ...options.config, bot: { digest: "1h", ...options.config?.bot, api: twin.url } };
	const places = { ...findPlaces({}), state: stateDir, config: join(stateDir, "shopfloor.config.json") };
	const seen = { ...floor, ...options.breaks?.(floor) };
	const world: World = { name: "moltbot", config, floor: seen, clock, places, heartbeatMs: 300_000 };
	// A bot may not write to whom never wrote to it.
	for (const name of admitted) twin.people[name].says("/start");
	let ended = new AbortController();
	let living = live(world, ended.signal, "UTC");
	onTestFinished(() => end());

	const bot: Bot = {
		twin,
		clock,
		floor,
		world,
		async until(isSo) {
			await expect
				.poll(
					async () => {
						await clock.advance(500);
						twin.passTime(0);
						return await isSo();
					},
					{ timeout: 25_000, interval: 5 },
				)
				.toBe(true);
		},
		async shows(name, what) {
			await bot.until(() => (typeof what === "string" ? twin.chat(name).includes(what) : what.test(twin.chat(name))));
		},
		async passTime(ms) {
			const memory = memoryOf(floor);
			const isNoted = async () =>
				(await memory.update((now) => now)).value.shown.every(({ message }) => message !== null);
			await expect.poll(isNoted, { timeout: 25_000, interval: 5 }).toBe(true);
			await clock.advance(ms);
		},
		async hears(name, text) {
			const count = twin.messages(name).length;
			twin.people[name].says(text);
			await bot.until(() => twin.pending === 0 && twin.messages(name).length > count + 1);
		},
		async restart() {
			await end();
			ended = new AbortController();
			living = live(world, ended.signal, "UTC");
		},
		entries: async (...types) => (await floor.log.last(10_000, { type: types })) as never,
	};
	if (token !== "none")
		for (const name of admitted) {
			await bot.shows(name, "You are in");
			await bot.shows(name, "What you can tell me");
		}
	return bot;

	async function end(): Promise<void> {
		ended.abort();
		await living;
	}
}
