import { describe, expect, test } from "vitest";
import { targetFault } from "./target.ts";

describe("WEB-11: a path that could be read in two ways is refused", () => {
	test.each(["/", "/status", "/changes/c-9", "/log?from=1&limit=2", "/approvals/a-3f2a-1"])("%s is none", (url) => {
		expect(targetFault({ url, rawHeaders: [] })).toBeUndefined();
	});

	test.each([
		"/../etc/passwd",
		"/a/../b",
		"/a/./b",
		"//status",
		"/a//b",
		"/%2e%2e/x",
		"/a%2fb",
		"/a\\b",
		"/status;x",
		"http://evil.example/status",
		"*",
		"",
		"status",
		"/ü",
		`/${"x".repeat(1_000)}`,
	])("%j", (url) => {
		expect(targetFault({ url, rawHeaders: [] })).toBeDefined();
	});
});

test("a header that decides something stands once", () => {
	const rawHeaders = ["Host", "a", "X-Any", "1", "x-any", "2", "Authorization", "x", "authorization", "y"];
	expect(targetFault({ url: "/", rawHeaders })).toBe("the header authorization stands twice");
});
