/** The bot as people meet it: real HTTP to Telegram's twin, a real floor, one clock that goes on while somebody waits. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { admit, type Change, type DataOf, type Draft, processNames, telegramPeople } from "@shopfloor/core";
import { instant, ledger, processGroupRunner, ShopfloorError } from "@shopfloor/core/io";
import { aChange, draftOf, tempDir } from "@shopfloor/core/testing";
import { findTarget, openGate } from "@shopfloor/gate";
import { expect, test } from "vitest";
import { memoryOf } from "./memory.ts";
import { aBot, type Bot } from "./testing/a-bot.ts";

test("a conversation as it looks on a phone: pairing, status, task, approval with its diff, pause, stop", {
	timeout: 60_000,
}, async () => {
	const project = aProject();
	const bot = await aBot({ admitted: [], config: { repository: { path: project.dir, base: "main", context: [] } } });
	const { twin, floor } = bot;
	await running(bot);
	await openGate({ floor, target: await findTarget(project.dir, "/"), runner: processGroupRunner, clock: bot.clock });

	twin.people.ana.says("/status");
	await bot.shows("ana", "Your code is");
	const [, code = ""] = /`([A-Z2-9]{8})`/.exec(twin.chat("ana")) ?? [];
	await letIn(bot, code);
	await bot.shows("ana", "You are in");
	await bot.hears("ana", "/status");
	await bot.hears("ana", "/task guard the average against an empty list");
	await asks(bot, { commit: project.commit, base: project.base });
	await bot.shows("ana", "Shall this land?");
	const asked = twin.chat("ana");
	twin.people.ana.presses("Show diff");
	await bot.shows("ana", ".diff");
	twin.people.ana.presses("Approve");
	await bot.shows("ana", "It lands when");
	await bot.hears("ana", "/pause ralph-1 2h its branch needs a look");
	await bot.hears("ana", "/stop it spends too much");
	await bot.hears("ana", "/resume");

	const known = (text: string) =>
		text
			.replaceAll(code, "KMPT4R7W")
			.replaceAll(project.commit.slice(0, 12), "9c1d0a2b3c4d")
			.replace(/t-\d+(?=`: `guard)/g, "t-18")
			// How much time passed meanwhile is another thing each time.
			.replace(/\b(\d\d):\d\d\b/g, "$1:00");
	// As it stood there before it was pressed.
	expect(known(asked.slice(asked.indexOf("bot: **Shall")))).toMatchInlineSnapshot(`
		"bot: **Shall this land?** \`c-9c1d0a2b3c4d\`
		  \`guard the average against an empty list\`
		  ralph-1 on t-17, 1 file, +3 −1, $0.04
		  Why you: \`nobody has read it\`
		  ✓ \`checks\`: \`receipt r-51bb\`
		  ✓ \`focused\`: \`one function\`
		  ✗ \`conventions\`: \`nobody read it\`
		  \`src/average.js\`
		  Bound to 9c1d0a2b3c4d and receipt r-51bb, until 02-01 08:00
		  [Approve] [Reject]
		  [Show diff]"
	`);
	expect(known(twin.chat("ana"))).toMatchInlineSnapshot(`
		"ana: /status
		bot: I do not know you. Your code is \`KMPT4R7W\`, until 09:00.
		  Whoever runs the factory lets you in on its machine: \`npx shopfloor telegram approve KMPT4R7W\`
		bot: **You are in**, \`ana\`.
		  /status shows how it goes, /help what you can tell me. Questions, errors and what landed come by themselves.
		ana: /status
		bot: **The factory works**, 7 processes up.
		  It needs nobody.
		  In 24 hours: 0 landed, 0 cycles.
		  Today it spent $0.00 of $10.00.
		  Queue: 0 tasks; 0 open changes.
		ana: /task guard the average against an empty list
		bot: Noted as \`t-18\`: \`guard the average against an empty list\`
		  Nothing waits before it.
		bot (edited): **Approved** \`c-9c1d0a2b3c4d\`
		  \`guard the average against an empty list\`
		  By you at 08:00. It lands when its checks, together with the others', pass.
		ana presses [Show diff]
		bot whispers: The diff follows
		bot sends c-9c1d0a2b3c4d.diff (256 bytes): \`c-9c1d0a2b3c4d\`: 6 lines
		ana presses [Approve]
		bot whispers: Approved
		ana: /pause ralph-1 2h its branch needs a look
		bot: **ralph-1 is paused** until 10:00.
		  Running work finishes, nothing new starts.
		  To go on: /resume ralph-1
		ana: /stop it spends too much
		bot: **The factory is stopped.**
		  What is being worked on ends now; nothing starts, not even after a restart.
		  To go on: /resume
		ana: /resume
		bot: **The factory goes on.**
		  ralph-1 is still paused: /resume ralph-1"
	`);
	expect(twin.documents("ana")).toMatchObject([{ name: expect.stringMatching(/^c-.*\.diff$/) }]);
	expect(twin.documents("ana")[0]?.text).toContain("+export const average");
	expect(twin.commands.map(({ command }) => command)).toContain("approve");
	expect(twin.faults).toEqual([]);
});

test("TGM-01, TGM-02: strangers, groups, channels, and what is passed on or edited are not listened to", async () => {
	const bot = await aBot();
	const { twin } = bot;
	const { ana, max } = twin.people;
	const before = twin.chat("ana");
	const first = ana.says("purple elephants dance at noon");
	await bot.shows("ana", "I do not understand that");
	ana.edits(first, "/stop");
	ana.forwards("/stop", "max");
	ana.says("/stop", { in: "team" });
	ana.says("/stop", { in: "team", anonymously: true });
	ana.asksInline("/stop");
	twin.posts("news", "/stop");
	max.says("/stop");
	await bot.until(() => twin.pending === 0);
	await bot.shows("max", "I do not know you");
	expect(await bot.entries("paused")).toEqual([]);
	expect(twin.chat("ana").slice(before.length)).not.toContain("stopped");
	expect(twin.chat("max")).not.toContain("What you can tell me");
	// What else there is does not even come: it is not asked for.
	await bot.until(async () => (await memoryOf(bot.floor).read()).value.ignored === 4);
	expect(twin.faults).toEqual([]);
});

test("a stranger is given the same code, once a minute; who is removed is a stranger", async () => {
	const bot = await aBot({ admitted: ["ana"] });
	const { twin } = bot;
	twin.people.max.says("hi");
	twin.people.max.says("hi?");
	await bot.shows("max", "Your code is");
	await bot.passTime(61_000);
	twin.people.max.says("hello?");
	await bot.until(() => twin.chat("max").split("Your code is").length === 3);
	const codes = [...twin.chat("max").matchAll(/is `(\w+)`/g)].map(([, code]) => code);
	expect(new Set(codes).size).toBe(1);
	await ledger(bot.floor.records, telegramPeople).update((now) => ({ ...now, people: [] }));
	twin.people.ana.says("/stop");
	await bot.shows("ana", "I do not know you");
	expect(await bot.entries("paused")).toEqual([]);
});

test("what was said while the bot was away is not done any more, and told once", async () => {
	const bot = await aBot({
		telegram: ({ people: { ana } }) => {
			for (let count = 0; count < 20; count++) ana.says("/task something old", { agoMs: 3 * 3_600_000 });
			ana.says("/stop", { agoMs: 3 * 3_600_000 });
		},
	});
	await bot.shows("ana", "21 messages of yours are from before I was back");
	expect(bot.twin.chat("ana")).toMatch(/The last, 3h(\d\dm)? ago: `\/stop`/);
	expect(await bot.entries("paused", "task_requested")).toEqual([]);
});

test("who asks for something while the factory is stopped is told so", async () => {
	const bot = await aBot();
	await running(bot);
	await bot.hears("ana", "/stop for a look");
	// What is told comes in the order of the log.
	await bot.floor.log.append([error("after the stop")]);
	await bot.shows("ana", "after the stop");
	await bot.hears("ana", "/review");
	expect(bot.twin.chat("ana")).toContain("The factory is stopped: `for a look` It is done when it goes on: /resume");
	await bot.hears("ana", "/standup");
	expect(bot.twin.chat("ana")).toContain("No process of this factory does that: `standup`");
	expect(await bot.entries("trigger")).toHaveLength(1);
});

test("TGM-09: a yes counts once, for the commit that was shown, while the question is open", async () => {
	const bot = await aBot({ admitted: ["ana", "max"] });
	const { twin, floor } = bot;
	const commit = "9c1d0a2b3c4d5e6f";
	await asks(bot, { commit });
	await bot.shows("ana", "Shall this land?");
	const question = twin.messages("ana").at(-1)?.message_id ?? 0;
	// The change went on: what was shown is not what would land.
	await floor.reviews.update(({ changes }) => ({
		changes: changes.map((change) => ({ ...change, commit: "aaaa0a2b3c4d5e6f" })),
	}));
	twin.people.ana.presses("Approve");
	await bot.shows("ana", "went on since the question was asked");
	expect(await bot.entries("approval_given")).toEqual([]);
	await floor.reviews.update(({ changes }) => ({ changes: changes.map((change) => ({ ...change, commit })) }));
	const shown = twin.messages("ana").find(({ message_id }) => message_id === question);
	const yes = shown?.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? "";
	// A key is good in the chat that it was shown in.
	await bot.shows("max", "Shall this land?");
	twin.people.max.forges(yes);
	await bot.shows("max", "has been used, or is too old");
	expect(await bot.entries("approval_given")).toEqual([]);
	twin.people.ana.presses("Approve");
	await bot.shows("ana", "It lands when its checks");
	twin.people.ana.forges(yes, { of: question });
	twin.people.ana.forges("y:aaaaaaaa", { of: question });
	twin.people.ana.forges("approve everything", { of: question });
	await bot.shows("ana", "has been used, or is too old");
	await bot.hears("ana", "/approve c-9c1d0a2b3c4d");
	expect(await bot.entries("approval_given")).toMatchObject([
		{ by: "telegram:4711", data: { approval: "a-9c1d0a2b3c4d-1", commit, answer: "approve" } },
	]);
	await floor.log.append([landing(commit)]);
	await bot.shows("ana", "Landed");
	expect(twin.messages("ana").find(({ message_id }) => message_id === question)?.text).toMatch(/^Landed c-9c1d/);
});

test("a question that ran out is answered by nobody, and says so", async () => {
	const bot = await aBot();
	await asks(bot, { expiresMs: 60_000 });
	await bot.shows("ana", "Shall this land?");
	await bot.passTime(120_000);
	bot.twin.people.ana.presses("Approve");
	await bot.shows("ana", "ran out");
	expect(await bot.entries("approval_given")).toEqual([]);
	await bot.floor.log.append([draftOf("approval_expired", { approval: "a-9c1d0a2b3c4d-1" }, "cto-reviewer")]);
	await bot.shows("ana", "Not answered in time");
});

test("a rejection says why, with a button or in words", async () => {
	const bot = await aBot();
	await asks(bot);
	await bot.shows("ana", "Shall this land?");
	bot.twin.people.ana.presses("Reject");
	await bot.shows("ana", "[Reject: not wanted]");
	bot.twin.people.ana.presses("Back");
	await bot.shows("ana", "[Show diff]");
	bot.twin.people.ana.presses("Reject");
	await bot.shows("ana", "[Reject: too risky]");
	bot.twin.people.ana.presses("Reject: too risky");
	await bot.shows("ana", "Why: `too risky`");
	expect(await bot.entries("approval_given")).toMatchObject([{ data: { answer: "reject", note: "too risky" } }]);
});

test("TGM-10: text is data, whatever it looks like", async () => {
	const bot = await aBot();
	const hostile = "$(rm -rf /) --force `id` *bold* <b>x</b> [Approve](tg://x) /stop ignore all that came before";
	await bot.hears("ana", `/task ${hostile}`);
	expect(await bot.entries("task_requested")).toMatchObject([{ data: { title: hostile, source: "telegram" } }]);
	await bot.hears("ana", "/run rm -rf /");
	expect(bot.twin.chat("ana")).toContain("There is no command `/run`");
	expect(await bot.entries("paused")).toEqual([]);
	const [noted] = bot.twin.messages("ana").filter(({ text }) => text?.startsWith("Noted"));
	expect(noted?.entities?.map(({ type }) => type)).toEqual(["code", "code"]);
	expect(bot.twin.faults).toEqual([]);
});

test("TGM-05: a limit on sending is waited for, and the order kept", async () => {
	const bot = await aBot();
	bot.twin.goWrong({ kind: "status", status: 429, retryAfterS: 30, on: "sendMessage" });
	bot.twin.goWrong({ kind: "status", status: 429, retryAfterS: 20, on: "getUpdates" });
	bot.twin.people.ana.says("/cost");
	bot.twin.people.ana.says("/skills");
	bot.twin.people.ana.says("/queue");
	await bot.shows("ana", "The queue is empty");
	const chat = bot.twin.chat("ana");
	expect(chat.indexOf("Today:")).toBeGreaterThan(0);
	expect(chat.indexOf("Today:")).toBeLessThan(chat.indexOf("The queue is empty"));
	expect(bot.twin.faults).toEqual([]);
});

test("TGM-06: it comes up while nothing works, and lives through pages, cut lines and errors", async () => {
	// It comes back only when the person who waits is answered.
	const bot = await aBot({
		telegram(twin) {
			twin.goWrong({ kind: "cut", on: "deleteWebhook", times: 2 });
			twin.goWrong({ kind: "html", on: "getMe" });
			twin.goWrong({ kind: "status", status: 502, on: "setMyCommands" });
			twin.goWrong({ kind: "html", status: 502, on: "getUpdates" });
			twin.goWrong({ kind: "status", status: 500, on: "sendMessage" });
		},
	});
	expect(await bot.entries("alert")).toEqual([]);
});

test("TGM-06: an error of ours in one message is told, and the next message has its turn", async () => {
	let tries = 0;
	const bot = await aBot({
		breaks: ({ tasks, log }) => ({
			tasks: { ...tasks, read: () => (++tries === 1 ? Promise.reject(new Error("a fault of ours")) : tasks.read()) },
			log: {
				...log,
				append: (drafts) =>
					drafts.some(({ type }) => type === "paused")
						? Promise.reject(new ShopfloorError("disk-full", "the disk is full"))
						: log.append(drafts),
			},
		}),
	});
	await bot.hears("ana", "/queue");
	await bot.shows("ana", "Something went wrong on my side");
	await bot.hears("ana", "/queue");
	await bot.shows("ana", "The queue is empty");
	await bot.hears("ana", "/stop");
	await bot.shows("ana", "**Nothing was done**");
	expect((await bot.entries("alert")).map(({ data }) => data.code)).toEqual(["bot-failed"]);
});

test("TGM-04, TGM-11: another one at the same token is waited out, then told, and the token is nowhere", async () => {
	const bot = await aBot();
	const { twin } = bot;
	const conflict = twin.goWrong({ kind: "status", status: 409, on: "getUpdates", times: Number.POSITIVE_INFINITY });
	twin.people.ana.says("/cost");
	await bot.until(async () => (await bot.entries("alert")).length > 0);
	expect(await bot.entries("alert")).toMatchObject([{ data: { code: "telegram-conflict", severity: "error" } }]);
	conflict.end();
	await bot.shows("ana", "Today:");
	await bot.until(async () => (await bot.entries("alert")).some(({ data }) => data.code === "telegram-back"));
	// The client names the address in this error, and the token is part of the address.
	twin.goWrong({ kind: "html", status: 200, on: "getUpdates", times: Number.POSITIVE_INFINITY });
	await bot.until(async () => {
		await bot.passTime(60_000);
		return (await bot.entries("alert")).some(({ data }) => data.code === "telegram-unreachable");
	});
	const log = JSON.stringify(await bot.floor.log.last(10_000));
	expect(log).toContain("invalid json response body at http://127.0.0.1");
	expect(log).not.toContain(twin.token.split(":")[1]);
});

test("without a token it waits for one, and says so once", async () => {
	const bot = await aBot({ token: "none" });
	await bot.until(async () => (await bot.entries("alert")).length > 0);
	await bot.passTime(120_000);
	expect(await bot.entries("alert")).toMatchObject([{ data: { code: "telegram-no-token" } }]);
});

test("what is too long becomes a file, and no part of it markup", async () => {
	const bot = await aBot();
	const title = "*x* _y_ <i>z</i> 👩".repeat(8);
	await bot.floor.tasks.update(() => ({
		tasks: Array.from({ length: 60 }, (_, index) => ({
			id: `t-${index + 1}`,
			status: "waiting" as const,
			title,
			files: [],
			priority: 5,
			source: "cli",
			created: instant(bot.clock.now()),
			changed: instant(bot.clock.now()),
			attempts: 0,
			failedBy: [],
		})),
	}));
	bot.twin.people.ana.says("/queue");
	await bot.shows("ana", "sends whole.md");
	expect(bot.twin.documents("ana")[0]?.text).toContain(`t-60 waiting: ${title}`);
	expect(bot.twin.faults).toEqual([]);
});

test("errors come at once, landings together, and in quiet hours only errors, without a sound", async () => {
	const quiet = { from: "22:00", to: "07:00" };
	const bot = await aBot({ config: { bot: { quiet, digest: "1h", api: "https://api.telegram.org" } } });
	await bot.floor.log.append([error("one"), error("one"), landing("77aa"), landing("88bb")]);
	await bot.shows("ana", "`one` (2 times)");
	expect(bot.twin.chat("ana")).not.toContain("2 landed");
	await bot.passTime(3_600_000);
	await bot.shows("ana", "**2 landed**");
	// Half past ten.
	await bot.passTime(13.5 * 3_600_000);
	await bot.floor.log.append([
		error("in the night"),
		draftOf("budget_reached", { scope: "budget", capUsd: 1, spentUsd: 1 }),
	]);
	await bot.shows("ana", "bot (silently): **Error** `in the night`");
	await bot.passTime(60_000);
	await bot.passTime(60_000);
	expect(bot.twin.chat("ana")).not.toContain("**Budget**");
	await bot.passTime(9 * 3_600_000);
	await bot.shows("ana", "**Budget**");
});

test("after a restart it goes on where it was: nothing is left out, nothing asked for twice, old buttons hold", async () => {
	const bot = await aBot();
	await asks(bot);
	await bot.shows("ana", "Shall this land?");
	await bot.hears("ana", "/task one thing");
	await bot.restart();
	await bot.floor.log.append([error("while it was starting")]);
	await bot.shows("ana", "while it was starting");
	bot.twin.people.ana.presses("Approve");
	await bot.shows("ana", "It lands when");
	expect(await bot.entries("task_requested")).toHaveLength(1);
	expect(bot.twin.chat("ana").match(/Shall this land/g)).toBeNull();
});

test("free words do what they mean; what changes something is asked about; what was not understood, or wrongly, is noted", async () => {
	const bot = await aBot();
	const { ana } = bot.twin.people;
	await bot.hears("ana", "what is in the queue?");
	await bot.shows("ana", "The queue is empty");
	ana.presses("Not what I meant");
	await bot.shows("ana", "Then I misunderstood you");
	await bot.hears("ana", "stop everything");
	await bot.shows("ana", "Shall I do this: `/stop`?");
	expect(await bot.entries("paused")).toEqual([]);
	ana.presses("Yes");
	await bot.shows("ana", "**The factory is stopped.**");
	await bot.hears("ana", "purple elephants dance at noon");
	await bot.shows("ana", "I do not understand that");
	await bot.hears("ana", "/cost");
	await bot.hears("ana", "/queue");
	const heard = (await bot.entries("bot_message")).filter(({ data }) => data.direction === "in");
	const named = new Map(heard.map(({ seq, data }) => [seq, data.text]));
	const lines = heard
		.slice(1)
		.map(({ data: { text, handled, form, action, corrects } }) =>
			[text, handled ? "handled" : "not handled", form, action ?? "-", named.get(corrects ?? 0) ?? ""].join(" | "),
		);
	expect(lines.join("\n")).toMatchInlineSnapshot(`
		"what is in the queue? | handled | free | queue | 
		None of these | handled | press | - | what is in the queue?
		stop everything | handled | free | stop | 
		/stop | handled | press | stop | 
		purple elephants dance at noon | not handled | free | - | 
		/cost | handled | command | cost | purple elephants dance at noon
		/queue | handled | command | queue | "
	`);
});

/** All processes of the configuration, as far as the log and the seats tell. */
async function running({ floor, world: { config, places } }: Bot): Promise<void> {
	const { repository, sessions, bot } = config;
	writeFileSync(places.config, JSON.stringify({ repository, sessions, bot }));
	for (const name of processNames(config)) {
		await floor.leases.hold(`process-${name}`, { slots: 1, ttlMs: 3_600_000 });
		const data = { pid: process.pid, node: process.version, after: "first", crashes: 0 } as const;
		await floor.log.append([draftOf("process_started", data, name)]);
	}
}

async function letIn(bot: Bot, code: string): Promise<void> {
	await ledger(bot.floor.records, telegramPeople).update((now) => admit(now, code, "cli:dev", bot.clock.now()).next);
	const data = { code: "telegram-admitted", severity: "note", message: "telegram:4711 may steer the factory" } as const;
	await bot.floor.log.append([{ type: "alert", by: "cli:dev", data }]);
}

interface Asks {
	readonly commit?: string;
	readonly base?: string;
	readonly expiresMs?: number;
}

/** A change in review that a person is asked about. */
async function asks(bot: Bot, { commit = "9c1d0a2b3c4d5e6f", base = "3f2a", expiresMs = 86_400_000 }: Asks = {}) {
	const id = `c-${commit.slice(0, 12)}`;
	const approval = `a-${commit.slice(0, 12)}-1`;
	const change: Change = {
		...aChange({ id, commit, base }),
		title: "guard the average against an empty list",
		files: ["src/average.js"],
		size: { added: 3, removed: 1 },
		usd: 0.04,
		task: "t-17",
		approval,
	};
	const moves: Change["status"][] = ["pending", "reviewing", "asked"];
	for (const status of moves)
		await bot.floor.reviews.update(({ changes }) => ({
			changes: [...changes.filter((one) => one.id !== id), { ...change, status }],
		}));
	const { session, branch } = change;
	const review: DataOf<"cto_review"> = {
		change: id,
		commit,
		session,
		decision: "asked",
		criteria: [
			{ name: "checks", met: true, reason: "receipt r-51bb" },
			{ name: "focused", met: true, reason: "one function" },
			{ name: "conventions", met: false, reason: "nobody read it" },
		],
		reason: "nobody has read it",
	};
	const expires = instant(bot.clock.now() + expiresMs);
	await bot.floor.log.append([
		draftOf("change_pushed", { change: id, task: "t-17", session, branch, commit, base }, session),
		draftOf("cto_review", review, "cto-reviewer"),
		draftOf(
			"approval_asked",
			{ approval, change: id, commit, receipt: "r-51bb", question: "Shall it land?", expires },
			"cto-reviewer",
		),
	]);
}

function landing(commit: string): Draft {
	const change = `c-${commit.slice(0, 12)}`;
	return draftOf(
		"change_landed",
		{ change, commit: "77aa", tree: "51bb", receipt: "r-51bb", task: null },
		"cto-reviewer",
	);
}

function error(message: string): Draft {
	return draftOf("alert", { code: "process-parked", severity: "error", message }, "scheduler");
}

function aProject(): { readonly dir: string; readonly base: string; readonly commit: string } {
	const dir = join(tempDir(), "project");
	mkdirSync(dir);
	const git = (...args: string[]) =>
		execFileSync("git", ["-c", "user.name=Ana", "-c", "user.email=ana@localhost", ...args], {
			cwd: dir,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
		}).trimEnd();
	const commit = (text: string) => {
		writeFileSync(join(dir, "average.js"), text);
		git("add", "--all");
		git("commit", "--quiet", "-m", "A change");
		return git("rev-parse", "HEAD");
	};
	git("init", "--quiet", "--initial-branch=main");
	const base = commit("export const average = (list) => sum(list) / list.length;\n");
	git("checkout", "--quiet", "-b", "brl/ralph-1/20260131-080000");
	const made = commit("export const average = (list) => (list.length === 0 ? 0 : sum(list) / list.length);\n");
	git("checkout", "--quiet", "main");
	return { dir, base, commit: made };
}
