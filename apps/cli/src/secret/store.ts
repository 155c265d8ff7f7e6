import { type SecretStore, secretStore } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { fitState } from "../fit-state.ts";

export function openSecrets({ places }: Context): SecretStore {
	return secretStore(fitState(places));
}
