import type { Answered } from "./crew.ts";

/** `claude@2.1.329`, as the log takes it. A program that says no version, or something else, is only named. */
export function servedBy({
	agent,
	outcome,
}: Pick<Extract<Answered, { kind: "answered" }>, "agent" | "outcome">): string {
	const { version } = outcome;
	return version !== undefined && /^[A-Za-z0-9][A-Za-z0-9._+-]{0,39}$/.test(version) ? `${agent}@${version}` : agent;
}
