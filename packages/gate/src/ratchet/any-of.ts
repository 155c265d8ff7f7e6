import picomatch from "picomatch";

/** Also names that begin with a dot, and whatever letters are large: some file systems do not tell them apart. */
export function anyOf(globs: readonly string[]): (path: string) => boolean {
	const matches = picomatch([...globs], { dot: true, nocase: true });
	return (path) => matches(path);
}
