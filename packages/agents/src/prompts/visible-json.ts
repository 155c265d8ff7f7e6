/**
 * Facts as JSON that says the same to a program and hides nothing from others: what is not seen stands there by its
 * number. That takes away the two line ends, too, which JSON leaves as they are and with which a text could end a block.
 */
import { type Facts, factsBlock } from "../builtin/facts.ts";

export function visibleJson(value: unknown): string {
	return byNumbers(JSON.stringify(value));
}

/** The one block of a prompt. */
export function factsSlot(facts: Facts): string {
	return byNumbers(factsBlock(facts));
}

function byNumbers(json: string): string {
	return json.replace(
		/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu,
		(character) =>
			Array.from(
				{ length: character.length },
				(_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
			).join(""),
	);
}
