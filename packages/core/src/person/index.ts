/**
 * `@shopfloor/core/person`: what a person can ask of a factory, and see of it; the same from a terminal, a chat, a
 * program or a page. Nothing here prints: results are values, and each surface finds the words. The files beside this
 * one do, the folders decide.
 */

export { type Answered, type AnswerWish, answerQuestion } from "./answers.ts";
export {
	type Answerer,
	answererOf,
	coderOf,
	type Presence,
	presenceOf,
	reviewer,
	scheduler,
} from "./asking/answerer.ts";
export { answersOrder, answersTask, answersTrigger, decides, type IsAnswer } from "./asking/answers.ts";
export { byOf, type IdTaken, type Person, sentenceMax } from "./asking/person.ts";
export { auto, type Scale, scaleOf } from "./asking/scale.ts";
export type { TriggerStory } from "./asking/trigger-story.ts";
export type { Binding } from "./change/binding.ts";
export {
	type ChangeRecords,
	entriesAbout,
	findChange,
	isUndecided,
	type KnownChange,
	knownChanges,
} from "./change/known-change.ts";
export { type Answer, type ChangeStory, changeStory, type Question } from "./change/story.ts";
export { changeRecords } from "./changes.ts";
export { configIn, observe, readSessions } from "./factory.ts";
export { lookFor, takenSeats } from "./seats.ts";
export { configuredSessions, type SessionSight } from "./session/sessions.ts";
export type { ConfigSight } from "./status/config-sight.ts";
export type { Need } from "./status/needs.ts";
export { isAlive, type ProcessSight, type Seats, type Sign } from "./status/process-sight.ts";
export { type Snapshot, type Status, statusOf } from "./status/status.ts";
export { type Held, hold, type Resumed, resume, type UnknownScope } from "./steer.ts";
export type { Hold, StandingPause } from "./steering/holding.ts";
export { scopesOf } from "./steering/scopes.ts";
export type { Objection, Order } from "./task/order.ts";
export { detailMax, type TaskFault, type TaskRequest, type TaskWish, taskRequestOf } from "./task/request.ts";
export { type QueueSight, queueSight, type TaskSight, type Unheard } from "./task/sight.ts";
export { inOrder, isOpen, taskStatuses, waitsFor } from "./task/statuses.ts";
export { type TaskStory, taskStory } from "./task/story.ts";
export { requestSeqOf, taskIdOf, taskNamed } from "./task/task-id.ts";
export {
	type Ordered,
	orderTask,
	type Requested,
	readQueue,
	readTask,
	requestTask,
	type TaskOrder,
	unheardRequests,
} from "./tasks.ts";
export { readTrigger, type Triggered, type Turn, trigger } from "./triggers.ts";
export { answerMs, answerTo, turnMs, type Waiting } from "./wait.ts";
