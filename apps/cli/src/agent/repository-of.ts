/** Where a folder's repository is: an agent sees it, and can change nothing of it. */
import { execa } from "execa";

/** Undefined where there is none, and where it lies in the folder itself: then it is seen with it. */
export async function repositoryOf(
	cwd: string,
): Promise<{ readonly dir: string; readonly common: string } | undefined> {
	const asked = ["rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"];
	const { exitCode, stdout } = await execa("git", asked, { cwd, reject: false, stdin: "ignore", timeout: gitMs });
	const [dir, common] = stdout.split("\n");
	if (exitCode !== 0 || dir === undefined || common === undefined || dir.startsWith(`${cwd}/`)) return undefined;
	return { dir, common };
}

/** It only looks for folders. */
const gitMs = 10_000;
