/** What a person allows to be spent: the key `budget` of the configuration. */
import { z } from "zod";

const Dollars = z.number().min(0).max(100_000);

const Prices = z.strictObject({
	input: Dollars.describe("Read for the first time."),
	cached: Dollars.optional().describe("Read again; the same as input where it is not given."),
	output: Dollars,
});

export const Budget = z
	.strictObject({
		perDay: Dollars.default(10).describe("All paid calls of one day (UTC)."),
		perCall: Dollars.default(2).describe(
			"What one call may reserve. Where another cap leaves less, a call reserves that, down to a quarter of this.",
		),
		perTask: Dollars.default(3).describe("All calls for one task. A review is held to the other caps alone."),
		perTicket: Dollars.default(10).describe("All calls for one ticket."),
		perRole: z
			.strictObject({
				planner: Dollars.optional(),
				coder: Dollars.optional(),
				reviewer: Dollars.optional(),
				tester: Dollars.optional(),
				scribe: Dollars.optional(),
				doctor: Dollars.optional(),
				bot: Dollars.optional(),
			})
			.prefault({})
			.describe("All calls of one role in one day (UTC). A role that is not named has the day's cap alone."),
		callsPerHour: z
			.int()
			.min(1)
			.max(10_000)
			.default(120)
			.describe("More paid calls of one role within an hour are taken for a loop, and the role is paused."),
		prices: z
			.record(z.string().min(1).max(120), Prices)
			.default({})
			.describe("By model: dollars for a million tokens, where an agent reports no dollars and the table is wrong."),
	})
	.prefault({})
	.describe("Dollars. 0 means that nothing paid is called; what costs nothing always runs.");
