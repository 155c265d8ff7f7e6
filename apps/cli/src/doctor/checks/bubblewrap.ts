import { type Answer, askTool } from "../ask-tool.ts";
import { check, pass, warn } from "../check.ts";
import { versionIn } from "../version.ts";

export interface BubblewrapSight {
	readonly version: Answer;
	/** Being installed is not enough: the kernel may refuse what a sandbox is made of. */
	readonly sandbox: Answer;
}

export const bubblewrap = check<BubblewrapSight>({
	name: "bubblewrap",
	async look() {
		return {
			version: await askTool("bwrap", "--version"),
			sandbox: await askTool("bwrap", "--ro-bind", "/", "/", "--unshare-all", "true"),
		};
	},
	judge({ version, sandbox }) {
		if (version.kind === "missing")
			return warn("not installed; agents and checks cannot be shut in", "apt-get install bubblewrap");
		if (version.kind === "hung" || !version.ok) return warn("installed, and does not work", "try: bwrap --version");
		const found = versionIn(version.text) ?? version.text;
		if (sandbox.kind === "answered" && sandbox.ok) return pass(`${found}, makes sandboxes`);
		const reason = sandbox.kind === "answered" ? sandbox.text.split("\n")[0] : "it does not answer";
		return warn(
			`${found}, and cannot make a sandbox: ${reason}`,
			"allow user namespaces (sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000; on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0), or leave the container that forbids them",
		);
	},
});
