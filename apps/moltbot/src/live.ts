/**
 * The bot's life beside the turns, also while the factory is paused or stopped: it receives, answers and tells. Without a
 * token it waits for one; with another token it is another bot.
 */
import { type DataOf, withoutValues } from "@shopfloor/core";
import { currentState, isShopfloorError, secretStore, type World } from "@shopfloor/core/io";
import { botActions, botSkillPlaces, loadBotSkills } from "@shopfloor/skills";
import { Background } from "./background.ts";
import type { Outage } from "./chat/outage.ts";
import { Outbox } from "./chat/outbox.ts";
import { poll } from "./chat/poller.ts";
import type { Chat } from "./chat/port.ts";
import { Ear } from "./hear/ear.ts";
import { memoryOf } from "./memory.ts";
import { noToken, recovered, skillTroubles, troubled } from "./messages.ts";
import { Pusher } from "./push/pusher.ts";
import type { Site } from "./site.ts";
import { abouts } from "./verbs/messages.ts";

export async function live(world: World, ended: AbortSignal, timeZone = zoneHere()): Promise<void> {
	const secrets = secretStore(world.floor.stateDir);
	let isTold = false;
	while (!ended.aborted) {
		const token = secrets.get(tokenName);
		if (token !== undefined) {
			isTold = false;
			await serve({ world, token, timeZone }, ended, () => secrets.get(tokenName) === token);
		} else {
			if (!isTold) await tell(world, noToken());
			isTold = true;
			await world.clock.sleep(tokenLookMs, ended);
		}
	}
}

const tokenName = "telegram-token";
const tokenLookMs = 20_000;

interface Service {
	readonly world: World;
	readonly token: string;
	/** In which people are told times. */
	readonly timeZone: string;
}

async function serve(service: Service, ended: AbortSignal, isCurrent: () => boolean): Promise<void> {
	const { world } = service;
	const over = new AbortController();
	const both = AbortSignal.any([ended, over.signal]);
	const { site, troubles } = await siteOf(service, both);
	if (troubles.length > 0) await tell(world, skillTroubles(troubles));
	const { chat } = site;
	const polling = poll({
		chat,
		clock: world.clock,
		ended: both,
		commands: botActions.map(({ name }) => ({ name, about: abouts[name] })),
		listener: new Ear(site),
		isCurrent,
		troubled: (outage) => tell(world, troubled({ ...outage, forMs: lasting(world, outage) })),
		recovered: (outage) => tell(world, recovered(outage.kind, lasting(world, outage))),
	});
	try {
		await Promise.all([polling.finally(() => over.abort()), new Pusher(site).run()]);
	} finally {
		over.abort();
		await site.background.over();
	}
}

async function siteOf({ world, token, timeZone }: Service, ended: AbortSignal) {
	const { floor, config, clock, places } = world;
	const secrets = secretStore(floor.stateDir);
	const hide = withoutValues([token, ...secrets.list().flatMap(({ name }) => secrets.get(name) ?? [])]);
	const { telegramChat } = await import("./chat/telegraf.ts");
	const { botAgent } = await import("./skills/agent.ts");
	const chat: Chat = telegramChat({ token, api: config.bot?.api ?? "", hide });
	const loaded = loadBotSkills(botSkillPlaces(places));
	const site: Site = {
		world,
		chat,
		outbox: new Outbox(chat, clock, ended),
		memory: memoryOf(floor),
		view: { state: await currentState(floor) },
		skills: loaded.set,
		timeZone,
		ended,
		background: new Background(),
		agent: botAgent(world),
	};
	return { site, troubles: loaded.troubles };
}

function zoneHere(): string {
	return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function lasting({ clock }: World, { sinceMs }: Outage): number {
	return clock.now() - sinceMs;
}

/** What the log does not take at the moment is said on standard error, and no reason to end. */
async function tell({ floor, name }: World, alert: DataOf<"alert">): Promise<void> {
	try {
		await floor.log.append([{ type: "alert", by: name, data: alert }]);
	} catch (error) {
		if (!isShopfloorError(error)) throw error;
		process.stderr.write(`${name}: ${alert.message} (and the log did not take it: ${error.message})\n`);
	}
}
