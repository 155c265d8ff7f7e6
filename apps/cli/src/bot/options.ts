export interface ReplayOptions {
	/** A folder with a `SKILL.md`. */
	readonly with?: string;
	readonly json?: true;
}

export interface SkillsOptions {
	readonly json?: true;
}
