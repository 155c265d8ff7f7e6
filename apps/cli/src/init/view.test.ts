import { configJsonSchema } from "@shopfloor/core";
import { expect, test } from "vitest";
import { paintIf } from "../paint.ts";
import { meaningsOf } from "./meanings.ts";
import { settingsOf } from "./settings.ts";
import { type Findings, findingLines, meaningLines, triedLine, writtenLine } from "./view.ts";

const look = { width: 80, paint: paintIf(false) };
const block = (lines: readonly string[]) => `\n${lines.join("\n")}\n`;

const aCheck = { name: "types", run: "tsc --noEmit", reports: "tsc", reads: ["**"], wall: "10m", idle: "2m" } as const;
const found: Findings = {
	repository: { value: "/home/ana/shop", why: "you stand in it" },
	base: {
		why: "its published default branch",
		value: {
			branch: "main",
			commit: "0123456789abcdef",
			definition: { definition: { checks: [aCheck] } as never, from: "detected", hash: "" },
			notes: [{ about: "uncommitted", message: "/home/ana/shop has files that are not committed (a.ts)" }],
		},
	},
	sessions: { value: 2, why: "this machine has 2 cores and 7.7 GiB" },
	agents: { value: ["builtin"], why: "no other one could work at once" },
	usdPerDay: { value: 10, why: "the default" },
	sights: [
		{ name: "claude", path: "/bin/claude", version: "2.1.0", trouble: undefined, missingKey: "anthropic-api-key" },
		{ name: "codex", path: undefined, version: undefined, trouble: undefined, missingKey: "openai-api-key" },
	],
};

test("everything that was found is shown with why", () => {
	expect(block(findingLines(found, look))).toMatchInlineSnapshot(`
		"
		repository  /home/ana/shop
		            you stand in it
		base        main (0123456789ab)
		            its published default branch
		checks      types: tsc --noEmit
		            read off the base's package.json and tsconfig.json; a
		            .shopfloor/gate.json in it would say otherwise
		            (docs/formats/gate.md)
		sessions    2
		            this machine has 2 cores and 7.7 GiB
		agents      builtin
		            no other one could work at once
		budget      $10.00 a day
		            the default

		claude 2.1.0 is there (/bin/claude); its key, the secret anthropic-api-key, is
		not stored.
		codex is not on the PATH.
		/home/ana/shop has files that are not committed (a.ts)
		"
	`);
});

test("checks that cannot be read off are told with what to write, in one piece to be copied", () => {
	const incomplete = `nothing says how to run them: say in .shopfloor/gate.json of the base what to check, for example {"checks":[{"name":"tests","run":"vitest run","reports":"vitest"}]}.`;
	const definition = { definition: { checks: [] } as never, from: "detected", hash: "", incomplete } as const;
	const lines = findingLines({ ...found, base: { ...found.base, value: { ...found.base.value, definition } } }, look);
	expect(lines).toContain("checks      none: nothing lands");
	expect(lines).toContain(`            ${incomplete}`);
});

test("what was written is explained in the words of the schema", () => {
	const agents = ["builtin", "claude"];
	const settings = settingsOf(
		{ repository: "/home/ana/shop", base: "main", sessions: 2, agents, usdPerDay: 10 },
		"./s",
	);
	expect(block(meaningLines(meaningsOf(settings, configJsonSchema()), look))).toMatchInlineSnapshot(`
		"
		  repository.path     /home/ana/shop
		                      The repository to work on; relative to this file.
		  repository.base     main
		                      The branch on which changes land.
		  sessions            2
		                      How many coders work at the same time: ralph-1, ralph-2, …
		  agents.claude.kind  claude
		                      Agents by a name of your own. "builtin" is always there,
		                      and needs nothing.
		  roles.planner       ["builtin","claude"]
		                      Which agent serves which role. Of several, the next one
		                      is asked when one refuses.
		  roles.coder         ["builtin","claude"]
		  roles.reviewer      claude
		  roles.tester        claude
		  budget.perDay       10
		                      All paid calls of one day (UTC).
		  review.policy       ask-on-finding
		                      When a reviewed change lands by itself, and when a person
		                      is asked. One of auto, ask-on-finding, ask.
		"
	`);
});

test("what became of the file, and of who was asked, in a line each", () => {
	expect(writtenLine("/f/c.json", { kind: "written", kept: undefined })).toBe("/f/c.json is written.");
	expect(writtenLine("/f/c.json", { kind: "written", kept: "/f/c.json.bak" })).toMatch(/kept as \/f\/c\.json\.bak\.$/);
	expect(writtenLine("/f/c.json", { kind: "same" })).toMatch(/nothing was changed/);
	expect(triedLine({ agent: "claude", answers: true, says: "it answers", usd: 0.01 }, paintIf(false))).toBe(
		"claude: it answers ($0.0100)",
	);
});
