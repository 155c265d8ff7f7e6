/**
 * The plain way, against which the gate is measured: compiler and all tests on the base, again on the branch, and again
 * after the merge, each time from nothing. In a checkout of its own, without a sandbox, one after the other.
 */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../measure.mjs";

export function referenceOn(repository, installation) {
	const dir = join(scratch(), "checkout");
	execFileSync("git", ["clone", "--quiet", repository, dir], { stdio: ["ignore", "ignore", "pipe"] });
	symlinkSync(join(installation.dir, "node_modules"), join(dir, "node_modules"));
	const git = (...args) =>
		execFileSync("git", ["-c", "user.name=Bench", "-c", "user.email=bench@localhost", ...args], {
			cwd: dir,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
		}).trim();
	const spent = { runs: 0, ms: 0 };
	const start = git("rev-parse", "main");
	/** What main comes to as it stands: known from when it was measured after the last merge. */
	let main;

	async function measured(commit) {
		git("checkout", "--quiet", "--detach", commit);
		const report = join(dir, "..", "report.json");
		rmSync(report, { force: true });
		const types = await run("typescript/bin/tsc", "--noEmit", "--pretty", "false");
		const tests = await run("vitest/vitest.mjs", "run", "--reporter=json", `--outputFile=${report}`);
		spent.runs += 2;
		spent.ms += types.ms + tests.ms;
		return { errors: errorsIn(types.output), passed: passedIn(readFileSync(report, "utf8"), dir) };
	}

	async function run(program, ...args) {
		const begun = performance.now();
		const child = spawn(process.execPath, [join(dir, "node_modules", program), ...args], {
			cwd: dir,
			stdio: ["ignore", "pipe", "ignore"],
		});
		let output = "";
		child.stdout.setEncoding("utf8").on("data", (text) => {
			output += text;
		});
		await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
		return { ms: performance.now() - begun, output };
	}

	return {
		spent,
		/** Whether the branch is no worse than what it was made from. */
		async look(branch) {
			const before = await measured(start);
			main ??= before;
			return isNoWorse(before, await measured(`origin/${branch}`));
		},
		/** What became of a branch that may land. */
		async land(branch) {
			git("checkout", "--quiet", "main");
			const base = git("rev-parse", "main");
			try {
				git("merge", "--quiet", "--no-edit", `origin/${branch}`);
			} catch {
				git("merge", "--abort");
				return "not landed";
			}
			const after = await measured("main");
			if (isNoWorse(main, after)) {
				main = after;
				return "landed";
			}
			git("branch", "--force", "main", base);
			return "not landed";
		},
	};
}

function errorsIn(output) {
	return new Set(
		output.split("\n").flatMap((line) => /^(.+?)\(\d+,\d+\): (error .*)$/.exec(line)?.slice(1).join(" ") ?? []),
	);
}

function passedIn(report, dir) {
	const { testResults } = JSON.parse(report);
	return new Set(
		testResults.flatMap(({ name, assertionResults }) =>
			assertionResults
				.filter(({ status }) => status === "passed")
				.map(({ fullName }) => `${name.slice(dir.length)} ${fullName}`),
		),
	);
}

function isNoWorse(before, after) {
	return (
		[...after.errors].every((error) => before.errors.has(error)) &&
		[...before.passed].every((test) => after.passed.has(test))
	);
}
