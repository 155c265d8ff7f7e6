/** What the test script of a package runs, as far as its words tell. Pure. */

type Scripts = Readonly<Record<string, string>>;

/** With the scripts that it calls in their places; undefined where there is none, or it runs nothing. */
export function testScript(scripts: Scripts): string | undefined {
	let script = scripts["test"]?.trim() ?? "";
	for (let depth = 0; depth < depthMax; depth++)
		script = script.replaceAll(call, (whole, name: string) => (name === "test" ? whole : (scripts[name] ?? whole)));
	return runsNothing.test(script) ? undefined : script;
}

/** Scripts that call scripts; two that call each other end here. */
const depthMax = 5;
const call = /\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?(?:-s\s+|--silent\s+)?([\w:.-]+)(?:\s+--(?=\s|$))?/g;

/** What `npm init` writes, and other ways to say that there are no tests. */
const runsNothing = /^(?:(?:echo\b[^&|;]*|true|:|exit 0)(?:\s*(?:&&|;)\s*(?:exit \d+|true))?)?$/;

/** Whether it runs this program, and leaves what is run to no other. */
export function runs(script: string, program: string): boolean {
	return new RegExp(`(^|[\\s;&|]|\\.bin/)${program}(\\s|$)`).test(script) && !delegates.test(script);
}

/** Each runs what other files, or other packages, say. */
const delegates =
	/(^|[\s;&|])(turbo|nx|lerna|rush|wireit|moon|npm-run-all2?|run-[sp]|concurrently)\s|\b(npm|pnpm|yarn)\s[^&|;]*(-r\b|--recursive\b|--filter\b|-w\b|--workspaces?\b|\bforeach\b)/;
