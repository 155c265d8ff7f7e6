/** What can be asked, and what comes of it. */
import type { Draft } from "@shopfloor/core";
import { describe, expect, test } from "vitest";
import { aGateway, type TestGateway } from "../testing/a-gateway.ts";

/** As a process in its seat, which answers. */
async function seated({ floor }: TestGateway, name: string): Promise<void> {
	await floor.leases.hold(`process-${name}`, { slots: 1, ttlMs: 60_000 });
}

async function answered({ floor }: TestGateway, by: string, drafts: (seq: number) => readonly Draft[]): Promise<void> {
	for await (const entry of floor.log.follow(1, AbortSignal.timeout(10_000)))
		if (entry.type === "trigger" || entry.type === "task_requested") {
			await floor.log.append(drafts(entry.seq).map((draft) => ({ ...draft, by })));
			return;
		}
}

describe("a trigger", () => {
	test("is one entry of whoever asked, and can be followed from accepted over running to done", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const { status, headers, body } = await gateway.post("/trigger/review", { token });
		expect([status, headers.location, body]).toEqual([
			202,
			"/triggers/1",
			{
				id: 1,
				state: "accepted",
				answerer: "cto-reviewer",
				presence: "away",
				hint: expect.stringContaining("does not run"),
			},
		]);
		const [entry] = await gateway.floor.log.last(1);
		expect(entry).toMatchObject({ type: "trigger", by: "http:t1", data: { what: "review", source: "http" } });
		const state = async () => {
			const { body: story } = await gateway.get("/triggers/1", { token });
			return [story.state, story.doing];
		};
		expect(await state()).toEqual(["accepted", null]);
		const say = (draft: object) => gateway.floor.log.append([{ by: "cto-reviewer", ...draft } as Draft]);
		await say({ type: "heartbeat", data: { pid: 1, doing: "reading c-1", handled: 0 } });
		expect(await state()).toEqual(["running", "reading c-1"]);
		await say({ type: "trigger_done", data: { trigger: 1, outcome: "done" } });
		expect(await state()).toEqual(["done", null]);
	});

	test("is waited for where somebody is there to answer, and no longer than was said", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		await seated(gateway, "session-doctor");
		const [{ status, body }] = await Promise.all([
			gateway.post("/trigger/doctor?wait=20", { token }),
			answered(gateway, "session-doctor", (trigger) => [
				{ type: "trigger_done", by: "", data: { trigger, outcome: "done", detail: "all are well" } },
			]),
		]);
		expect([status, body.state, body.detail]).toEqual([200, "done", "all are well"]);
		const late = await gateway.post("/trigger/doctor?wait=1", { token });
		expect([late.status, late.body.state, late.body.presence]).toEqual([202, "accepted", "there"]);
	});

	test("of one that nobody is there for is not waited for", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const begun = performance.now();
		expect((await gateway.post("/trigger/standup?wait=60", { token })).status).toBe(202);
		expect(performance.now() - begun).toBeLessThan(20_000);
	});

	test("asks for what its path says, with what goes with it", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const wishes = [
			["/trigger/cycle", { session: "ralph-2" }, { what: "cycle", subject: "ralph-2" }],
			["/trigger/cycle", {}, { what: "cycle" }],
			["/trigger/standup", { note: " now " }, { what: "standup", note: "now" }],
			["/trigger/self-improve", {}, { what: "self-improve" }],
			["/trigger/ticket", { text: "a page for prices" }, { what: "ticket", note: "a page for prices" }],
		] as const;
		for (const [path, body, data] of wishes) {
			expect((await gateway.post(path, { token, body })).status).toBe(202);
			expect((await gateway.floor.log.last(1))[0]?.data).toEqual({ source: "http", ...data });
		}
	});

	test("WEB-13: about nobody here is refused, and nothing is written", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		for (const [path, body] of [
			["/trigger/cycle", { session: "ralph-9" }],
			["/trigger/cycle", { session: "scheduler" }],
			["/trigger/review", { change: "c-404" }],
		] as const)
			expect((await gateway.post(path, { token, body })).status).toBe(404);
		for (const id of ["0", "-1", "1e3", "01", "x", "9999999999999999"])
			expect((await gateway.get(`/triggers/${id}`, { token })).status).toBe(404);
		expect(await gateway.floor.log.last(1)).toEqual([]);
	});
});

describe("a task", () => {
	test("is asked for, and found under its name", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const body = { title: "guard the average", files: ["src/average.ts"], priority: 2, key: "avg" };
		const { status, headers, body: said } = await gateway.post("/trigger/task", { token, body });
		expect([status, headers.location, said]).toMatchObject([
			202,
			"/tasks/t-1",
			{ task: "t-1", state: "written", presence: "away" },
		]);
		expect((await gateway.floor.log.last(1))[0]).toMatchObject({
			by: "http:t1",
			type: "task_requested",
			data: { ...body, source: "http" },
		});
		expect((await gateway.get("/tasks/t-1", { token })).body).toMatchObject({
			id: "t-1",
			request: { title: "guard the average" },
		});
		expect((await gateway.get("/tasks/t-2", { token })).status).toBe(404);
	});

	test("that makes no sense is refused with every reason", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const { status, body } = await gateway.post("/trigger/task", {
			token,
			body: { title: " ", files: ["../x"], after: ["y"] },
		});
		expect(status).toBe(422);
		expect(body.faults.map(({ at }: { at: string }) => at)).toEqual(["body.title", "body.files", "body.after"]);
	});
});

describe("steering", () => {
	test("a stop holds, is told again as it is, and is lifted", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("admin");
		const stopped = await gateway.post("/stop", { token, body: { reason: "it spends too much" } });
		expect([stopped.status, stopped.body]).toMatchObject([
			200,
			{ scope: "all", state: "stopped", by: "http:t1", reason: "it spends too much", until: null },
		]);
		expect((await gateway.post("/pause", { token })).body.state).toBe("stopped");
		expect((await gateway.post("/resume", { token })).body).toEqual({ scope: "all", state: "resumed", left: [] });
		expect((await gateway.post("/resume", { token })).body).toEqual({ scope: "all", state: "not-held", left: [] });
		expect((await gateway.floor.log.last(10)).map(({ type }) => type)).toEqual(["paused", "resumed"]);
	});

	test("a pause for a while, asked for twice under one key, is one pause", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("admin");
		const ask = () =>
			gateway.post("/pause", { token, body: { scope: "ralph-1", for: "2h" }, headers: { "idempotency-key": "k" } });
		const [first, second] = [await ask(), await ask()];
		expect([first.status, second.status, second.body]).toEqual([200, 200, first.body]);
		expect(first.body.until).toMatch(/^\d{4}-/);
		expect(await gateway.floor.log.last(10)).toHaveLength(1);
	});

	test("of what does not exist is refused, with what was meant", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("admin");
		const { status, body } = await gateway.post("/pause", { token, body: { scope: "ralph-l" } });
		expect([status, body.faults[0].message]).toEqual([422, expect.stringContaining('did you mean "ralph-1"?')]);
	});
});

describe("an approval", () => {
	const commit = "3f2a9c1d2b3e4f5a6b7c8d9e0f1a2b3c4d5e6f70";
	const approval = "a-3f2a9c1d2b3e-1";

	async function asked(): Promise<{ gateway: TestGateway; token: string }> {
		const gateway = await aGateway();
		const token = await gateway.token("approve");
		await gateway.floor.reviews.update(() => ({
			changes: [
				{
					id: "c-9",
					status: "pending",
					session: "ralph-1",
					task: null,
					branch: "brl/ralph-1/1",
					commit,
					base: "9c1d",
					title: "guard the average",
					created: "2026-01-31T08:00:00.000Z",
					changed: "2026-01-31T08:00:00.000Z",
					attempts: 0,
					reasons: [],
				},
			],
		}));
		for (const status of ["reviewing", "asked"] as const)
			await gateway.floor.reviews.update(({ changes }) => ({
				changes: changes.map((change) => ({ ...change, status })),
			}));
		const expires = new Date(Date.now() + 3_600_000).toISOString();
		await gateway.floor.log.append([
			{
				type: "change_pushed",
				by: "ralph-1",
				data: { change: "c-9", task: null, session: "ralph-1", branch: "brl/ralph-1/1", commit, base: "9c1d" },
			},
			{
				type: "approval_asked",
				by: "cto-reviewer",
				data: { approval, change: "c-9", commit, question: "Land it?", expires },
			},
		]);
		return { gateway, token };
	}

	test("is written down once, bound to the commit; another word afterwards is told who was quicker", async () => {
		const { gateway, token } = await asked();
		const body = { answer: "approve", commit };
		const first = await gateway.post(`/approvals/${approval}`, { token, body });
		expect([first.status, first.headers.location, first.body]).toEqual([
			202,
			"/changes/c-9",
			{ change: "c-9", approval, commit, answer: "approve" },
		]);
		const second = await gateway.post(`/approvals/${approval}`, {
			token,
			body: { answer: "reject", commit, note: "no" },
		});
		expect(second.status).toBe(409);
		const given = await gateway.floor.log.last(10, { type: ["approval_given"] });
		expect(given.map(({ by, data }) => [by, data])).toEqual([["http:t1", { approval, commit, answer: "approve" }]]);
	});

	test("of another commit than the one that was shown, or of another question, changes nothing", async () => {
		const { gateway, token } = await asked();
		const other = commit.replace("3f2a", "ffff");
		const answer = async (id: string, body: object) => {
			const { status, body: said } = await gateway.post(`/approvals/${id}`, { token, body });
			return [status, String(said.type).split(":").at(-1)];
		};
		expect(await answer(approval, { answer: "approve", commit: other })).toEqual([409, "overtaken"]);
		expect(await answer("a-ffff-1", { answer: "approve", commit })).toEqual([404, "not-found"]);
		expect(await answer(approval, { answer: "approve" })).toEqual([422, "invalid"]);
		expect(await answer(approval, { answer: "reject", commit })).toEqual([422, "invalid"]);
		expect(await gateway.floor.log.last(10, { type: ["approval_given"] })).toEqual([]);
	});
});

describe("looking", () => {
	test("shows the factory as the command line does, and the log piece by piece", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("read");
		const note = (i: number): Draft => ({
			type: "alert",
			by: "tester",
			data: { code: "x", severity: "note", message: `${i}` },
		});
		await gateway.floor.log.append([1, 2, 3, 4].map(note));
		const look = async (path: string) => (await gateway.get(path, { token })).body;
		expect(Object.keys(await look("/status")).sort()).toContain("spentToday");
		expect((await look("/sessions")).sessions.map(({ name }: { name: string }) => name)).toEqual([
			"ralph-1",
			"ralph-2",
		]);
		expect(await look("/tasks")).toEqual({ tasks: [], asked: [] });
		expect(await look("/changes")).toEqual({ changes: [] });
		const messages = ({ entries, next }: { entries: { data: { message: string } }[]; next: number }) => [
			entries.map(({ data }) => data.message),
			next,
		];
		expect(messages(await look("/log?limit=2"))).toEqual([["3", "4"], 5]);
		expect(messages(await look("/log?from=1&limit=3"))).toEqual([["1", "2", "3"], 4]);
		expect(messages(await look("/log?from=5"))).toEqual([[], 5]);
	});

	test("is not mistaken about a query", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("read");
		for (const query of ["from=0", "limit=501", "limit=1&limit=2", "form=1", "from=1%20"])
			expect((await gateway.get(`/log?${query}`, { token })).status).toBe(422);
	});

	test("text that a terminal would obey is written as an escape", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("read");
		await gateway.floor.log.append([
			{ type: "alert", by: "tester", data: { code: "x", severity: "note", message: "\u001b[2J\u202e</script>" } },
		]);
		const { text, body } = await gateway.get("/log", { token });
		expect(text).toContain("\\u001b[2J\\u202e");
		expect(body.entries[0].data.message).toBe("\u001b[2J\u202e</script>");
	});

	test("at the health of it all needs no credential, at the figures it does", async () => {
		const gateway = await aGateway();
		expect((await gateway.get("/healthz")).body).toEqual({ alive: true });
		const ready = await gateway.get("/readyz");
		expect([ready.status, ready.body.ready]).toEqual([503, false]);
		expect(ready.body.failing).toContainEqual({ what: "absent", subject: "cto-reviewer" });
		expect((await gateway.get("/metrics")).status).toBe(401);
		const { text, headers } = await gateway.get("/metrics", { token: await gateway.token("read") });
		expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
		expect(text).toContain("shopfloor_log_seq 0\n");
	});
});
