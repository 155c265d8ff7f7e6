import { askTool } from "../ask-tool.ts";
import { check, pass, warn } from "../check.ts";
import { versionIn } from "../version.ts";

export const tmux = check({
	name: "tmux",
	look: () => askTool("tmux", "-V"),
	judge(answer) {
		if (answer.kind === "answered" && answer.ok) return pass(versionIn(answer.text) ?? answer.text);
		if (answer.kind === "missing")
			return warn("not installed; sessions have a file instead of a terminal", "apt-get install tmux");
		return warn("installed, and does not work", "try: tmux -V");
	},
});
