import { type SecretStore, ShopfloorError, secretStore, unfitStateDir } from "@shopfloor/core/io";
import type { Context } from "../context.ts";

/** The secrets of this factory. Needs no floor, only a directory that is fit for one. */
export function openSecrets({ places }: Context): SecretStore {
	const fault = unfitStateDir(places.state);
	if (fault !== undefined) throw new ShopfloorError("bad-state-dir", fault);
	return secretStore(places.state);
}
