import type { Output } from "./context.ts";

/** Of the lines of an answer: the terminal's, as far as the eye finds its way along them. */
export function widthOf({ columns }: Pick<Output, "columns">): number {
	return Math.max(widthMin, Math.min(columns ?? widthDefault, widthMax));
}

const widthDefault = 80;
/** Below this the columns do not fit anyway. */
const widthMin = 60;
const widthMax = 140;
