import { describe, expect, test } from "vitest";
import { namesOf, originFault } from "./host.ts";

const names = namesOf({ host: "127.0.0.1", hosts: ["factory.example.org"] });

describe("WEB-11: a request is for us", () => {
	test.each(["127.0.0.1:4770", "localhost:4770", "LOCALHOST", "[::1]:4770", "factory.example.org"])("as %s", (host) => {
		expect(originFault({ host }, names)).toBeUndefined();
	});

	test.each([
		"evil.example",
		"127.0.0.1.evil.example",
		"factory.example.org.",
		"localhost@evil.example",
		"localhost:x",
		"",
	])("and not as %j", (host) => {
		expect(originFault({ host }, names)).toBe("unknown-host");
	});
});

describe("WEB-11: a page may ask only where it came from", () => {
	const host = "factory.example.org";
	test.each(["https://factory.example.org", "http://factory.example.org"])("%s", (origin) => {
		expect(originFault({ host, origin }, names)).toBeUndefined();
	});

	test.each([
		"https://evil.example",
		"null",
		"https://factory.example.org:444",
		"https://factory.example.org.evil.example",
		"file://factory.example.org",
	])("and not %s", (origin) => {
		expect(originFault({ host, origin }, names)).toBe("foreign-origin");
	});

	test.each([
		["cross-site", "foreign-origin"],
		["same-site", "foreign-origin"],
		["same-origin", undefined],
		["none", undefined],
	])("a browser that says %s", (site, fault) => {
		expect(originFault({ host, "sec-fetch-site": site }, names)).toBe(fault);
	});
});
