import type { AnyCheck } from "./check.ts";
import { clock } from "./checks/clock.ts";
import { configuration } from "./checks/configuration.ts";
import { disk } from "./checks/disk.ts";
import { git } from "./checks/git.ts";
import { installation } from "./checks/installation.ts";
import { leftovers } from "./checks/leftovers.ts";
import { memory } from "./checks/memory.ts";
import { node } from "./checks/node.ts";
import { pm2 } from "./checks/pm2.ts";
import { ports } from "./checks/ports.ts";
import { processes } from "./checks/processes.ts";
import { sandbox } from "./checks/sandbox.ts";
import { secrets } from "./checks/secrets.ts";
import { stateDirectory } from "./checks/state-directory.ts";
import { strays } from "./checks/strays.ts";
import { system } from "./checks/system.ts";
import { tmux } from "./checks/tmux.ts";

/** The machine, then the installation, then the floor. Whoever opens the floor closes its directory to others, so the
 * look at the directory comes before. */
export const checks: readonly AnyCheck[] = [
	system,
	node,
	git,
	tmux,
	sandbox,
	memory,
	ports,
	installation,
	pm2,
	configuration,
	stateDirectory,
	disk,
	secrets,
	leftovers,
	strays,
	clock,
	processes,
];
