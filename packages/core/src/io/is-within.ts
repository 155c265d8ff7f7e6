/** By their names alone: both absolute and without links, or as a sandbox calls them. A folder is within itself. */
export function isWithin(path: string, folder: string): boolean {
	return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
