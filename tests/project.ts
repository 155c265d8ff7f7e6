/**
 * A repository with one check, and a factory that works on it with agents that are scripts. The check and the agents can
 * be held up: whoever comes to that point then sleeps, with a child in a session of its own, until somebody ends both.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { aMark, running } from "@shopfloor/core/testing";
import type { Factory } from "./factory.ts";

/** The check of the base, the planner, the coder, the check of the change, the reviewer, the check of both together. */
export type Point = "analyze" | "plan" | "hack" | "evaluate" | "review" | "land";

export interface Project {
	readonly dir: string;
	git(...args: readonly string[]): string;
	/** Whoever comes there from now on is held up. */
	hold(point: Point): void;
	/** Of those who come from now on, nobody is. */
	letGo(point: Point): void;
	/** The processes of whoever is held up: two. */
	held(): number[];
	/** Where somebody came by, in order. */
	visits(): string[];
	/** When a reviewer reads the next time, a person commits something at the same time. */
	personCommits(): void;
}

export function aProject(factory: Factory): Project {
	const dir = join(factory.dir, "project");
	const at = (name: string) => join(factory.dir, name);
	const visits = at("visits");
	const mark = aMark();
	const git = (...args: readonly string[]) =>
		execFileSync("git", [...person, ...args], {
			cwd: dir,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
		}).trim();
	write(factory.dir, {
		"come-to.sh": `come_to() {
	echo "$1" >> ${visits}
	[ -e ${at("hold")}-"$1" ] || return 0
	setsid sleep ${mark} &
	exec sleep ${mark}
}
`,
		"project/check.sh": `. ${at("come-to.sh")}
if [ ! -e work.txt ]; then come_to analyze
elif [ ! -e person.txt ]; then come_to evaluate
else come_to land
fi
test -e a.txt
`,
		"project/a.txt": "one\n",
		"project/.shopfloor/gate.json": JSON.stringify({
			checks: [{ name: "check", run: ["sh", "check.sh"], reports: "exit" }],
		}),
	});
	git("init", "--quiet", "--initial-branch=main");
	git("add", "--all");
	git("commit", "--quiet", "-m", "The first");
	const says = (answer: object) => `echo '${JSON.stringify(answer)}'`;
	const commits = `cd ${dir} && echo hers > person.txt && git add person.txt && git ${person.join(" ")} commit --quiet -m "By a person"`;
	factory.configured({
		repository: { path: "project" },
		sessions: 1,
		every: { ralph: "1h", reviewer: "1h" },
		heartbeat: "1s",
		// The machine of a test may be full of other tests.
		health: { memoryShare: 1, memoryStop: 1 },
		sandbox: "off",
		review: { policy: "auto" },
		agents: {
			planner: agent("plan", says({ task: null, why: "nothing is worth it" })),
			coder: agent("hack", `echo work > work.txt; ${says({ summary: "I did it." })}`),
			reviewer: agent("review", `if [ -e ${at("move")} ]; then (rm ${at("move")}; ${commits}); fi\n${praise}`),
		},
		roles: { planner: "planner", coder: "coder", reviewer: "reviewer" },
	});
	return {
		dir,
		git,
		hold: (point) => writeFileSync(`${at("hold")}-${point}`, ""),
		letGo: (point) => rmSync(`${at("hold")}-${point}`),
		held: () => running(mark),
		visits: () => (existsSync(visits) ? readFileSync(visits, "utf8").trim().split("\n") : []),
		personCommits: () => writeFileSync(at("move"), ""),
	};

	/** A script that comes to a point and does something there. */
	function agent(point: Point, does: string) {
		const path = at(`agent-${point}`);
		writeFileSync(path, `#!/bin/sh\nprompt=$(cat)\n. ${at("come-to.sh")}\ncome_to ${point}\n${does}\n`);
		chmodSync(path, 0o755);
		return { kind: "command", command: [path], usd: 0 };
	}
}

const person = ["-c", "user.name=Ann", "-c", "user.email=ann@x"];

/** Every criterion that the prompt asks about is met. */
const praise = `met=$(printf '%s\n' "$prompt" | sed -n 's/^- [*][*]\\(.*\\)[*][*]: .*/{"name":"\\1","met":"met","reason":"it is so"}/p' | paste -sd , -)
printf '{"criteria":[%s],"summary":"fine"}\\n' "$met"`;

function write(dir: string, files: Readonly<Record<string, string>>): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
}
