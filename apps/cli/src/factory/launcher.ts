/** What the floor remembers of the PM2 that its processes were brought up under. */
import type { Floor } from "@shopfloor/core/io";

export interface Launcher {
	readonly home: string;
	/** Pid of the daemon if it was started by us, so that only that one is ever ended by us. */
	readonly daemon: number | null;
}

const key = "notes/launcher";

export async function notedLauncher({ records }: Pick<Floor, "records">): Promise<Launcher | undefined> {
	return (await records.get(key)).value as Launcher | undefined;
}

export async function noteLauncher({ records }: Pick<Floor, "records">, launcher: Launcher): Promise<void> {
	await records.update(key, () => launcher);
}
