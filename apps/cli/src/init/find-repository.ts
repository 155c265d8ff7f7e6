/** The repository where nobody names one: the checkout in which the person stands. */
import { realpathSync } from "node:fs";
import { isShopfloorError } from "@shopfloor/core/io";
import { findTarget } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { misuse } from "../failure.ts";
import type { Suggestion } from "./settle.ts";

export async function suggestRepository({
	cwd,
	places,
}: Pick<Context, "cwd" | "places">): Promise<Suggestion | undefined> {
	try {
		const { address } = await findTarget(cwd, cwd);
		// Who stands in the factory came to configure it, not to have it worked on.
		return address === realpathSync(places.root) ? undefined : { word: address, why: "you stand in it" };
	} catch (error) {
		if (!isShopfloorError(error, "bad-repository")) throw error;
		return undefined;
	}
}

/** The configuration is a file that everybody may read and hand on. */
export function withoutPassword(where: string): string {
	if (where === "") throw misuse("name the folder or the URL of a git repository");
	if (/^https?:\/\/[^/]*@/.test(where))
		throw misuse(
			"leave out what stands before the @: the configuration is no place for passwords. Git asks its credential helper, as it does for you",
		);
	return where;
}
