/** `@shopfloor/core/io`: what touches the world. */
export { type Clock, instant, systemClock } from "./clock.ts";
export type { EventLog, FileLog } from "./event-log.ts";
export { type FileFloor, type Floor, openFloor, unfitStateDir } from "./floor.ts";
export type { Lease, Leases } from "./leases.ts";
export type { Ledger } from "./ledger.ts";
export type { Filter } from "./log/last.ts";
export type { Head, Verification } from "./log/verify.ts";
export { type ErrorCode, isShopfloorError, ShopfloorError } from "./shopfloor-error.ts";
