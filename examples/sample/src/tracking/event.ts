export type Status = "accepted" | "in-transit" | "out-for-delivery" | "delivered" | "returned";

export interface TrackingEvent {
	readonly parcel: string;
	readonly status: Status;
	readonly place: string;
	/** An ISO date. */
	readonly at: string;
}

const statuses: readonly string[] = ["accepted", "in-transit", "out-for-delivery", "delivered", "returned"];

export function isStatus(text: string): text is Status {
	return statuses.includes(text);
}
