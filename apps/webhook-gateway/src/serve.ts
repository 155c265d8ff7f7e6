/**
 * Listens as long as the process lives. A port that is taken or a secret that can be guessed keeps it from that, which a
 * person is told once; it tries again until it can.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { type DataOf, toMs } from "@shopfloor/core";
import { errnoOf, isShopfloorError, secretStore, type World } from "@shopfloor/core/io";
import { Admission } from "./admission.ts";
import { makeApp } from "./app.ts";
import { faultOfSecrets, guardian } from "./auth/authenticate.ts";
import type { Refusals } from "./guard/refused.ts";
import { connectionsMost, serverLimits } from "./guard/server-limits.ts";
import { type Live, openLive } from "./live.ts";
import { badSecret, portTaken } from "./messages.ts";
import { noteUrl } from "./note.ts";
import { allRoutes } from "./routes/all.ts";
import { Traffic } from "./traffic.ts";

export async function serve(world: World, refusals: Refusals, ended: AbortSignal): Promise<void> {
	const { floor, clock, config } = world;
	const live = await openLive(floor, clock);
	const following = live.follow(ended);
	const traffic = new Traffic();
	const secrets = secretStore(floor.stateDir);
	const site = { world, live, admission: new Admission(config.gateway.open), ended };
	const door = { site, routes: allRoutes(traffic), guardian: guardian(floor, secrets, clock), refusals, traffic };
	const server = createServer(serverLimits, makeApp(door));
	server.maxConnections = connectionsMost;
	refuseTunnels(server);
	const listening = untilListening();
	await Promise.all([following, listening.then(() => untilEnded(server, ended))]);

	async function untilListening(): Promise<void> {
		while (!ended.aborted) {
			try {
				const trouble = server.listening ? undefined : await troubleListening();
				if (trouble === undefined) return await noteUrl(floor.records, urlOf(server, config.gateway.host));
				await tellOnce(world, live, trouble);
			} catch (error) {
				// The floor takes nothing at the moment.
				if (!isShopfloorError(error)) throw error;
				process.stderr.write(`${world.name}: ${error.message}\n`);
			}
			await clock.sleep(againMs, ended);
		}
	}

	async function troubleListening(): Promise<DataOf<"alert"> | undefined> {
		const fault = faultOfSecrets(secrets);
		return fault === undefined ? await listen(server, config.gateway) : badSecret(fault);
	}
}

const againMs = 2_000;

/** Undefined when it listens, else what keeps it from that. */
async function listen(
	server: Server,
	{ host, port }: World["config"]["gateway"],
): Promise<DataOf<"alert"> | undefined> {
	try {
		server.listen({ host, port });
		await once(server, "listening");
		return undefined;
	} catch (error) {
		if (!passing.includes(errnoOf(error) ?? "")) throw error;
		return portTaken(`${host}:${port}`, errnoOf(error) ?? "");
	}
}

/** Somebody else has it, it is not ours, it is not there yet, its name is not known yet. */
const passing = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EINVAL"];

/** Nothing but requests: whoever wants to change the protocol, or to get through to somebody else, is cut off. */
function refuseTunnels(server: Server): void {
	server.on("connect", (_, socket) => socket.destroy());
	server.on("upgrade", (_, socket) => socket.destroy());
	server.on("clientError", (error, socket) => {
		if (!socket.writable || errnoOf(error) === "ECONNRESET") return void socket.destroy();
		const isLate = errnoOf(error) === "ERR_HTTP_REQUEST_TIMEOUT";
		socket.end(`HTTP/1.1 ${isLate ? "408 Request Timeout" : "400 Bad Request"}\r\nConnection: close\r\n\r\n`);
	});
}

async function untilEnded(server: Server, ended: AbortSignal): Promise<void> {
	if (!server.listening) return;
	if (!ended.aborted) await once(ended, "abort");
	const closed = once(server, "close");
	server.close();
	server.closeIdleConnections();
	// An answer that is being written may still go out.
	const timer = setTimeout(() => server.closeAllConnections(), lastWordsMs);
	await closed;
	clearTimeout(timer);
}

/** Of the three seconds that a process has to let go. */
const lastWordsMs = 1_000;

async function tellOnce({ floor, clock, name }: World, { state }: Live, data: DataOf<"alert">): Promise<void> {
	const isTold = state.steering.alerts.some(
		({ code, message, at }) => code === data.code && message === data.message && clock.now() - toMs(at) < dayMs,
	);
	if (!isTold) await floor.log.append([{ type: "alert", by: name, data }]);
}

const dayMs = 24 * 60 * 60_000;

/** Where somebody on this machine finds it. */
function urlOf(server: Server, host: string): string {
	const { port } = server.address() as AddressInfo;
	const reached = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
	return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${port}`;
}
