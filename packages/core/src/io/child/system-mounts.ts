/** What programs need of this machine, read-only: nothing under /home, /root, /var, /srv or /opt. */
import { existsSync, lstatSync, readlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isWithin } from "../is-within.ts";
import type { Mount } from "./sandbox.ts";

export function systemMounts(env: { readonly network: boolean }): Mount[] {
	const names = [...etcNames, ...(env.network ? etcNetworkNames : [])];
	const mounts: Mount[] = [...systemFolders, ...names.map((name) => `/etc/${name}`)].flatMap((path) =>
		systemMount(path),
	);
	const node = resolve(dirname(process.execPath), "..");
	// A Node that a person installed for themselves, in whatever folder its manager likes.
	return isWithin(node, "/usr") ? mounts : [...mounts, { kind: "read-only", from: node, to: node }];
}

const systemFolders = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
const etcNames = [
	"alternatives",
	"ld.so.cache",
	"ld.so.conf",
	"ld.so.conf.d",
	"passwd",
	"group",
	"localtime",
	"ssl",
	"pki",
	"ca-certificates",
	// Without them not even `localhost` has an address.
	"nsswitch.conf",
	"services",
	"protocols",
];
const etcNetworkNames = ["resolv.conf", "hosts", "gai.conf"];

function systemMount(path: string): Mount[] {
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (found === undefined) return [];
	// A link among the system folders stays one; one in /etc leads somewhere that may not be there.
	if (found.isSymbolicLink() && !path.startsWith("/etc/"))
		return [{ kind: "link", target: readlinkSync(path), to: path }];
	return existsSync(path) ? [{ kind: "read-only", from: path, to: path }] : [];
}
