import { expect, test } from "vitest";
import { gitHubKeys, webhookKeys } from "./keys.ts";

test("a secret is the same with whsec_ before it and without, and several stand on lines of their own", () => {
	const text = Buffer.alloc(24, 1).toString("base64");
	expect(webhookKeys(`whsec_${text}\r\n\n${text}\n`)).toEqual({
		kind: "keys",
		keys: [Buffer.alloc(24, 1), Buffer.alloc(24, 1)],
	});
});

test("where none is stored there is no such way in", () => {
	expect(webhookKeys(undefined)).toEqual({ kind: "none" });
});

test.each([
	["empty", "\n \n"],
	["short", `whsec_${Buffer.alloc(23).toString("base64")}`],
	["no base64", "whsec_it is a secret, and a long one, but none of that kind"],
	["one of two is short", `whsec_${Buffer.alloc(32).toString("base64")}\nwhsec_c2hvcnQ=`],
	["six", Array.from({ length: 6 }, (_, i) => Buffer.alloc(32, i).toString("base64")).join("\n")],
])("WEB-06: a secret that is %s is a fault", (_, stored) => {
	expect(webhookKeys(stored)).toMatchObject({ kind: "bad" });
});

test("WEB-06: GitHub's is any text that is long enough", () => {
	expect(gitHubKeys("correct horse battery staple")).toMatchObject({ kind: "keys" });
	expect(gitHubKeys("hunter2")).toMatchObject({ kind: "bad" });
});
