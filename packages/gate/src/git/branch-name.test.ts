import { expect, test } from "vitest";
import { attempt, cycleBranch, slug } from "./branch-name.ts";

test.each([
	["Fix the total", "fix-the-total"],
	["--upload-pack=touch /tmp/x", "upload-pack-touch-tmp-x"],
	["x.lock", "x-lock"],
	["@", "unnamed"],
	["a..b", "a-b"],
	["refs/heads/main", "refs-heads-main"],
	["../../etc", "etc"],
	["Größe ändern", "gro-e-andern"],
	["日本", "unnamed"],
	["", "unnamed"],
	["a\0b\nc", "a-b-c"],
	["HEAD", "head"],
	[`${"a".repeat(59)} b`, "a".repeat(59)],
])("the text %j becomes the branch part %s", (text, expected) => {
	expect(slug(text)).toBe(expected);
});

test("a cycle's branch tells whose it is and when it began", () => {
	expect(cycleBranch("ralph-1", Date.UTC(2026, 0, 31, 8, 30, 5))).toBe("brl/ralph-1/20260131t083005z");
	expect(attempt("brl/ralph-1/x", 1)).toBe("brl/ralph-1/x");
	expect(attempt("brl/ralph-1/x", 2)).toBe("brl/ralph-1/x-2");
});
