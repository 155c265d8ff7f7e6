import { expect, test } from "vitest";
import { statusText } from "./status.js";

test("who waits is told that it comes today", () => {
	expect(statusText("out-for-delivery")).toBe("It arrives today");
});

test("who sent it is told that it came back", () => {
	expect(statusText("returned")).toBe("It came back to us");
});
