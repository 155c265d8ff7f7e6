import type { TrackingEvent } from "./event.js";
import { statusText } from "./status.js";

export interface Contacts {
	of(parcel: string): Promise<Contact>;
}

export interface Contact {
	readonly name: string;
	readonly email: string;
}

export interface Notice {
	readonly to: string;
	readonly text: string;
}

/** What a customer is written when a parcel has moved. */
export async function noticeOf({ parcel, status, place }: TrackingEvent, contacts: Contacts): Promise<Notice> {
	const contact = contacts.of(parcel);
	return { to: contact.email, text: `${statusText(status)} (${place}).` };
}
