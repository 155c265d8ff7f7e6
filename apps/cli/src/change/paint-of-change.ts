import type { Paint } from "../paint.ts";

/** Also of those that have left the queue. */
export function paintOfChange(status: string, paint: Paint): (text: string) => string {
	switch (status) {
		case "landed":
		case "approved":
		case "landing":
			return paint.green;
		case "asked":
			return paint.yellow;
		case "rejected":
		case "poisonous":
		case "missing":
		case "reverted":
			return paint.red;
		default:
			return paint.cyan;
	}
}
