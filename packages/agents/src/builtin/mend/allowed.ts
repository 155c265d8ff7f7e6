import { relative } from "node:path";
import { notEditable } from "../language/editable.ts";
import type { Language } from "../language/language.ts";
import type { Order } from "./order.ts";

/** Why a file may not be edited for this order; undefined where it may. */
export function notAllowed(path: string, language: Language, { files, held }: Order): string | undefined {
	const file = relative(language.root, path);
	if (path === "") return "the error is of no file";
	if (files !== undefined && !files.includes(file)) return "the task does not name it";
	if (held?.includes(file)) return "another session works on it";
	return notEditable(path, language.root, language.disk);
}
