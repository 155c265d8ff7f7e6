import { expect, test } from "vitest";
import { aCli } from "../testing/a-cli.ts";

interface Shape {
	readonly path: readonly string[];
	readonly flags: readonly string[];
}

async function tree(): Promise<Shape[]> {
	return JSON.parse((await aCli().run("__commands", "--json")).out);
}

test("every command is listed with its flags, its aliases and its parents", async () => {
	const shapes = await tree();
	expect(shapes.map(({ path }) => path.join(" "))).toMatchInlineSnapshot(`
		[
		  "",
		  "status",
		  "log",
		  "log verify",
		  "report",
		  "cost",
		  "task",
		  "task add",
		  "task ls",
		  "task list",
		  "task show",
		  "task retry",
		  "task cancel",
		  "task help",
		  "queue",
		  "change",
		  "change ls",
		  "change list",
		  "change show",
		  "change help",
		  "approve",
		  "reject",
		  "review",
		  "sessions",
		  "sessions scale",
		  "run",
		  "init",
		  "doctor",
		  "up",
		  "start",
		  "down",
		  "pause",
		  "resume",
		  "stop",
		  "check",
		  "ratchet",
		  "land",
		  "revert",
		  "audit",
		  "watch",
		  "worktree",
		  "worktree ls",
		  "worktree gc",
		  "worktree help",
		  "agent",
		  "agent ls",
		  "agent list",
		  "agent run",
		  "agent help",
		  "attach",
		  "bot",
		  "bot replay",
		  "bot skills",
		  "bot skills list",
		  "bot skills ls",
		  "bot skills show",
		  "bot skills help",
		  "bot help",
		  "sandbox",
		  "sandbox test",
		  "sandbox help",
		  "secret",
		  "secret set",
		  "secret list",
		  "secret ls",
		  "secret rm",
		  "secret help",
		  "telegram",
		  "telegram setup",
		  "telegram approve",
		  "telegram ls",
		  "telegram list",
		  "telegram remove",
		  "telegram rm",
		  "telegram help",
		  "token",
		  "token create",
		  "token ls",
		  "token list",
		  "token revoke",
		  "token help",
		  "webhook",
		  "webhook secret",
		  "webhook help",
		  "config",
		  "config check",
		  "config show",
		  "config schema",
		  "config help",
		  "help",
		]
	`);
	expect(shapes.find(({ path }) => path.join(" ") === "log verify")?.flags).toMatchInlineSnapshot(`
		[
		  "--head",
		  "--json",
		  "-h",
		  "--help",
		  "-V",
		  "--version",
		  "--no-color",
		]
	`);
});

test("every help has examples, and every example is a command with flags that exist", async () => {
	const shapes = await tree();
	for (const { path } of shapes.filter(({ path: [first] }) => first !== "help")) {
		const { out, code } = await aCli().run(...path, "--help");
		expect(code, path.join(" ")).toBe(0);
		const examples = out.split(/Examples?:\n/)[1];
		expect(examples, `examples of ${path.join(" ")}`).toBeDefined();
		for (const [, words = ""] of (examples ?? "").matchAll(/(?<=\s)shopfloor ([^\n]*)/g)) {
			const typed =
				words
					.split(/ {3}| [|<>]/)[0]
					?.trim()
					.split(/ +/) ?? [];
			const command = typed.filter((word) => /^[a-z_]+$/.test(word));
			const known = shapes.find(
				(shape) => shape.path.length > 0 && shape.path.every((part, index) => command[index] === part),
			);
			expect(known, words).toBeDefined();
			// A dash alone stands for standard input.
			const flags = typed.filter((word) => /^-./.test(word));
			const all = shapes.filter((shape) => shape.path[0] === command[0]).flatMap((shape) => shape.flags);
			expect(all, words).toEqual(expect.arrayContaining(flags));
		}
	}
});

test("every command that reads has --json", async () => {
	const reading = [
		"status",
		"log",
		"log verify",
		"report",
		"cost",
		"task ls",
		"task show",
		"queue",
		"change ls",
		"change show",
		"sessions",
		"doctor",
		"secret list",
		"config check",
		"config show",
		"config schema",
	];
	for (const { path, flags } of await tree()) if (reading.includes(path.join(" "))) expect(flags).toContain("--json");
});
