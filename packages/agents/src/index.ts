/** `@shopfloor/agents`: everything the factory knows about models. */

export { type BuiltinAgent, type BuiltinOptions, builtinAgent } from "./builtin/agent.ts";
export { type Facts, factsBlock } from "./builtin/facts.ts";
export { type Answered, type Asking, type Crew, type CrewOptions, openCrew, type Reason } from "./crew/crew.ts";
export { isFree, secretsFor } from "./crew/open-agent.ts";
export { lookAtProgram, type ProgramSight } from "./crew/programs.ts";
export { providerOf } from "./crew/provider-of.ts";
export { servedBy } from "./crew/served-by.ts";
export { type Asked, type InputGate, inputGate, type Reused } from "./inputs/input-gate.ts";
export type { Agent } from "./port/agent.ts";
export type { Access, ConversationId, Job, JsonSchema, Limits, Role } from "./port/job.ts";
export { roles } from "./port/job.ts";
export type { Ending, FailureCode, IncompleteCode, Outcome, RefusalCode, Usage } from "./port/outcome.ts";
export { nothingUsed } from "./port/outcome.ts";
export {
	type BotSaid,
	type BotSkillsSaid,
	botAnswer,
	botSkillsAnswer,
	coderAnswer,
	type Judged,
	type Planned,
	planAnswer,
	type Refuted,
	type Reviewed,
	readBot,
	readBotSkills,
	readCoder,
	readPlan,
	readRefutation,
	readReview,
	refuteAnswer,
	reviewAnswer,
	type Summarised,
} from "./prompts/answers.ts";
export {
	type BotCommand,
	type BotFacts,
	type BotSkillsFacts,
	botPrompt,
	botSkillsPrompt,
} from "./prompts/bot-prompts.ts";
export { type CoderFacts, type CoderNextFacts, coderNextPrompt, coderPrompt } from "./prompts/coder-prompt.ts";
export { loadPrompt, loadPrompts, type Prompt, type Prompts, type Rendered } from "./prompts/load-prompt.ts";
export type { FailingTest, FoundError } from "./prompts/measured.ts";
export { type PlannerFacts, plannerPrompt } from "./prompts/planner-prompt.ts";
export { type Quoted, type QuoteKind, quoted } from "./prompts/quoted.ts";
export { type Criterion, reviewCriteria } from "./prompts/review-criteria.ts";
export { type ReviewFacts, refutePrompt, reviewerPrompt } from "./prompts/review-prompts.ts";
export type { Filling, PromptName } from "./prompts/slots.ts";
export { type Admission, openProviders, type Providers } from "./providers/providers.ts";
export {
	type Budget,
	type BudgetPaused,
	budgetScope,
	type Over,
	type Request,
	type Scope,
	type TooFast,
	type Wait,
} from "./purse/decide.ts";
export { estimateUsd } from "./purse/estimate.ts";
export { lostCalls } from "./purse/lost.ts";
export { type Paid, type Payer, pay, type Till } from "./purse/pay.ts";
export { openPurse, type Purse } from "./purse/purse.ts";
export type { Reserved } from "./purse/settlement.ts";
export { type AgentSees, agentMounts } from "./sandbox/agent-mounts.ts";
export type { Held } from "./sandbox/held.ts";
export { holds, type Probed, probeSandbox } from "./sandbox/probe.ts";
export { dueProbe, type ProbeNote, probeNotes } from "./sandbox/probe-note.ts";
export { rememberProbe, type SoundRunnerOptions, soundRunner } from "./sandbox/sound-runner.ts";
export { openTerminal, sessionsShowing, type Terminal, terminalPath, terminalTail } from "./terminal/terminal.ts";
export { attachCommand, endTerminals, reconcileTerminals, type TmuxReport } from "./terminal/tmux.ts";
