import { unconfigured } from "@shopfloor/core";
import { chooseRunner, type RunnerChoice, readConfig, type SandboxSetting } from "@shopfloor/core/io";
import { check, fail, pass, warn } from "../check.ts";

export interface SandboxSight {
	readonly path: string;
	readonly setting: SandboxSetting;
	readonly choice: RunnerChoice;
	/** What there would be if any were allowed. */
	readonly any: RunnerChoice;
}

/** What agents and checks would run in, as configured. Being installed is not enough, so each is tried. */
export const sandbox = check<SandboxSight>({
	name: "sandbox",
	async look({ places }) {
		const found = readConfig(places.config);
		const { sandbox: setting } = "config" in found ? found.config : unconfigured();
		return { path: places.config, setting, choice: await chooseRunner(setting), any: await chooseRunner("auto") };
	},
	judge({ path, setting, choice, any }) {
		if (setting === "off")
			return warn(
				"off: whatever agents and checks run can do all that you can",
				`remove "sandbox": "off" from ${path}`,
			);
		if (choice.kind === "runner") return pass(`by ${choice.runner.name}`);
		const says = `none can be made, and without one nothing is run. ${choice.why}`;
		if (any.kind === "runner") return fail(says, `set "sandbox": "auto" in ${path}; ${any.runner.name} works here`);
		return fail(says, howToHaveOne);
	},
});

const howToHaveOne =
	"apt-get install bubblewrap util-linux iproute2; where they are, allow user namespaces (sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000; on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0), or leave the container that forbids them";
