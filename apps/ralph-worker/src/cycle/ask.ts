/** What the planner and the coder are asked, and what their answers cost. */
import { join } from "node:path";
import {
	type Answered,
	type Asking,
	coderAnswer,
	coderNextPrompt,
	coderPrompt,
	loadPrompts,
	planAnswer,
	plannerPrompt,
	type Rendered,
	servedBy,
} from "@shopfloor/agents";
import { builtinAgent, serversOf } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";
import type { SessionTree } from "@shopfloor/gate";
import type { Cycling } from "./cycling.ts";
import { earlierAttempts } from "./digest.ts";
import type { HackFacts, PlanFacts } from "./handed-on.ts";
import { relevant } from "./relevant.ts";
import type { Site } from "./site.ts";

export async function askPlanner(site: Site, cycling: Cycling, { known, analyzed }: PlanFacts): Promise<Answered> {
	const { world, gate, base } = site;
	const { context, digest, held, recent } = known;
	const { errors, failing } = analyzed;
	const rendered = plannerPrompt(promptsOf(site), {
		context,
		skills: "",
		digest,
		errors,
		tests: failing,
		held,
		recent,
	});
	// It only looks, at the files of the base.
	const tree = await site.prepare(base.commit);
	const shared = sharesConversation(world.config);
	const gated = { once: { key: world.name, inputs: { base: base.commit, held, recent } } };
	return await ask(site, cycling, rendered, {
		role: "planner",
		cwd: tree.tree.dir,
		git: gitOf(site),
		access: "read",
		answer: planAnswer,
		...(shared === undefined ? gated : { keep: true }),
	});

	function gitOf({ gate: { store } }: Site) {
		return { dir: join(store.git.place.gitDir, "worktrees", world.name), common: gate.store.git.place.gitDir };
	}
}

export async function askCoder(
	site: Site,
	cycling: Cycling,
	{ known, analyzed, plan }: HackFacts,
	session: SessionTree,
): Promise<Answered> {
	const { context, held } = known;
	const { name } = site.world;
	const { gitDir } = site.gate.store.git.place;
	const about = {
		task: { title: plan.title, detail: plan.detail, files: plan.files },
		...relevant(plan, analyzed),
		held,
		earlier: await earlierAttempts(site.floor, cycling.now.task),
	};
	const { conversation } = plan;
	const rendered =
		conversation === undefined
			? coderPrompt(promptsOf(site), { ...about, context, skills: "" })
			: coderNextPrompt(promptsOf(site), about);
	return await ask(site, cycling, rendered, {
		role: "coder",
		cwd: session.tree.dir,
		git: { dir: join(gitDir, "worktrees", name), common: gitDir },
		access: "write",
		answer: coderAnswer,
		...(conversation !== undefined && { agent: conversation.agent, resume: conversation.id }),
	});
}

async function ask(
	{ crew, signal, show }: Site,
	cycling: Cycling,
	{ prompt, version }: Rendered,
	asking: Omit<Asking, "prompt" | "show" | "signal" | "task" | "version">,
): Promise<Answered> {
	const task = cycling.now.task;
	const answered = await crew.ask({ ...asking, prompt, version, show, signal, ...(task !== null && { task }) });
	if (answered.kind === "answered") {
		const { usage } = answered.outcome;
		cycling.called(servedBy(answered), version, answered.usd, usage ?? { inputTokens: 0, outputTokens: 0 });
	}
	// What came of a run that was called off is nobody's outcome.
	signal.throwIfAborted();
	return answered;
}

function promptsOf({ world }: Site) {
	return loadPrompts(join(world.places.root, "prompts"));
}

/** Whoever plans and also codes: context is paid once where the conversation goes on. */
function sharesConversation({ roles }: World["config"]): string | undefined {
	// The built-in agent in front keeps no conversation; what it cannot do, the next one does.
	const paid = (role: "planner" | "coder") => serversOf(roles, role).find((name) => name !== builtinAgent);
	return paid("planner") === paid("coder") ? paid("planner") : undefined;
}
