/** The buttons under a message. */
import { z } from "zod";
import { isMissing } from "../serve/is-missing.ts";
import { parsed } from "./call.ts";
import type { Keyboard } from "./wire.ts";

export type ReadKeyboard =
	| {
			readonly kind: "read";
			/** Undefined when no button is left, or there never was one. */
			readonly keyboard: Keyboard | undefined;
			/** A keyboard in place of the person's own, or a wish for a reply: taken, and not shown. */
			readonly isOther: boolean;
			/** What the API overlooks without a word. */
			readonly overlooked: readonly string[];
	  }
	| { readonly kind: "refused"; readonly why: string };

/** `markup` is JSON. */
export function readKeyboard(markup: string | undefined): ReadKeyboard {
	const nothing = { kind: "read", keyboard: undefined, isOther: false, overlooked: [] } as const;
	if (markup === undefined || markup === "") return nothing;
	const value = parsed(markup);
	if (value === undefined) return { kind: "refused", why: "Can't parse reply keyboard markup JSON object" };
	const read = Markup.safeParse(value);
	if (!read.success) return { kind: "refused", why: shapeFault(read.error, value) };
	if (read.data.inline_keyboard === undefined) return { ...nothing, isOther: true };
	const overlooked: string[] = [];
	const rows = read.data.inline_keyboard.map((row) => {
		const shown = row.filter(({ text }) => text !== "").slice(0, rowMax);
		if (shown.length < row.length) {
			overlooked.push(`a button without text is not shown, nor is one beyond ${rowMax} in a row`);
		}
		return shown;
	});
	for (const { callback_data = "", url = "" } of rows.flat()) {
		if (url === "" && callback_data === "") {
			return {
				kind: "refused",
				why: "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
			};
		}
		if (url === "" && Buffer.byteLength(callback_data) > dataBytesMax) {
			return { kind: "refused", why: "BUTTON_DATA_INVALID" };
		}
		if (url !== "" && !/^(https?|tg):\/\/\S+$/.test(url)) {
			return { kind: "refused", why: `Inline keyboard button URL '${url}' is invalid: Wrong HTTP URL` };
		}
	}
	const inline_keyboard = rows.filter((row) => row.length > 0);
	const keyboard = inline_keyboard.length === 0 ? undefined : { inline_keyboard };
	return { kind: "read", keyboard, isOther: false, overlooked };
}

const dataBytesMax = 64;
/** As the API's documents promise; its server takes some more. */
const rowMax = 8;

const Button = z.looseObject({
	text: z.string(),
	url: z.string().optional(),
	callback_data: z.string().optional(),
});
const Markup = z.looseObject({ inline_keyboard: z.array(z.array(Button)).optional() });

/** By how deep the fault lies. */
function shapeFault(error: z.ZodError, value: unknown): string {
	const path = error.issues[0]?.path ?? [];
	const field = String(path.at(-1));
	switch (path.length) {
		case 0:
			return "Object expected as reply markup";
		case 1:
			return `Field "${field}" must be of type Array`;
		case 2:
			return 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays';
		case 3:
			return "Can't parse inline keyboard button: InlineKeyboardButton must be an Object";
		default:
			return isMissing(value, path)
				? `Can't parse inline keyboard button: Can't find field "${field}"`
				: `Can't parse inline keyboard button: Field "${field}" must be of type String`;
	}
}
