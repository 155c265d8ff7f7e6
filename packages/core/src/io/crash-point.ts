/**
 * Named places at which a test may end the process or fail a call. Outside tests nobody installs the hook: it is not
 * reachable through the environment or the configuration, only by a module preloaded on node's command line.
 */
const hook = Symbol.for("shopfloor.crash-point");

export function crashAt(name: string): void {
	(globalThis as { [hook]?: (name: string) => void })[hook]?.(name);
}
