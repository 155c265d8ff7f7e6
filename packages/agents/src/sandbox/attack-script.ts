/**
 * The program that tries to get out: plain JavaScript for `node -e`, because nothing of the factory's can be loaded from
 * inside of a sandbox. It says what it got, by the names of `attempts.ts`. Where it succeeds nothing of the machine is
 * harmed: what belongs to the system is opened to be written, and not written.
 */
export const attackScript = String.raw`
const fs = require("node:fs");
const net = require("node:net");
const { spawnSync } = require("node:child_process");
const stage = JSON.parse(fs.readFileSync(0, "utf8"));
const got = {};

function attempt(name, action) {
	try {
		got[name] = action() || null;
	} catch {
		got[name] = null;
	}
}

function can(action) {
	try {
		return action() !== false;
	} catch {
		return false;
	}
}

const readable = (paths) => paths.find((path) => can(() => fs.readFileSync(path, "utf8").includes(stage.canary)));
const writable = (paths) => paths.find((path) => can(() => fs.appendFileSync(path, "x")));
const openable = (paths, how) => paths.find((path) => can(() => fs.closeSync(fs.openSync(path, how))));
const runs = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).status === 0 && command;
const others = () => fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name) && name !== String(process.pid));

attempt("own work", () => writable(stage.own));
attempt("secret of the factory", () => readable(stage.secrets));
attempt("home of others", () => readable(stage.homes) || stage.homeNames.find((path) => fs.existsSync(path)));
// Folders on the way to its own are in memory and go with the sandbox; what came of it is seen outside.
attempt("writing outside", () => void writable(stage.outside) || openable(["/etc/passwd", "/usr/bin/env", "/bin/sh"], "a"));
attempt("repository", () => writable(stage.repository));
attempt("pointer to the repository", () => {
	const { pointer } = stage;
	return (
		writable([pointer]) ||
		(can(() => fs.renameSync(pointer, pointer + "-away")) && "renamed") ||
		(can(() => fs.unlinkSync(pointer)) && "removed")
	);
});
attempt("other processes", () =>
	others().find((pid) => can(() => fs.readFileSync("/proc/" + pid + "/environ", "utf8").includes(stage.canary)) || can(() => fs.readFileSync("/proc/" + pid + "/cmdline", "utf8").includes(stage.mark))),
);
attempt("signal", () => stage.victim !== process.pid && can(() => process.kill(stage.victim, "SIGKILL")) && "sent");
attempt("rights", () => {
	const status = fs.readFileSync("/proc/self/status", "utf8");
	if (/^Cap(Prm|Eff|Inh|Amb):\s*0*[1-9a-f]/m.test(status)) return "capabilities";
	if (process.getuid() === 0 || can(() => process.setuid(0))) return "root";
	return (
		runs("unshare", "--user", "--map-root-user", "true") ||
		runs("mount", "-t", "tmpfs", "tmpfs", "/tmp") ||
		runs("mknod", "/tmp/device", "b", "7", "0")
	);
});
attempt("kernel", () =>
	openable(["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/vm/overcommit_memory", "/proc/sysrq-trigger"], "a") ||
	openable(["/dev/mem", "/dev/kmsg", "/proc/kcore"], "r"),
);
attempt("open files", () =>
	fs.readdirSync("/proc/self/fd").map((fd) => {
		try {
			return fs.readlinkSync("/proc/self/fd/" + fd);
		} catch {
			return "";
		}
	}).find((path) => path.startsWith(stage.dir) && !stage.given.includes(path)),
);
attempt("descriptors", () => {
	const opened = [];
	while (opened.length <= stage.openFilesMax && can(() => opened.push(fs.openSync("/dev/null", "r")))) {}
	for (const fd of opened) fs.closeSync(fd);
	return opened.length > stage.openFilesMax && opened.length + " opened";
});

const reach = (name, to) =>
	new Promise((resolve) => {
		got[name] = null;
		const socket = net.connect(to, () => {
			got[name] = "connected";
			socket.destroy();
			resolve();
		});
		socket.on("error", resolve);
	});

(async () => {
	await reach("socket", { path: stage.socket });
	await reach("network", { host: "127.0.0.1", port: stage.port });
	process.stdout.write(JSON.stringify(got) + "\n");
})();
`;
