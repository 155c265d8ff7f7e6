export { startAnthropic } from "./anthropic/start-anthropic.ts";
export { startOpenai } from "./openai/start-openai.ts";
export { type Misbehaviour, misbehaving, misbehaviours } from "./programs/misbehaving.ts";
export { type RealPrograms, realPrograms, realProgramsVariable } from "./programs/real.ts";
export type { Wanted } from "./script/matching.ts";
export { type ParsedScript, parseScript, type Script, type ScriptFunction } from "./script/script.ts";
export type { Call, Trouble, Turn, When } from "./script/turn.ts";
export type { Asked, Fault } from "./serve/asked.ts";
export type { Twin, TwinOptions } from "./serve/twin.ts";
export type { Answered } from "./telegram/answer.ts";
export type { How, Person, Which } from "./telegram/people.ts";
export {
	type Profile,
	type SentDocument,
	startTelegram,
	type Telegram,
	type TelegramOptions,
} from "./telegram/start-telegram.ts";
export type { GoingWrong, Trouble as TelegramTrouble } from "./telegram/trouble.ts";
export type { Message as TelegramMessage } from "./telegram/wire.ts";
