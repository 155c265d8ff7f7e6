import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { AgentConfig } from "@shopfloor/core";
import { processGroupRunner, secretStore } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import type { AgentSees } from "../sandbox/agent-mounts.ts";
import { aRoom, plainEnv } from "../testing/a-room.ts";
import { openAgent } from "./open-agent.ts";

test("a command is shown what its configuration names", async () => {
	const settings = tempDir();
	const { opened, job, asked } = anAgent({ sees: [settings] });
	if (opened.kind === "unable") throw new Error(opened.why);
	expect(await opened.agent.run(job())).toMatchObject({ kind: "done", text: "hello" });
	expect(asked).toMatchObject([{ more: [settings] }]);
});

test("a command that cannot be shown it is not called, and a person hears why", () => {
	expect(anAgent({ sees: ["/no/such/file"] }).opened).toEqual({
		kind: "unable",
		why: "mine is not called: it is to see /no/such/file, which is not there",
	});
	expect(anAgent({ sees: ["/"] }).opened).toMatchObject({
		kind: "unable",
		why: expect.stringMatching(/cannot be shown \/:/),
	});
});

function anAgent({ sees }: { readonly sees: readonly string[] }) {
	const { leases, job } = aRoom();
	const stateDir = join(tempDir(), "state");
	mkdirSync(stateDir);
	const asked: AgentSees[] = [];
	const world = {
		stateDir,
		session: "ralph-1",
		secrets: secretStore(stateDir),
		leases,
		runner: processGroupRunner,
		path: plainEnv.PATH,
		estimate: async () => 0,
		mounts(seen: AgentSees) {
			asked.push(seen);
			return [];
		},
	};
	const config: AgentConfig = {
		kind: "command",
		command: ["/bin/echo", "hello"],
		prompt: "stdin",
		answer: "text",
		env: {},
		network: false,
		sees: [...sees],
	};
	return { opened: openAgent(world, "mine", config), job, asked };
}
