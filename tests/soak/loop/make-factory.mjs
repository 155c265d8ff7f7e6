/** A repository whose one check says no to a file that says "bad", and a factory for it with agents that are scripts. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
	hang*) exec sleep 3600 ;;
	*) echo half > "$name"; exit 3 ;;
esac
`;

const criteria = ["introduces no bugs", "does not increase errors", "follows conventions", "is focused on one thing"];
const review = JSON.stringify({
	criteria: criteria.map((name) => ({ name, met: "met", reason: "it is so" })),
	summary: "fine",
});

export function makeFactory(dir) {
	const project = join(dir, "project");
	mkdirSync(join(project, ".shopfloor"), { recursive: true });
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
			review: { policy: "auto" },
			budget: { perDay: dayCap, perCall: 2 },
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
	return { dir, project, git, config, stateDir: join(dir, "state"), dayCap };
}

/** Dollars: more than the good ones cost, and less than all of the expensive ones. */
const dayCap = 12;
