import { once } from "node:events";
import { createServer } from "node:net";
import { check, pass, warn } from "../check.ts";

/** No key of the configuration names a port yet. What listens will do so on this address, and a container may lack it. */
export const ports = check<{ readonly address: string; readonly fault: string | undefined }>({
	name: "ports",
	look: async () => ({ address: loopback, fault: await listenFault(loopback) }),
	judge({ address, fault }) {
		if (fault === undefined) return pass(`none is configured; ${address} can be listened on`);
		return warn(`nothing can listen on ${address} (${fault})`, "ip link set lo up");
	},
});

const loopback = "127.0.0.1";

async function listenFault(host: string): Promise<string | undefined> {
	const server = createServer();
	try {
		// Whichever port is free: whether one can be had at all is the question.
		server.listen({ host, port: 0 });
		await once(server, "listening");
		return undefined;
	} catch (error) {
		return (error as Error).message;
	} finally {
		server.close();
	}
}
