/**
 * Tells people what happens, from the log. It follows the log by itself and not in turns, because it goes on while the
 * factory is paused or stopped. Up to which entry somebody knows what is kept after they were told: whoever dies in
 * between tells it again, and nothing is left out.
 */
import {
	type Draft,
	type Entry,
	fold,
	isQuiet,
	parseDuration,
	type TelegramPerson,
	telegramPeople,
} from "@shopfloor/core";
import { isShopfloorError, ledger } from "@shopfloor/core/io";
import { changeRecords } from "@shopfloor/core/person";
import type { Posted } from "../chat/outbox.ts";
import type { Rich } from "../chat/rich.ts";
import { type Told, withTold } from "../memory.ts";
import { refused } from "../messages.ts";
import { decidesSomething, Fates } from "../question/fates.ts";
import { openQuestions, questionSays } from "../question/put.ts";
import { sayAll } from "../say.ts";
import type { Site } from "../site.ts";
import { type Times, timesFor } from "../times.ts";
import type { Say } from "../verbs/scene.ts";
import { decide, paceKey, type Telling } from "./decide.ts";
import { telling, welcome } from "./messages.ts";
import { type About, type News, newsOf } from "./news.ts";

export class Pusher {
	readonly #site: Site;
	readonly #digestMs: number;
	readonly #fates: Fates;
	#news: News[] = [];
	readonly #told = new Map<number, Told>();
	readonly #lastMs = new Map<string, number>();
	readonly #busy = new Set<number>();
	/** Who was told of in the log that nothing reaches them. */
	readonly #refused = new Set<number>();
	/** Up to which entry the log was read. */
	#seen = 0;
	#wake = new AbortController();

	constructor(site: Site) {
		this.#site = site;
		this.#fates = new Fates(site);
		this.#digestMs = parseDuration(site.world.config.bot?.digest ?? "1h") as number;
	}

	async run(): Promise<void> {
		const { memory, view, ended } = this.#site;
		for (const told of (await memory.read()).value.told) this.#told.set(told.chat, told);
		this.#seen = view.state.seq;
		ended.addEventListener("abort", () => this.#ring(), { once: true });
		// What came of a question while nobody was here.
		this.#site.background.add(this.#fates.show());
		await Promise.all([this.#listen(this.#from() + 1), this.#push()]);
	}

	/** The first that somebody does not know, within reason. */
	#from(): number {
		const known = [...this.#told.values()].flatMap(({ urgent, prompt, question, digest }) => [
			urgent,
			prompt,
			question,
			digest,
		]);
		return Math.max(this.#seen - entriesBackMax, Math.min(this.#seen, ...known));
	}

	async #listen(from: number): Promise<void> {
		const { world, view, ended } = this.#site;
		for await (const entry of world.floor.log.follow(from, ended)) {
			this.#seen = Math.max(this.#seen, entry.seq);
			if (entry.seq > view.state.seq) view.state = fold(view.state, entry);
			const news = newsOf(entry, await this.#aboutQuietly(entry));
			if (news !== undefined) this.#news = [...this.#news, news].slice(-newsMax);
			if (decidesSomething(entry)) this.#site.background.add(this.#fates.show());
			if (news !== undefined || isAboutPeople(entry)) this.#ring();
		}
	}

	/** It is told all the same, at another time than it might. */
	async #aboutQuietly(entry: Entry): Promise<About> {
		try {
			return await this.#about(entry);
		} catch (error) {
			if (!isShopfloorError(error)) throw error;
			process.stderr.write(`${this.#site.world.name}: ${error.message}\n`);
			return {};
		}
	}

	async #about(entry: Entry): Promise<About> {
		const { log, tasks } = this.#site.world.floor;
		if (entry.type === "trigger_done") {
			for await (const asked of log.read(entry.data.trigger))
				return asked.type === "trigger" ? { asked: { by: asked.by, what: asked.data.what } } : {};
			return {};
		}
		const task = entry.type === "task_settled" || entry.type === "change_landed" ? entry.data.task : null;
		if (task === null) return {};
		const found = (await tasks.read()).value.tasks.find(({ id }) => id === task);
		return { isWished: found?.source === "telegram" };
	}

	async #push(): Promise<void> {
		const { world, ended } = this.#site;
		while (!ended.aborted) {
			this.#wake = new AbortController();
			const waitMs = await this.#look();
			await world.clock.sleep(waitMs, AbortSignal.any([this.#wake.signal, ended]));
		}
	}

	/** How long until it looks again by itself. */
	async #look(): Promise<number> {
		const { world, timeZone, background } = this.#site;
		try {
			const people = await this.#greeted();
			const times = timesFor(world.clock.now(), timeZone);
			const { quiet } = world.config.bot ?? {};
			const { tell, againMs } = decide({
				nowMs: times.nowMs,
				isQuiet: quiet !== undefined && isQuiet(quiet, times.timeOfDay()),
				digestMs: this.#digestMs,
				news: this.#news,
				told: people.flatMap(({ id }) => this.#told.get(id) ?? []),
				lastMs: this.#lastMs,
				busy: this.#busy,
			});
			for (const one of tell) background.add(this.#tell(one, times));
			this.#forget(people);
			return Math.min(lookAgainMs, Math.max(0, (againMs ?? Number.POSITIVE_INFINITY) - times.nowMs));
		} catch (error) {
			if (!isShopfloorError(error)) throw error;
			process.stderr.write(`${world.name}: ${error.message}\n`);
			return afterFaultMs;
		}
	}

	/** Who was let in is greeted, and told what comes from now on; also who was let in before, and sent away. */
	async #greeted(): Promise<readonly TelegramPerson[]> {
		const { world, background } = this.#site;
		const { people } = (await ledger(world.floor.records, telegramPeople).read()).value;
		for (const chat of this.#told.keys()) if (!people.some(({ id }) => id === chat)) this.#told.delete(chat);
		for (const { id, name } of people) {
			if (this.#told.has(id)) continue;
			const seq = this.#seen;
			await this.#know({ chat: id, urgent: seq, prompt: seq, question: seq, digest: seq });
			background.add(this.#post(id, [{ text: welcome(name) }]));
		}
		return people;
	}

	async #tell({ chat, stream, news, through, isSilent }: Telling, times: Times): Promise<void> {
		this.#busy.add(chat);
		try {
			const says =
				stream === "question"
					? await this.#questions(chat, news, times)
					: [{ text: telling(stream, news, times), silent: isSilent }];
			const posted = await this.#post(chat, says);
			// What was not taken is told again; what will never be taken is not.
			if (posted.some(({ kind }) => kind === "dropped")) return;
			this.#lastMs.set(paceKey(chat, stream), this.#site.world.clock.now());
			const before = this.#told.get(chat);
			if (before !== undefined) await this.#know({ ...before, [stream]: through });
		} catch (error) {
			if (!isShopfloorError(error)) throw error;
			process.stderr.write(`${this.#site.world.name}: ${error.message}\n`);
		} finally {
			this.#busy.delete(chat);
			this.#ring();
		}
	}

	/** Those of them that are still open. */
	async #questions(chat: number, news: readonly News[], times: Times): Promise<Say[]> {
		const { world } = this.#site;
		const named = new Set(news.flatMap(({ entry }) => (entry.type === "approval_asked" ? [entry.data.approval] : [])));
		const open = openQuestions(await changeRecords(world.floor), world.clock.now());
		return await questionSays(
			world,
			chat,
			open.filter(({ question }) => named.has(question.approval)),
			times,
		);
	}

	async #post(chat: number, says: readonly Say[]): Promise<Posted[]> {
		const posted = await sayAll(this.#site, chat, says);
		const { name } = this.#site.world;
		const sent = says.filter((_, index) => posted[index]?.kind === "sent");
		const drafts: Draft[] = sent.map(({ text }) => outgoing(name, chat, text));
		const no = posted.find(({ kind }) => kind === "refused");
		if (no?.kind === "refused" && !this.#refused.has(chat)) {
			this.#refused.add(chat);
			drafts.push({ type: "alert", by: name, data: refused(chat, no.why) });
		}
		await this.#log(drafts);
		return posted;
	}

	/** What was sent was sent, whether or not the log takes that at the moment. */
	async #log(drafts: readonly Draft[]): Promise<void> {
		const { floor, name } = this.#site.world;
		try {
			await floor.log.append(drafts);
		} catch (error) {
			if (!isShopfloorError(error)) throw error;
			process.stderr.write(`${name}: ${error.message}\n`);
		}
	}

	async #know(told: Told): Promise<void> {
		this.#told.set(told.chat, told);
		await this.#site.memory.update((now) => withTold(now, told));
	}

	/** What everybody knows. */
	#forget(people: readonly TelegramPerson[]): void {
		const all = people.flatMap(({ id }) => this.#told.get(id) ?? []);
		this.#news = this.#news.filter(({ seq, stream }) => all.some((told) => told[stream] < seq));
	}

	#ring(): void {
		this.#wake.abort();
	}
}

function outgoing(by: string, chat: number, { text }: Rich): Draft {
	const data = { direction: "out" as const, chat: `telegram:${chat}`, text: text.slice(0, saidKept), handled: true };
	return { type: "bot_message", by, data };
}

function isAboutPeople(entry: Entry): boolean {
	return entry.type === "alert" && entry.data.code.startsWith("telegram-");
}

/** More news than this is for the log. */
const newsMax = 500;
/** After a long absence it begins here. */
const entriesBackMax = 20_000;
/** A hint may be missed. */
const lookAgainMs = 5 * 60_000;
const afterFaultMs = 10_000;
const saidKept = 300;
