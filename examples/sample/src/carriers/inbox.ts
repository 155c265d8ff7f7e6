import type { TrackingEvent } from "../tracking/event.js";
import { isStatus } from "../tracking/event.js";
import type { CarrierMessage } from "./message.js";

/** A carrier's message as an event of ours. */
export function eventFrom(json: string): TrackingEvent {
	const message = JSON.parse(json) as CarrierMessage;
	const status = message.state.toLowerCase().replaceAll(" ", "-");
	if (!isStatus(status)) throw new RangeError(`nobody told us what "${message.state}" means`);
	return { parcel: message.parcel, status, place: message.place ?? "unknown", at: message.recieved };
}
