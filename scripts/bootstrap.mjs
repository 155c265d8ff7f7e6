// Makes a checkout ready to run: the right Node, dependencies installed, packages built. Whatever needs that
// runs this first, so it costs little when there is nothing to do, and a run that was killed is finished by
// the next one. Only Node's own modules are used, because nothing else is installed yet.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const pnpmVersion = manifest.devEngines.packageManager.version;
const bin = join(root, "node_modules/.bin");
const lock = join(root, "node_modules/.bootstrap.lock");
const stamp = join(root, "node_modules/.bootstrap.stamp");

const INSTALL_MINUTES = 10; // A cold install takes half a minute; a slow line may need ten times that.
const BUILD_MINUTES = 5;
const LOCK_MINUTES = INSTALL_MINUTES + BUILD_MINUTES; // Nobody who is alive holds it longer.
const TAIL_LINES = 40;
const TAIL_CHARACTERS = 16_000;
const BUILD_NOTICE_MS = 700; // An unchanged tree is found up to date sooner, and deserves no line.

const WHAT_HELPS = [
	[
		/ERR_PNPM_OUTDATED_LOCKFILE|ERR_PNPM_LOCKFILE_CONFIG_MISMATCH/,
		`pnpm-lock.yaml does not match the manifests. Run \`npx pnpm@${pnpmVersion} install\` and commit both.`,
	],
	[/ERR_PNPM_UNSUPPORTED_ENGINE/, "A dependency does not run on this Node. Its requirement is above."],
	[/ENOSPC/, "The disk is full. Free some space, then run this again."],
	[/EACCES|EPERM|EROFS/, "This user may not write there. Correct the owner of the named folder, then run this again."],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL|ERR_PNPM_FETCH/,
		"The package registry could not be reached. Check the network or proxy, then run this again: it goes on where it stopped.",
	],
];

/** The process group that is working for us, if any. */
let child;

for (const [signal, number] of [
	["SIGHUP", 1],
	["SIGINT", 2],
	["SIGTERM", 15],
]) {
	process.on(signal, () => {
		if (child?.pid) process.kill(-child.pid, signal);
		process.exit(128 + number);
	});
}

const lacking = whatIsLacking();
if (lacking.length > 0) stop(...lacking);
await takeLock();
if (read(stamp) !== fingerprint()) await install();
if (!process.argv.includes("--install-only")) await build();

function whatIsLacking() {
	const wanted = manifest.engines.node.replace(">=", "");
	const [major, minor] = process.versions.node.split(".").map(Number);
	const [majorMin, minorMin] = wanted.split(".").map(Number);
	const lacking = [];
	if (major < majorMin || (major === majorMin && minor < minorMin))
		lacking.push(
			`Node ${wanted} or newer is needed, this is ${process.versions.node}. Get it from https://nodejs.org.`,
		);
	if (spawnSync("git", ["--version"]).status !== 0)
		lacking.push("git is needed and was not found. Install it with your package manager (apt-get install git).");
	return lacking;
}

async function install() {
	const first = !existsSync(bin);
	say(`installing dependencies (${first ? "first run, about half a minute" : "something changed"})…`);
	rmSync(stamp, { force: true });
	const [command, ...args] = pnpm();
	// NODE_ENV=production would leave out the build tools; the flag wins over it.
	await run("Installing dependencies", INSTALL_MINUTES, command, [
		...args,
		"install",
		"--frozen-lockfile",
		"--prod=false",
		"--reporter=append-only",
	]);
	writeFileSync(stamp, fingerprint());
}

/** The pinned pnpm: the installed one if it is that, else fetched by npx. */
function pnpm() {
	const installed = read(join(root, "node_modules/pnpm/package.json"));
	if (installed && JSON.parse(installed).version === pnpmVersion)
		return [process.execPath, join(root, "node_modules/pnpm/bin/pnpm.cjs")];
	return ["npx", "-y", `pnpm@${pnpmVersion}`];
}

async function build() {
	// `npm install`, typed from habit, leaves one; beside pnpm's lockfile it makes turbo refuse to build.
	rmSync(join(root, "package-lock.json"), { force: true });
	const notice = setTimeout(() => say("building…"), BUILD_NOTICE_MS);
	await run("Building", BUILD_MINUTES, join(bin, "turbo"), [
		"run",
		"build",
		"--output-logs=errors-only",
		"--continue=dependencies-successful",
	]);
	clearTimeout(notice);
}

/** Everything an install reads, and whether what it leaves behind is still there. */
function fingerprint() {
	const { platform, arch, versions } = process;
	const hash = createHash("sha256").update(`${platform} ${arch} ${versions.modules}`);
	for (const name of ["shopfloor", "turbo"]) hash.update(`${existsSync(join(bin, name))}`);
	for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests()])
		hash
			.update(`\n${file} ${existsSync(join(root, dirname(file), "node_modules"))}\n`)
			.update(read(join(root, file)) ?? "");
	return hash.digest("hex");
}

/** Each package.json of the workspace: none lies deeper than two folders. */
function manifests() {
	const folders = (at) =>
		readdirSync(join(root, at), { withFileTypes: true })
			.filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
			.map((entry) => join(at, entry.name));
	const tops = folders("");
	return ["", ...tops, ...tops.flatMap(folders)]
		.map((folder) => join(folder, "package.json"))
		.filter((file) => existsSync(join(root, file)))
		.sort();
}

/** Runs to the end or stops the script, showing how the output ended and what helps. */
async function run(what, minutes, command, args) {
	let output = "";
	const keep = (chunk) => {
		output = (output + chunk).slice(-TAIL_CHARACTERS);
	};
	const outcome = await new Promise((resolve) => {
		// A group of its own, so that a signal reaches what the command has started in turn.
		child = spawn(command, args, { cwd: root, detached: true, stdio: ["ignore", "pipe", "pipe"], env: environment() });
		const limit = setTimeout(() => {
			resolve(`was given up after ${minutes} minutes`);
			process.kill(-child.pid, "SIGKILL");
		}, minutes * 60_000);
		child.stdout.on("data", keep);
		child.stderr.on("data", keep);
		child.on("error", (error) => resolve(`could not start: ${error.message}`));
		child.on("close", (code, signal) => {
			clearTimeout(limit);
			resolve(code === 0 ? undefined : `failed (${signal ?? `exit code ${code}`})`);
		});
		if (child.pid) writeFileSync(lock, `${process.pid} ${child.pid}`);
	});
	child = undefined;
	if (outcome === undefined) return;
	console.error(output.trim().split("\n").slice(-TAIL_LINES).join("\n"));
	const help = WHAT_HELPS.find(([sign]) => sign.test(output))?.[1];
	stop(`${what} ${outcome}; the end of its output is above.`, ...(help ? [help] : []));
}

function environment() {
	const { HOME, ...rest } = process.env;
	return {
		...rest,
		...(HOME ? { HOME } : {}), // unset, it is looked up; empty, pnpm gives up
		PATH: `${bin}${delimiter}${process.env.PATH}`, // turbo looks for pnpm there
		TURBO_TELEMETRY_DISABLED: "1",
		npm_config_loglevel: "error",
		npm_config_update_notifier: "false",
	};
}

/**
 * One bootstrap at a time. The lock names its owner and the owner's child, and is void when both are dead: an
 * install that outlives its killed parent is waited for, not doubled.
 */
async function takeLock() {
	mkdirSync(dirname(lock), { recursive: true });
	let told = false;
	for (;;) {
		try {
			writeFileSync(lock, `${process.pid}`, { flag: "wx" });
			process.on("exit", () => rmSync(lock, { force: true }));
			return;
		} catch (error) {
			if (error.code !== "EEXIST") throw error;
		}
		const owners = read(lock);
		if (owners === undefined) continue;
		if (isVoid(owners)) {
			voidLock(owners);
			continue;
		}
		if (!told) say(`waiting for another bootstrap (process ${owners.split(" ")[0]})…`);
		told = true;
		await sleep(200);
	}
}

function isVoid(owners) {
	const ageMs = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
	if (ageMs > LOCK_MINUTES * 60_000) return true;
	// Created, and not yet written to: either just so, or its owner was killed between the two.
	if (owners === "") return ageMs > 2_000;
	return !owners.split(" ").some((pid) => Number(pid) !== process.pid && isAlive(Number(pid)));
}

/** Taken away by a rename, which only one of several waiting can do; put back if it had changed hands meanwhile. */
function voidLock(owners) {
	const aside = `${lock}.${process.pid}`;
	try {
		renameSync(lock, aside);
	} catch (error) {
		if (error.code === "ENOENT") return;
		throw error;
	}
	if (read(aside) === owners) rmSync(aside);
	else renameSync(aside, lock);
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}

function read(file) {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		if (error.code === "ENOENT") return undefined;
		throw error;
	}
}

function say(line) {
	console.error(line);
}

function stop(...lines) {
	for (const line of lines) console.error(`bootstrap: ${line}`);
	process.exit(1);
}
