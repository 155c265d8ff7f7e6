export interface ProjectBounds {
	/** Source files of all projects of a folder. */
	readonly files: number;
	readonly bytes: number;
}

/** About what the compiler's process holds in its memory with room to work; beyond it only time would be lost. */
export const projectBounds: ProjectBounds = { files: 4_000, bytes: 40 * 1024 * 1024 };
