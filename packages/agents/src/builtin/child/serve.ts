/** Answers one request, in whatever process. */
import { notEditable } from "../language/editable.ts";
import type { Language } from "../language/language.ts";
import type { Languages } from "../language/languages.ts";
import { mend } from "../mend/mend.ts";
import type { LastAnswer, Request } from "./protocol.ts";

export function serve(languages: Languages, request: Request, show: (line: string) => void): LastAnswer {
	show(`reading ${request.cwd}`);
	const opened = languages.open(request.cwd, request.bounds);
	if (opened.kind === "refused") return { kind: "refused", why: opened.why };
	if (request.kind === "look") return { kind: "looked", errors: errorsOf(opened.language) };
	const mended = mend(opened.language, request, show);
	return mended.kind === "edit" ? mended : { ...mended, reasons: mended.reasons.slice(0, reasonsMax) };
}

/** What a person reads of it, and what goes through the channel. */
const reasonsMax = 50;
const errorsMax = 1_000;

/** Of files that may be edited: the others are nobody's task here. */
function errorsOf(language: Language) {
	return language
		.problems()
		.filter(({ path }) => path !== "" && notEditable(path, language.root, language.disk) === undefined)
		.slice(0, errorsMax)
		.map(({ file, line, code, message }) => ({ file, line, code: `TS${code}`, message }));
}
