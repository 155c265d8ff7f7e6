import type { Rule } from "../rule.ts";

const bytes = "\0\x01\x02";

export const binaries: Rule = {
	name: "binaries",
	severity: "ask",
	reason: "Nobody can review bytes, and some of them run.",
	*look({ diff }) {
		for (const { path, binary, modeAfter, after } of diff.files) {
			if (!binary || modeAfter === null || after !== null) continue;
			if (code.test(path)) yield { path, what: "is no text, though its name says that it is code", severity: "block" };
			else if (programs.test(path)) yield { path, what: "is a program", severity: "block" };
			else yield { path, what: "is no text", severity: media.test(path) ? "note" : "ask" };
		}
	},
	examples: {
		caught: [
			{ name: "a program", after: { "bin/tool.exe": bytes } },
			{ name: "a module", after: { "build/a.node": bytes } },
			{ name: "code with a hidden byte", before: { "src/a.ts": "1;\n" }, after: { "src/a.ts": `1;\n//${bytes}\n` } },
			{ name: "an archive", after: { "vendor/a.tgz": bytes } },
		],
		passed: [
			{ name: "a picture", after: { "docs/a.png": bytes } },
			{ name: "it is gone", before: { "a.exe": bytes, b: "1\n" }, after: { b: "1\n" } },
		],
	},
};

const code = /\.([cm]?[jt]sx?|json|ya?ml|md|vue|svelte|astro|css|scss|html?|sh|py|rb|go|rs|snap|toml|graphql|sql)$/i;
const programs = /\.(exe|dll|so|dylib|node|bin|com|scr|msi|app|jar|class|pyc)$/i;
const media =
	/\.(png|jpe?g|gif|webp|avif|ico|icns|bmp|svgz|woff2?|ttf|otf|eot|pdf|mp[34]|m4a|webm|ogg|wav|mov|psd|sketch|fig)$/i;
