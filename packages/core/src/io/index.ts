/** `@shopfloor/core/io`: what touches the world. */
export { notedHead, noteHead } from "./anchor.ts";
export { type Clock, instant, systemClock } from "./clock.ts";
export type { EventLog, FileLog } from "./event-log.ts";
export { type FileFloor, type Floor, openFloor, unfitStateDir } from "./floor.ts";
export type { Lease, Leases } from "./leases.ts";
export type { Ledger } from "./ledger.ts";
export { leftovers } from "./leftovers.ts";
export { loadConfig, readConfig, showFaults } from "./load-config.ts";
export { type LogExtent, logExtent } from "./log/extent.ts";
export { type Filter, matches } from "./log/last.ts";
export type { Head, Verification } from "./log/verify.ts";
export { findPlaces, type Places, placeVariables } from "./places.ts";
export { isAlive, isGone, pidOf, startOf } from "./process-identity.ts";
export { exitCodes, type ProcessSpec, runProcess, type World } from "./run-process.ts";
export { nextTurn, scheduleFault } from "./schedule.ts";
export { type SecretStore, secretStore } from "./secrets.ts";
export { type ErrorCode, isShopfloorError, ShopfloorError } from "./shopfloor-error.ts";
export { currentState, type Turn, type Work, WorkLoop } from "./work-loop.ts";
