/** `@shopfloor/core`: what is true. Pure: no clock, no disk, no environment. */

export {
	type AccessToken,
	type AccessTokens,
	accessTokens,
	type TokenScope,
	tokenScopes,
} from "./model/access-tokens.ts";
export {
	type AgentConfig,
	builtinAgent,
	type CommandTemplate,
	type Role,
	type RolesConfig,
	roles,
	serversOf,
} from "./model/agents.ts";
export { type Assignment, assignmentsOf, type Openings } from "./model/assignment.ts";
export { showBytes } from "./model/bytes.ts";
export { type Claims, claimsOf, type Holders, heldFiles, meets } from "./model/claims.ts";
export { closest } from "./model/closest.ts";
export { type ConfigFault, configJsonSchema, type FactoryConfig, unconfigured } from "./model/config.ts";
export { type Disguise, disguises, squeezed } from "./model/disguises.ts";
export { parseDuration, showDuration } from "./model/duration.ts";
export {
	type DataOf,
	type Draft,
	type Entry,
	type EntryType,
	entryTypes,
	isEntryType,
	type Seq,
} from "./model/entry.ts";
export { emptyState, type FactoryState, fold, pauseFor, standingPause } from "./model/factory-state.ts";
export { type Gateway, isLoopback } from "./model/gateway-config.ts";
export { harmlessJson } from "./model/harmless-json.ts";
export { toMs } from "./model/instant.ts";
export { own } from "./model/own.ts";
export { cut, oneLine, plainText } from "./model/plain-text.ts";
export { processNames } from "./model/process-names.ts";
export { isQuiet, type Quiet } from "./model/quiet-hours.ts";
export type { RecordKind } from "./model/record-kind.ts";
export type { Change, ReviewQueue } from "./model/review-queue.ts";
export { silentSince } from "./model/silence.ts";
export {
	readSkillFile,
	type Skill,
	type SkillFault,
	type SkillRead,
	skillBytesMax,
	skillNameFault,
	writeSkillFile,
} from "./model/skill-file.ts";
export { wasToldToEnd } from "./model/state/processes.ts";
export type { Trouble } from "./model/state/providers.ts";
export type { Reservation, Spending, Tally } from "./model/state/spending.ts";
export { callsLastHour, type Spent, spentOnDay, spentOnTask, spentOnTicket } from "./model/state/spent.ts";
export type { Cycle } from "./model/state/work.ts";
export type { Task, TaskQueue } from "./model/task-queue.ts";
export {
	type Admission,
	admit,
	codeLength,
	codeLetters,
	offerCode,
	type TelegramPeople,
	type TelegramPerson,
	telegramPeople,
} from "./model/telegram-people.ts";
export { showUsd } from "./model/usd.ts";
export { withoutValues } from "./model/without-values.ts";
