import { type Answered, nothingUsed } from "@shopfloor/agents";
import { expect, test } from "vitest";
import { decideHack } from "./hack.ts";

test.each([
	["done", { kind: "done", text: "I did it." }, { kind: "hacked" }],
	["limited", { kind: "limited", detail: "until noon" }, { kind: "limited", reason: "claude: until noon" }],
	["unable", { kind: "refused", code: "cannot", detail: "no way" }, { kind: "idle", reason: "claude: no way" }],
	["too dear", { kind: "over-budget", detail: "$2.00" }, { kind: "failed", reason: "claude: $2.00" }],
	["too slow", { kind: "timed-out", which: "idle", detail: "it hung" }, { kind: "failed", reason: "claude: it hung" }],
	["dead", { kind: "failed", code: "crashed", detail: "exit 1" }, { kind: "failed", reason: "claude: exit 1" }],
])("a coder that is %s ends the hack as that", (_what, outcome, hacked) => {
	const answered = {
		kind: "answered",
		agent: "claude",
		outcome: { ...outcome, usage: nothingUsed },
		usd: 0,
		reused: false,
	};
	expect(decideHack(answered as Answered)).toEqual(hacked);
});
