export interface ShowOptions {
	readonly json?: true;
}

export interface ListOptions {
	readonly all?: true;
	readonly json?: true;
}

export interface AnswerOptions {
	readonly note?: string;
	readonly json?: true;
}

export interface ReviewOptions {
	readonly wait?: true;
	readonly json?: true;
}
