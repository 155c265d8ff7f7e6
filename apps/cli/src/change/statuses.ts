import type { Change } from "@shopfloor/core";
import type { Paint } from "../paint.ts";

/** Those about which something is still to be said. */
export function isUndecided({ status }: Pick<Change, "status">): boolean {
	return !["landed", "rejected", "missing"].includes(status);
}

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
