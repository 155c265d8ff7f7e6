import { check, fail, pass, warn } from "../check.ts";

export const system = check<{ readonly platform: string; readonly arch: string }>({
	name: "system",
	look: () => ({ platform: process.platform, arch: process.arch }),
	judge({ platform, arch }) {
		if (platform === "linux") return pass(`Linux on ${arch}`);
		if (platform === "darwin")
			return warn("macOS: agents and checks cannot be shut in, because bubblewrap is Linux's", "use a Linux machine");
		return fail(`${platform} is not supported`, "use Linux, also inside WSL 2");
	},
});
