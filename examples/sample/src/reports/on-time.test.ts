import { expect, test } from "vitest";
import { onTimeShare } from "./on-time.js";

test("what came on the promised day or before was on time", () => {
	const days = [
		[3, 2],
		[3, 3],
		[1, 2],
		[1, 1],
	] as const;
	const deliveries = days.map(([promisedDays, takenDays], at) => ({ parcel: `p-${at}`, promisedDays, takenDays }));
	expect(onTimeShare(deliveries)).toBe(0.75);
});

test("nothing delivered is no share", () => {
	expect(onTimeShare([])).toBe(null);
});
