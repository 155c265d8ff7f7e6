/** The objects of the Bot API, as far as they are played; named as there. */

export interface User {
	readonly id: number;
	readonly is_bot: boolean;
	readonly first_name: string;
	readonly username?: string;
}

export interface Chat {
	readonly id: number;
	readonly type: "private" | "supergroup" | "channel";
	readonly title?: string;
	readonly first_name?: string;
	readonly username?: string;
}

/** Offset and length are in UTF-16 units, as in a string of JavaScript. */
export interface Entity {
	readonly type: string;
	readonly offset: number;
	readonly length: number;
	readonly url?: string | undefined;
	readonly language?: string | undefined;
}

export interface Button {
	readonly text: string;
	readonly callback_data?: string | undefined;
	readonly url?: string | undefined;
}

export interface Keyboard {
	readonly inline_keyboard: readonly (readonly Button[])[];
}

export interface Document {
	readonly file_id: string;
	readonly file_unique_id: string;
	readonly file_name: string;
	readonly file_size: number;
}

export interface Message {
	readonly message_id: number;
	/** Not in a channel. */
	readonly from?: User;
	/** The group of an anonymous administrator, the channel of a post. */
	readonly sender_chat?: Chat;
	readonly chat: Chat;
	/** In seconds. */
	readonly date: number;
	readonly edit_date?: number;
	readonly text?: string;
	readonly entities?: readonly Entity[];
	readonly caption?: string;
	readonly caption_entities?: readonly Entity[];
	readonly document?: Document;
	readonly reply_markup?: Keyboard;
	readonly reply_to_message?: Message;
	readonly forward_origin?: { readonly type: "user"; readonly sender_user: User; readonly date: number };
	/** What the API said before `forward_origin`, and still says. */
	readonly forward_from?: User;
	readonly forward_date?: number;
}

export interface Update {
	readonly update_id: number;
	/** Under the name of its kind. */
	readonly [kind: string]: unknown;
}
