/** Colours for a terminal; where none are wanted, the same functions that do nothing. */
import picocolors from "picocolors";

export type Paint = ReturnType<typeof picocolors.createColors>;

export function paintIf(wanted: boolean): Paint {
	return picocolors.createColors(wanted);
}
