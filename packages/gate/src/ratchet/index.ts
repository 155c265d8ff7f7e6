/** What reads a change. It loads the compiler: import it when there is something to read. */
import { rules } from "./rules.ts";
import { secretsRule } from "./secrets.ts";

export { ratchet } from "./ratchet.ts";
export { secretsIn } from "./secrets.ts";

/** Every name under which something can be found. */
export const ruleNames: readonly string[] = [...rules.map(({ name }) => name), secretsRule.name];
