/** A task is called after the entry that asked for it. */
export function taskIdOf(request: { readonly seq: number }): string {
	return `t-${request.seq}`;
}

/** `t-12`; a bare number means the same. What is neither is given back as it is: nobody has a task of that name. */
export function taskNamed(word: string): string {
	return /^\d{1,15}$/.test(word) ? `t-${Number(word)}` : word;
}

/** The entry that asked for it; undefined for what is no name of a task. */
export function requestSeqOf(task: string): number | undefined {
	const digits = /^t-(\d{1,15})$/.exec(task)?.[1];
	return digits === undefined ? undefined : Number(digits);
}
