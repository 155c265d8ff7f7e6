import { askTool } from "../ask-tool.ts";
import { check, fail, pass } from "../check.ts";
import { isAtLeast, versionIn } from "../version.ts";

/** The first with `merge-tree --write-tree`, which makes combined trees without touching a working copy. */
const wanted = "2.38";

export const git = check({
	name: "git",
	look: () => askTool("git", "--version"),
	judge(answer) {
		if (answer.kind === "missing") return fail("not installed", "apt-get install git, or https://git-scm.com");
		if (answer.kind === "hung") return fail("does not answer", "try: git --version");
		const found = versionIn(answer.text);
		if (!answer.ok || found === undefined) return fail(`answers "${answer.text}"`, "install git anew");
		if (isAtLeast(found, wanted)) return pass(`${found} (needs ${wanted})`);
		return fail(`${found} is too old; ${wanted} or newer is needed`, "https://git-scm.com has newer ones");
	},
});
