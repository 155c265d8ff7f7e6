import { isolationContract } from "../../testing/isolation.contract.ts";
import { runContract } from "../../testing/run.contract.ts";
import { sandboxAvailable, unshareAvailable } from "./choose-runner.ts";
import { bubblewrapRunner, unshareRunner } from "./runner.ts";

const sandboxes = [
	{ runner: bubblewrapRunner, probe: await sandboxAvailable() },
	{ runner: unshareRunner, probe: await unshareAvailable() },
];

for (const { runner, probe } of sandboxes) {
	const needs = (context: { skip(why: string): void }) => {
		if (probe.kind === "missing") context.skip(probe.why);
	};
	runContract(`a run in a sandbox by ${runner.name}`, {
		run: (job) => runner.run({ ...job, mounts: [{ kind: "writable", from: job.cwd, to: job.cwd }] }),
		needs,
	});
	isolationContract(`in a sandbox by ${runner.name}`, { runner, needs });
}
