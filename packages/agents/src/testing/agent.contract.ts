/** What every agent promises, whatever is behind it. What one cannot do it says, with the reason. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, type TestContext, test } from "vitest";
import type { Agent } from "../port/agent.ts";
import type { JsonSchema } from "../port/job.ts";
import type { Outcome } from "../port/outcome.ts";
import type { TestRoom } from "./a-room.ts";

/** What the model, or whatever stands for it, does in one run. */
export type Play =
	| { readonly kind: "says"; readonly text: string }
	| { readonly kind: "answers"; readonly data: unknown }
	| { readonly kind: "writes"; readonly path: string; readonly text: string }
	| { readonly kind: "hangs" }
	| { readonly kind: "limited" | "logged-out" };

interface Stage extends TestRoom {
	readonly agent: Agent;
	/** What arrived on the other side as the prompt, run by run. */
	readonly prompts: () => readonly string[];
}

type Ability =
	| "says"
	| "answers"
	| "writes"
	| "hangs"
	| "limited"
	| "logged-out"
	| "resumes"
	| "any prompt"
	| "keeps to reading";

export interface AgentContract {
	/** Skips where the machine lacks what is needed. */
	needs(context: TestContext): void;
	/** One play for each run. */
	stage(plays: readonly Play[]): Promise<Stage>;
	/** What there is no such thing of, and why. */
	readonly lacks: Partial<Readonly<Record<Ability, string>>>;
}

export function agentContract(name: string, { needs, stage, lacks }: AgentContract): void {
	const can = (ability: Ability, what: string, body: () => Promise<void>, timeout = 60_000) => {
		// There is nothing of the kind, so there is nothing to leave out.
		if (lacks[ability] !== undefined) return;
		test(what, { timeout }, async (context) => {
			needs(context);
			await body();
		});
	};

	describe(`${name}, as an agent`, () => {
		can("says", "says what came of it, and shows its life meanwhile", async () => {
			const { agent, job, shown } = await stage([{ kind: "says", text: "All is well." }]);
			const outcome = await agent.run(job({ access: "read" }));
			expect(outcome).toMatchObject({ kind: "done", text: expect.stringMatching(/\S/) });
			expectPlausible(outcome);
			expect(shown.length).toBeGreaterThan(0);
			expect(shown.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
		});

		can("writes", "changes the tree that it is given", async () => {
			const { agent, job, tree } = await stage([{ kind: "writes", path: "src/a.txt", text: "changed\n" }]);
			expect((await agent.run(job())).kind).toBe("done");
			expect(readFileSync(join(tree, "src/a.txt"), "utf8")).toBe("changed\n");
		});

		can("keeps to reading", "changes nothing where it may only read", async () => {
			const { agent, job, tree } = await stage([{ kind: "writes", path: "src/a.txt", text: "changed\n" }]);
			await agent.run(job({ access: "read" }));
			expect(existsSync(join(tree, "src/a.txt"))).toBe(false);
		});

		can("answers", "answers in the form that was asked for", async () => {
			const { agent, job } = await stage([{ kind: "answers", data: { met: true, why: "it is so" } }]);
			expect(await agent.run(job({ access: "none", answer: verdict }))).toMatchObject({
				kind: "done",
				data: { met: true, why: "it is so" },
			});
		});

		can("answers", "calls no answer of another form a success", async () => {
			const { agent, job } = await stage([{ kind: "answers", data: { met: "perhaps" } }]);
			const outcome = await agent.run(job({ access: "none", answer: verdict }));
			expect(outcome).toMatchObject({ kind: "incomplete", code: "answer" });
		});

		can("hangs", "ends when there is no sign of the model in time", async () => {
			const { agent, job } = await stage([{ kind: "hangs" }]);
			const limits = { ...job().limits, startMs: 4_000, idleMs: 30_000 };
			expect(await agent.run(job({ limits }))).toMatchObject({
				kind: "timed-out",
				which: expect.stringMatching(/start|idle/),
			});
		});

		can("hangs", "ends when it is called off", async () => {
			const { agent, job } = await stage([{ kind: "hangs" }]);
			const stop = new AbortController();
			const running = agent.run(job({ signal: stop.signal }));
			setTimeout(() => stop.abort(), 700);
			expect(await running).toMatchObject({ kind: "failed", code: "aborted" });
		});

		test("does not begin what was called off before", async (context) => {
			needs(context);
			const { agent, job, tree } = await stage([{ kind: "writes", path: "a.txt", text: "x" }]);
			expect(await agent.run(job({ signal: AbortSignal.abort() }))).toMatchObject({ kind: "failed", code: "aborted" });
			expect(readdirSync(tree)).not.toContain("a.txt");
		});

		can("limited", "tells a limit from a failure", async () => {
			const { agent, job } = await stage([{ kind: "limited" }]);
			expect((await agent.run(job())).kind).toBe("limited");
		});

		can("logged-out", "tells that it is logged out", async () => {
			const { agent, job } = await stage([{ kind: "logged-out" }]);
			expect(await agent.run(job())).toMatchObject({ kind: "failed", code: "login" });
		});

		can("any prompt", "AGT-16: hands over a prompt as it is, whatever is in it", async () => {
			const { agent, job, prompts } = await stage([{ kind: "says", text: "Read." }]);
			const prompt = `--help -p $(touch /tmp/x) \`id\` "quoted" 'so' \\ %s ünïcødé 中 ${"long ".repeat(40_000)}end`;
			expect((await agent.run(job({ prompt, access: "read" }))).kind).toBe("done");
			expect(prompts().join("\n")).toContain(prompt);
		});

		can("resumes", "goes on with a conversation that was kept, and charges what was added", async () => {
			const { agent, job } = await stage([
				{ kind: "says", text: "One." },
				{ kind: "says", text: "Two." },
			]);
			const first = await agent.run(job({ keep: true, access: "read" }));
			expect(first.conversation).toEqual(expect.any(String));
			const second = await agent.run(job({ resume: first.conversation as string, access: "read" }));
			expect(second).toMatchObject({ kind: "done", text: "Two.", conversation: first.conversation });
			expect(second.usage?.inputTokens).toBeLessThanOrEqual((first.usage?.inputTokens ?? 0) * 2);
			expect(second.usage?.usd).toBeLessThanOrEqual((first.usage?.usd ?? 0) * 1.5);
		});

		test("knows no conversation that there never was", async (context) => {
			needs(context);
			const { agent, job } = await stage([{ kind: "says", text: "One." }]);
			expect(await agent.run(job({ resume: "0b0e8f6e-0000-4000-8000-000000000000" }))).toMatchObject({
				kind: "failed",
				code: "conversation",
			});
		});

		test("gives no conversation that nobody wanted kept", async (context) => {
			needs(context);
			const { agent, job } = await stage([{ kind: "says", text: "One." }]);
			expect((await agent.run(job({ access: "read" }))).conversation).toBeUndefined();
		});

		test("leaves nothing of the run behind", async (context) => {
			needs(context);
			const { agent, job, room } = await stage([{ kind: "says", text: "One." }]);
			mkdirSync(room.runs, { recursive: true });
			await agent.run(job({ access: "read" }));
			expect(readdirSync(room.runs)).toEqual([]);
		});
	});
}

const verdict: JsonSchema = {
	type: "object",
	properties: { met: { type: "boolean" }, why: { type: "string" } },
	required: ["met", "why"],
	additionalProperties: false,
};

function expectPlausible({ usage }: Outcome): void {
	if (usage === null) return;
	expect(usage.usd).toBeGreaterThanOrEqual(0);
	expect(usage.cachedTokens).toBeLessThanOrEqual(usage.inputTokens);
}
