/** `@shopfloor/agents`: everything the factory knows about models. */

export { type Asked, type InputGate, inputGate, type Reused } from "./inputs/input-gate.ts";
export type { Agent } from "./port/agent.ts";
export type { Access, ConversationId, Job, JsonSchema, Limits, Role } from "./port/job.ts";
export { roles } from "./port/job.ts";
export type { Ending, FailureCode, IncompleteCode, Outcome, RefusalCode, Usage } from "./port/outcome.ts";
export { nothingUsed } from "./port/outcome.ts";
export { type Admission, openProviders, type Providers } from "./providers/providers.ts";
export { retrying } from "./providers/retrying.ts";
export type { Budget, Over, Request, Scope, TooFast, Wait } from "./purse/decide.ts";
export { estimateUsd } from "./purse/estimate.ts";
export { budgetScope } from "./purse/news.ts";
export { type Paid, type Payer, pay, type Till } from "./purse/pay.ts";
export { openPurse, type Purse, type Reserved } from "./purse/purse.ts";
