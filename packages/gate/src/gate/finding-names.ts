/** Every name that a finding can have: of the rules that read, and of what only running shows. */
export async function findingNames(): Promise<readonly string[]> {
	const { ruleNames } = await import("../ratchet/index.ts");
	return [...ruleNames, "old-test-fails", "test-cannot-fail"];
}
