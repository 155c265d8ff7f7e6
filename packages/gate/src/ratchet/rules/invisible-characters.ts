import { addedLines } from "../lines.ts";
import type { Rule } from "../rule.ts";

export const invisibleCharacters: Rule = {
	name: "invisible-characters",
	severity: "block",
	reason: "Characters that are not seen, or that turn others round, make code read differently from what runs.",
	*look({ diff }) {
		for (const file of diff.files) {
			const isProse = /\.(md|mdx|txt|po|arb|ftl)$|(^|\/)(locales?|i18n|translations?|lang)\//i.test(file.path);
			for (const { line, text } of addedLines(file)) {
				const turning = /[\u202A-\u202E\u2066-\u2069]/u.exec(text);
				const hidden = hiddenIn(text, line);
				if (turning !== null)
					yield { path: file.path, line, what: `holds ${named(turning[0])}, which turns text round` };
				else if (hidden !== undefined)
					yield {
						path: file.path,
						line,
						what: `holds ${named(hidden)}, which is not seen`,
						severity: isProse ? "note" : "block",
					};
				else if (!isProse && mixed(text) !== undefined)
					yield {
						path: file.path,
						line,
						what: `holds a name of letters of two scripts: ${JSON.stringify(mixed(text))}`,
						severity: "ask",
					};
			}
			if (/[\p{Cc}\u2028\u2029\uFFFD]/u.test(file.path) && file.modeAfter !== null)
				yield { path: file.path, what: "has a name with characters that are not seen", severity: "ask" };
		}
	},
	examples: {
		caught: [
			{
				name: "text that turns round",
				after: { "a.ts": "if (role === 'user\u202E \u2066// admin\u2069 \u2066') grant();\n" },
			},
			{ name: "a name that is not seen", after: { "a.ts": "const \u3164 = 1;\n" } },
			{ name: "no width", after: { "a.ts": "const pass\u200Bword = 1;\n" } },
			{ name: "letters of two scripts", after: { "a.ts": "const \u0430dmin = 1;\n" } },
			{ name: "a name of a file", after: { "a\nb.ts": "1;\n" } },
		],
		passed: [
			{ name: "a family", after: { "a.ts": 'const family = "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}";\n' } },
			{ name: "a mark at the beginning", after: { "a.ts": "\uFEFFconst a = 1;\n" } },
			{ name: "an escape", after: { "a.ts": 'const text = "\\u200B \\u202E";\n' } },
			{
				name: "other languages",
				after: { "a.ts": 'const text = "\u041F\u0440\u0438\u0432\u0435\u0442, \u4E16\u754C, M\u00FCller";\n' },
			},
		],
	},
};

/** Joiners between pictures, and a byte order mark in front, are as they should be. */
function hiddenIn(text: string, line: number): string | undefined {
	const rest = text
		.replace(/(\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]*)\u200D(?=\p{Extended_Pictographic})/gu, "$1")
		.replace(
			/(?<=\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Sinhala}|\p{Script=Malayalam})[\u200C\u200D]/gu,
			"",
		);
	return /\u034F|[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E01EF}]/u.exec(
		line === 1 ? rest.replace(/^\uFEFF/, "") : rest,
	)?.[0];
}

function mixed(text: string): string | undefined {
	return [...text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)]
		.map(([word]) => word)
		.find(
			(word) =>
				/[a-zA-Z]/.test(word) &&
				/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(word) &&
				!/^[a-zA-Z]{0,2}[\u00B5\u03BC\u03A9\u03C0\u0394\u03B1\u03B2\u03BB\u03C3\u03B5][a-zA-Z]{0,2}$/u.test(word),
		);
}

function named(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
