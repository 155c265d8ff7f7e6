import { chmodSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startProgram } from "../testing/program.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { leftovers } from "./leftovers.ts";
import { secretStore } from "./secrets.ts";

test("a secret comes back as it was given, and only its owner can read the file", async () => {
	const dir = tempDir();
	await secretStore(dir).set("telegram-token", "12345:abc");
	expect(secretStore(dir).get("telegram-token")).toBe("12345:abc");
	expect(statSync(join(dir, "secrets", "telegram-token")).mode & 0o777).toBe(0o600);
	expect(statSync(join(dir, "secrets")).mode & 0o777).toBe(0o700);
});

test("a file that somebody opened to others is closed before it is used", async () => {
	const dir = tempDir();
	const secrets = secretStore(dir);
	await secrets.set("key", "old");
	writeFileSync(join(dir, "secrets", "key"), "value\n");
	chmodSync(join(dir, "secrets", "key"), 0o644);
	expect(secrets.get("key")).toBe("value");
	expect(statSync(join(dir, "secrets", "key")).mode & 0o777).toBe(0o600);
});

test.each(["replace.sync.before", "replace.rename.before"])(
	"a value whose storing was killed at %s does not stay behind",
	async (point) => {
		const dir = tempDir();
		const killed = startProgram("store-secret.mjs", [dir, "key", "half-stored"], {
			preload: [`crash.mjs?how=kill&at=${point}@1`],
		});
		expect((await killed.ended).signal).toBe("SIGKILL");
		const files = () => readdirSync(join(dir, "secrets"));
		expect(files()).toHaveLength(1);
		expect(leftovers(dir)).toEqual([join(dir, "secrets", files()[0] ?? "")]);
		expect(secretStore(dir).list()).toEqual([]);
		expect(files()).toEqual([]);
	},
);

test("a value that somebody is storing just now is left to them", async () => {
	const dir = tempDir();
	const storing = startProgram("store-secret.mjs", [dir, "key", "mine"], {
		preload: ["crash.mjs?how=stop&at=replace.rename.before@1"],
	});
	expect(await storing.stopped()).toBe(true);
	expect(secretStore(dir).list()).toEqual([]);
	storing.kill("SIGCONT");
	await storing.ended;
	expect(secretStore(dir).get("key")).toBe("mine");
});

test("the list tells names and never values", async () => {
	const secrets = secretStore(tempDir());
	await secrets.set("b", "value-of-b");
	await secrets.set("a", "value-of-a");
	expect(secrets.list().map(({ name }) => name)).toEqual(["a", "b"]);
	expect(JSON.stringify(secrets.list())).not.toContain("value-of");
});

test("what was removed is gone, and removing it again says so", async () => {
	const secrets = secretStore(tempDir());
	await secrets.set("a", "x");
	expect([secrets.remove("a"), secrets.get("a"), secrets.remove("a")]).toEqual([true, undefined, false]);
});

test.each(["", "../x", "A", "a b", "a/b", ".hidden", "x".repeat(65), "-a"])("%j is no name", async (name) => {
	const dir = tempDir();
	const secrets = secretStore(dir);
	await expect(secrets.set(name, "v")).rejects.toMatchObject({ code: "bad-secret" });
	expect(() => secrets.get(name)).toThrow();
	expect(readdirSync(dir)).toEqual([]);
});

test.each(["", "  \n", "x".repeat(70_000)])("an empty or huge value is refused", async (value) => {
	const secrets = secretStore(tempDir());
	await expect(secrets.set("a", value)).rejects.toMatchObject({ code: "bad-secret" });
	expect(secrets.get("a")).toBeUndefined();
});
