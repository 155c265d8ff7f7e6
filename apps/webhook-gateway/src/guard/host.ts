/**
 * Under which names the gateway answers, and for which pages. A loopback address is no proof of who calls: any page in
 * the person's browser reaches it, under a name of its own if need be. Pure.
 */
import type { IncomingHttpHeaders } from "node:http";

export interface Names {
	/** Without a port. */
	readonly hosts: readonly string[];
}

/** What is wrong with where a request came from or wanted to go. */
export function originFault(
	headers: IncomingHttpHeaders,
	{ hosts }: Names,
): "unknown-host" | "foreign-origin" | undefined {
	const host = nameIn(headers.host ?? "");
	if (host === undefined || !hosts.includes(host)) return "unknown-host";
	const site = headers["sec-fetch-site"];
	if (site !== undefined && site !== "same-origin" && site !== "none") return "foreign-origin";
	const { origin } = headers;
	if (origin === undefined) return undefined;
	// Behind a proxy the page came by https, and the request comes by http: the name and the port must be the same.
	const [, authority] = /^https?:\/\/([^/]+)$/.exec(origin) ?? [];
	return authority === headers.host ? undefined : "foreign-origin";
}

/** Names of this machine alone, and those that a person gave. */
export function namesOf({ host, hosts }: { readonly host: string; readonly hosts: readonly string[] }): Names {
	return { hosts: [...new Set(["localhost", "127.0.0.1", "::1", host, ...hosts])] };
}

function nameIn(header: string): string | undefined {
	const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::[0-9]{1,5})?$/i.exec(header);
	return (match?.[1] ?? match?.[2])?.toLowerCase();
}
