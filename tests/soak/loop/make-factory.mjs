/** A repository whose one check says no to a file that says "bad", and a factory for it with agents that are scripts. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reviewCriteria } from "../../../packages/agents/dist/prompts/review-criteria.js";

const coder = `#!/bin/sh
prompt=$(cat)
say() { echo "{\\"usd\\": $1}"; echo '{"summary":"done"}'; }
task=$(printf '%s' "$prompt" | grep -oE '(good|bad|cheat|crash|spend|hang) [0-9]+' | head -1)
name=$(printf '%s' "$task" | tr ' ' '-').txt
case "$task" in
	good*) echo fine > "$name"; say 0.01 ;;
	bad*) echo bad > "$name"; say 0.01 ;;
	cheat*) echo bad > "$name"; echo 'exit 0' > check.sh; say 0.01 ;;
	spend*) echo fine > "$name"; say 1.5 ;;
	hang*) echo half > "$name"; setsid sleep 3600 & exec sleep 3600 ;;
	*) echo half > "$name"; exit 3 ;;
esac
`;

const review = JSON.stringify({
	criteria: reviewCriteria.map(({ name }) => ({ name, met: "met", reason: "it is so" })),
	summary: "fine",
});

/** Dollars. */
const callCap = 2;

export function makeFactory(dir, { dayCap }) {
	const project = join(dir, "project");
	const temporary = join(dir, "tmp");
	mkdirSync(join(project, ".shopfloor"), { recursive: true });
	mkdirSync(temporary);
	const git = (...args) =>
		execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@x", ...args], {
			cwd: project,
			encoding: "utf8",
		}).trim();
	git("init", "--quiet", "--initial-branch=main");
	writeFileSync(join(project, "check.sh"), "! grep -qx bad ./*.txt\n");
	writeFileSync(join(project, "readme.txt"), "A project\n");
	const checks = [{ name: "check", run: ["sh", "check.sh"], reports: "exit" }];
	writeFileSync(join(project, ".shopfloor/gate.json"), JSON.stringify({ checks, measuringStick: ["check.sh"] }));
	git("add", "--all");
	git("commit", "--quiet", "-m", "The first");
	const program = (name, text) => {
		writeFileSync(join(dir, name), text);
		chmodSync(join(dir, name), 0o755);
		return [join(dir, name)];
	};
	const config = join(dir, "shopfloor.config.json");
	writeFileSync(
		config,
		JSON.stringify({
			repository: { path: "project" },
			sessions: 4,
			sandbox: "off",
			every: { scheduler: "2s", ralph: "3s", reviewer: "3s" },
			restarts: { crashes: 20, window: "1s" },
			// The machine may be full of other tests.
			health: { memoryShare: 1, memoryStop: 1 },
			review: { policy: "auto" },
			budget: { perDay: dayCap, perCall: callCap },
			agents: {
				coder: { kind: "command", command: program("coder", coder), answer: "last-line", usd: { json: "usd" } },
				reviewer: {
					kind: "command",
					command: program("reviewer", `#!/bin/sh\ncat > /dev/null\necho '${review}'\n`),
					usd: 0,
				},
			},
			roles: { coder: "coder", reviewer: "reviewer" },
		}),
	);
	const stateDir = join(dir, "state");
	const env = {
		PATH: process.env.PATH,
		HOME: dir,
		TMPDIR: temporary,
		SHOPFLOOR_CONFIG: config,
		SHOPFLOOR_STATE: stateDir,
	};
	return { dir, project, git, config, stateDir, env, temporary, dayCap, callCap };
}
