import { byOf, type Person } from "@shopfloor/core/person";
import type { Context } from "./context.ts";

/** Who speaks when somebody types: the name of their account. */
export function personAt({ user }: Pick<Context, "user">): Person {
	return { by: byOf("cli", user), source: "cli" };
}
