import type { Status } from "./event.js";

/** In the words of the customer page. */
export function statusText(status: Status): string {
	switch (status) {
		case "accepted":
			return "We have your parcel";
		case "in-transit":
			return "It is on its way";
		case "out-for-delivery":
			return "It arrives today";
		case "delivered":
			return "It was delivered";
	}
}
