import type { Draft } from "@shopfloor/core";
import { draftOf } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aStatus } from "../testing/a-status.ts";
import { changesBetween } from "./changes.ts";

const started = draftOf("process_started", { pid: 11, node: "v20", after: "first", crashes: 0 }, "scheduler");
const config = { expected: ["scheduler"] };

function after(drafts: readonly Draft[], seats: Record<string, number> = { scheduler: 11 }) {
	return aStatus({ drafts, seats, config, minutes: drafts.length });
}

test("the first look tells what there is", async () => {
	expect(changesBetween(undefined, await after([started]), "UTC")).toMatchInlineSnapshot(`
		[
		  "01-31 08:01:00  the factory is running with 1 process",
		  "01-31 08:01:00  scheduler is running, pid 11",
		  "01-31 08:01:00  tasks: 0 waiting, 0 assigned",
		  "01-31 08:01:00  changes: none",
		]
	`);
});

test("a look at the same factory tells nothing, however much older everything is", async () => {
	const drafts = [started];
	const later = await aStatus({ drafts, seats: { scheduler: 11 }, config, minutes: 5 });
	expect(changesBetween(await after(drafts), later, "UTC")).toEqual([]);
});

test("the sandbox that is missing is part of how it runs", async () => {
	const bare = { ...config, isSandboxOff: true };
	const status = await aStatus({ drafts: [started], seats: { scheduler: 11 }, config: bare, minutes: 1 });
	expect(changesBetween(await after([started]), status, "UTC")).toEqual([
		"01-31 08:01:00  the factory is running with 1 process; without a sandbox",
	]);
});

test("each change is a line", async () => {
	const more = [
		started,
		draftOf("task_queued", { task: "t-1", title: "repair" }, "scheduler"),
		draftOf("paused", { scope: "all", kind: "pause", reason: "lunch" }, "cli:ana"),
		draftOf("alert", { code: "x", severity: "warning", message: "the disk\nis nearly full" }, "scheduler"),
	];
	expect(changesBetween(await after([started]), await after(more), "UTC")).toMatchInlineSnapshot(`
		[
		  "01-31 08:04:00  the factory is paused with 1 process; all paused by cli:ana: lunch",
		  "01-31 08:04:00  tasks: 1 waiting, 0 assigned",
		  "01-31 08:04:00  warning: the disk\\nis nearly full",
		]
	`);
	expect(changesBetween(await after(more), await after(more, {}), "UTC")).toMatchInlineSnapshot(`
		[
		  "01-31 08:04:00  the factory is down; all paused by cli:ana: lunch",
		  "01-31 08:04:00  scheduler is gone, pid 11 (was running)",
		]
	`);
	expect(changesBetween(await after(more, {}), await after(more, { scheduler: 12 }), "UTC")).toMatchInlineSnapshot(`
		[
		  "01-31 08:04:00  the factory is paused with 1 process; all paused by cli:ana: lunch",
		  "01-31 08:04:00  scheduler is starting, pid 12 (was gone)",
		]
	`);
});
