/** Receives for as long as it is let, whatever happens there. Nothing that goes wrong outside ends it. */
import type { Clock } from "@shopfloor/core/io";
import { afterTrouble, type Outage } from "./outage.ts";
import type { Chat, Command, Incoming, Told } from "./port.ts";

interface Listener {
	/** The update after which it goes on. */
	after(): Promise<number>;
	hear(incoming: Incoming): Promise<void>;
	/** After each batch. */
	settle(): Promise<void>;
}

interface Polling {
	readonly chat: Chat;
	readonly clock: Clock;
	readonly ended: AbortSignal;
	readonly commands: readonly Command[];
	readonly listener: Listener;
	/** Whether this is still whom the bot is to be. */
	isCurrent(): boolean;
	/** Trouble that lasts, once; and its end. */
	troubled(outage: Outage): Promise<void>;
	recovered(outage: Outage): Promise<void>;
}

/** Until it is ended, or is to be somebody else. */
export async function poll(polling: Polling): Promise<void> {
	const { chat, clock, ended, commands } = polling;
	let outage: Outage | undefined;
	let isIntroduced = false;
	while (!ended.aborted && polling.isCurrent()) {
		const told = isIntroduced ? await take(polling) : await chat.introduce(commands, ended);
		if (ended.aborted) return;
		if (told.kind === "done") {
			// What was received shows that it is over; whoever was introduced has received nothing yet.
			if (isIntroduced && outage?.isTold) await polling.recovered(outage);
			outage = isIntroduced ? undefined : outage;
			isIntroduced = true;
			continue;
		}
		const next = afterTrouble(outage, told.trouble, clock.now());
		outage = next.outage;
		if (next.tell !== undefined) await polling.troubled(next.tell);
		// A webhook may have been set meanwhile: to introduce oneself takes it away.
		if (told.trouble.kind === "conflict") isIntroduced = false;
		await clock.sleep(next.waitMs, ended);
	}
}

async function take({ chat, ended, listener }: Polling): Promise<Told<void>> {
	const told = await chat.receive(await listener.after(), ended);
	if (told.kind === "trouble") return told;
	for (const incoming of told.value) {
		if (ended.aborted) break;
		await listener.hear(incoming);
	}
	if (told.value.length > 0) await listener.settle();
	return { kind: "done", value: undefined };
}
