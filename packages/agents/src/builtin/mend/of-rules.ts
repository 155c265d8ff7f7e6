/** What is proposed for findings of a linter: a promise that nobody waits for, at a line that it names. */
import { join } from "node:path";
import { awaitAt } from "../behaviour/floating-promise.ts";
import type { FactError } from "../facts.ts";
import type { Language } from "../language/language.ts";
import { notAllowed } from "./allowed.ts";
import type { Candidate } from "./candidate.ts";
import type { Order } from "./order.ts";

export function isOfRule({ code }: FactError): boolean {
	return /floating-?promises?$/i.test(code);
}

export function* ofRule(
	error: FactError,
	language: Language,
	order: Order,
	reasons: Set<string>,
): Generator<Candidate> {
	const { file, line, code } = error;
	if (!file || !line) return;
	const path = join(language.root, file);
	const at = `${file}:${line}`;
	const why = notAllowed(path, language, order);
	if (why !== undefined) return void reasons.add(`${file}: ${why}`);
	const look = language.look(path);
	const proposal = look === undefined ? undefined : awaitAt(look, line);
	if (proposal === undefined) return void reasons.add(`${at} ${code} (no safe way is known)`);
	yield {
		name: "floating-promise",
		path,
		at,
		line,
		proposal,
		api: "same",
		expects: `${code} has nothing more to say about ${at}`,
	};
}
