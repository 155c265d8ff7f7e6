import { once } from "node:events";
import { createServer } from "node:net";
import { unconfigured } from "@shopfloor/core";
import { configIn } from "@shopfloor/core/person";
import { check, pass, warn } from "../check.ts";

export interface PortsSight {
	/** Where the gateway listens, or will. */
	readonly address: string;
	/** Why nobody else could listen there. */
	readonly fault: string | undefined;
	/** Whoever listens there answers as the gateway does. */
	readonly isGateway: boolean;
}

export const ports = check<PortsSight>({
	name: "ports",
	async look({ places }) {
		const { host, port } = (configIn(places.config) ?? unconfigured()).gateway;
		const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
		const fault = await listenFault(host, port);
		return { address, fault, isGateway: fault !== undefined && (await answers(address)) };
	},
	judge({ address, fault, isGateway }) {
		if (fault === undefined) return pass(`${address} is free for the gateway`);
		if (isGateway) return pass(`a gateway listens on ${address}`);
		if (fault.includes("EADDRINUSE"))
			return warn(`${address} is taken by somebody else`, "end them, or set gateway.port in the configuration");
		return warn(`nothing can listen on ${address} (${fault})`, "ip link set lo up, or set gateway.host");
	},
});

async function listenFault(host: string, port: number): Promise<string | undefined> {
	const server = createServer();
	try {
		server.listen({ host, port });
		await once(server, "listening");
		return undefined;
	} catch (error) {
		return (error as Error).message;
	} finally {
		server.close();
	}
}

async function answers(address: string): Promise<boolean> {
	try {
		const answer = await fetch(`http://${address}/healthz`, { signal: AbortSignal.timeout(answerMs) });
		return ((await answer.json()) as { readonly alive?: unknown }).alive === true;
	} catch {
		// Whoever it is, it is no gateway that one could reach.
		return false;
	}
}

const answerMs = 2_000;
