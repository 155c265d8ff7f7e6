import { expect, test } from "vitest";
import { agentOver } from "./agent.ts";
import { projectBounds } from "./bounds.ts";
import { corpus } from "./corpus/corpus.ts";
import { compilerInProcess } from "./testing/in-process.ts";
import { runFault, verdictOf } from "./testing/run-corpus.ts";

const agent = agentOver({ compilers: compilerInProcess(), bounds: projectBounds });

for (const fault of corpus)
	test(fault.name, async () => {
		const result = await runFault(agent, fault);
		const { outcome, by, changed, before, after, behaves } = result;
		if ("left" in fault.expect) {
			expect(changed).toEqual({});
			expect(outcome).toMatchObject({
				kind: "refused",
				code: "cannot",
				detail: expect.stringContaining(fault.expect.left),
			});
			expect(verdictOf(result)).toBe("left");
			return;
		}
		expect({ outcome: outcome.kind, detail: "detail" in outcome ? outcome.detail : "", by, changed }).toEqual({
			outcome: "done",
			detail: "",
			by: fault.expect.by,
			changed: fault.expect.fixed,
		});
		const unseen = outcome.kind === "done" && /nothing was run/.test(outcome.text);
		expect(behaves).toBe(true);
		expect(after.filter((error) => !before.includes(error))).toEqual([]);
		expect(after.length).toBeLessThan(unseen ? before.length + 1 : before.length);
		expect(verdictOf(result)).toBe("fixed");
	});

test("there are at least 60 faults, each with a name of its own", () => {
	expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
	expect(corpus.length).toBeGreaterThanOrEqual(60);
});
