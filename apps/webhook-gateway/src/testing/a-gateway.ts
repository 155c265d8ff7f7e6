/** The gateway's server in this very process, on a floor in a temporary folder, on any port that is free. */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { accessTokens, type TokenScope } from "@shopfloor/core";
import {
	type FileFloor,
	ledger,
	loadConfig,
	openFloor,
	secretStore,
	systemClock,
	type World,
} from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished } from "vitest";
import { Refusals } from "../guard/refused.ts";
import { serve } from "../serve.ts";

export interface GatewayOptions {
	/** The key `gateway` of the configuration. */
	readonly gateway?: object;
	/** Stands before the floor: to have it fail. */
	readonly floor?: (floor: FileFloor) => FileFloor;
	readonly secrets?: Readonly<Record<string, string>>;
}

interface Answered {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
	/** Undefined when it is no JSON. */
	// biome-ignore lint/suspicious/noExplicitAny: tests look into what they expect
	readonly body: any;
}

interface Sent {
	readonly token?: string | undefined;
	readonly body?: string | Buffer | object;
	readonly headers?: OutgoingHttpHeaders;
}

export interface TestGateway {
	readonly floor: FileFloor;
	readonly url: string;
	readonly port: number;
	readonly refusals: Refusals;
	/** A token with these scopes. */
	token(...scopes: readonly TokenScope[]): Promise<string>;
	get(path: string, sent?: Sent): Promise<Answered>;
	post(path: string, sent?: Sent): Promise<Answered>;
	call(method: string, path: string, sent?: Sent): Promise<Answered>;
	/** As at the end of the process. */
	end(): Promise<void>;
}

export async function aGateway({
	gateway = {},
	floor: around,
	secrets = {},
}: GatewayOptions = {}): Promise<TestGateway> {
	const dir = tempDir();
	const config = join(dir, "shopfloor.config.json");
	writeFileSync(
		config,
		JSON.stringify({ repository: { path: "." }, gateway: { port: 0, perMinute: 10_000, ...gateway } }),
	);
	const floor = openFloor({ stateDir: join(dir, "state") });
	for (const [name, value] of Object.entries(secrets)) await secretStore(floor.stateDir).set(name, value);
	const world: World = {
		name: "webhook-gateway",
		config: loadConfig(config),
		floor: around?.(floor) ?? floor,
		clock: systemClock,
		places: { root: dir, config, state: floor.stateDir },
		heartbeatMs: 300_000,
	};
	const refusals = new Refusals();
	const ended = new AbortController();
	const serving = serve(world, refusals, ended.signal);
	serving.catch(() => {});
	const end = async () => {
		ended.abort();
		await serving;
	};
	onTestFinished(async () => {
		await end();
		await floor.close();
	});
	const url = await urlOf(floor);
	const { port } = new URL(url);
	let made = 0;
	const call: TestGateway["call"] = (method, path, sent) => called({ port: Number(port), method, path, ...sent });
	return {
		floor,
		url,
		port: Number(port),
		refusals,
		async token(...scopes) {
			made++;
			return await aToken(floor, `t${made}`, scopes);
		},
		get: (path, sent) => call("GET", path, sent),
		post: (path, sent) => call("POST", path, sent),
		call,
		end,
	};
}

/** Where the gateway at this floor listens. */
async function urlOf(floor: Pick<FileFloor, "records">): Promise<string> {
	const noted = async () =>
		((await floor.records.get("notes/webhook-gateway")).value as { url?: string } | undefined)?.url;
	await expect.poll(noted, { timeout: 15_000 }).toBeTruthy();
	return (await noted()) ?? "";
}

export async function aToken(
	{ records }: Pick<FileFloor, "records">,
	name: string,
	scopes: readonly TokenScope[],
	{ expires = null, revoked = null }: { readonly expires?: string | null; readonly revoked?: string | null } = {},
): Promise<string> {
	const token = `shopfloor_${randomBytes(32).toString("base64url")}`;
	const sha256 = createHash("sha256").update(token).digest("hex");
	const created = "2026-01-31T08:00:00.000Z";
	await ledger(records, accessTokens).update(({ tokens }) => ({
		tokens: [...tokens, { name, sha256, scopes: [...scopes], created, expires, revoked }],
	}));
	return token;
}

/** 32 bytes, as `shopfloor webhook secret` makes them. */
export const aSecret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

export interface Signing {
	readonly secret?: string;
	readonly id?: string;
	readonly atMs?: number;
}

let calls = 0;

/** The headers of a signed call. */
export function signed(
	body: string | Buffer,
	{ secret = aSecret, id, atMs = Date.now() }: Signing = {},
): Record<string, string> {
	const call = id ?? `msg_${++calls}`;
	const timestamp = String(Math.floor(atMs / 1_000));
	const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
	const digest = createHmac("sha256", key).update(`${call}.${timestamp}.`).update(body).digest("base64");
	return { "webhook-id": call, "webhook-timestamp": timestamp, "webhook-signature": `v1,${digest}` };
}

interface Call extends Sent {
	readonly port: number;
	readonly method: string;
	readonly path: string;
}

async function called({ port, method, path, token, body, headers = {} }: Call): Promise<Answered> {
	const bytes = body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
	const all = {
		...(bytes !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(bytes) }),
		...(token !== undefined && { authorization: `Bearer ${token}` }),
		...headers,
	};
	const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
	return await new Promise((resolve, reject) => {
		const sent = request({ host: "127.0.0.1", port, method, path, headers: said, agent: false }, async (response) => {
			try {
				const whole = await text(response);
				resolve({ status: response.statusCode ?? 0, headers: response.headers, text: whole, body: parsed(whole) });
			} catch (error) {
				reject(error);
			}
		});
		sent.once("error", reject);
		sent.end(bytes);
	});
}

function parsed(whole: string): unknown {
	try {
		return JSON.parse(whole);
	} catch {
		return undefined;
	}
}
