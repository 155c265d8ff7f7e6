/** What a person may say behind `init`. */
export interface InitOptions {
	readonly repository?: string;
	readonly base?: string;
	readonly sessions?: string;
	readonly agent?: readonly string[];
	readonly budget?: string;
	readonly try?: true;
	readonly yes?: true;
	readonly force?: true;
	readonly json?: true;
}
