/** The gateway as a process among the others: what it has said yes to is there, whatever happens to it. */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { accessTokens } from "@shopfloor/core";
import { ledger, secretStore } from "@shopfloor/core/io";
import { fillDisk, smallDisk } from "@shopfloor/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { aFactory, type Factory } from "./factory.ts";

const anyPort = { repository: { path: "." }, gateway: { port: 0 } };
const scopes = ["read", "trigger", "approve", "admin"] as const;

describe("a trigger", () => {
	test("by a token or by a signature has the reviewer take a turn at once, and is followed to its end", async () => {
		const factory = aFactory().configured(anyPort);
		const token = await aToken(factory);
		await secretStore(factory.state).set("webhook-secret", secret);
		await factory.start("cto-reviewer");
		await factory.start("webhook-gateway");
		const url = await urlOf(factory);
		const ways = { token: () => bearer(token), signature: signed };
		for (const way of Object.values(ways)) {
			const { status, headers } = await fetch(`${url}/trigger/review`, { method: "POST", headers: way() });
			expect(status).toBe(202);
			const followed = `${url}${headers.get("location")}`;
			const state = async () =>
				((await (await fetch(followed, { headers: way() })).json()) as { readonly state: string }).state;
			// Its next turn by itself would be hours away.
			await expect.poll(state, { timeout: 15_000 }).toBe("done");
		}
	});

	test("WEB-15: that was answered with 202 is in the log after a kill -9, and is the same one when it is asked for again", async () => {
		const factory = aFactory().configured(anyPort);
		const headers = { ...bearer(await aToken(factory)), "idempotency-key": "nightly" };
		const first = await factory.start("webhook-gateway");
		const { status, headers: said } = await fetch(`${await urlOf(factory)}/trigger/doctor`, {
			method: "POST",
			headers,
		});
		first.child.kill("SIGKILL");
		expect(status).toBe(202);
		const [entry] = await factory.entries("trigger");
		expect(said.get("location")).toBe(`/triggers/${entry?.seq}`);
		await first.ended;
		await factory.start("webhook-gateway");
		const again = await fetch(`${await urlOf(factory)}/trigger/doctor`, { method: "POST", headers });
		expect([again.status, again.headers.get("location")]).toEqual([202, said.get("location")]);
		expect(await factory.entries("trigger")).toHaveLength(1);
	});

	test.each(["append.write.before", "append.write.after", "append.flush.before", "append.flush.after"])(
		"that is asked for again after the gateway died at %s is written down once",
		async (point) => {
			const factory = aFactory().configured(anyPort);
			const headers = { ...bearer(await aToken(factory)), "idempotency-key": "nightly" };
			const crash = new URL("../packages/core/fixtures/crash.mjs", import.meta.url).href;
			// After its start and its first heartbeat.
			factory.nodeArgs.push("--import", `${crash}?how=kill&at=${point}@3`);
			const first = await factory.start("webhook-gateway");
			await factory.entry("heartbeat");
			await expect(fetch(`${await urlOf(factory)}/trigger/doctor`, { method: "POST", headers })).rejects.toThrow();
			expect((await first.ended).code).toBe("SIGKILL");
			factory.nodeArgs.splice(0);
			await factory.start("webhook-gateway");
			const again = await fetch(`${await urlOf(factory)}/trigger/doctor`, { method: "POST", headers });
			expect(again.status).toBe(202);
			expect((await factory.entries("trigger")).map(({ seq }) => `/triggers/${seq}`)).toEqual([
				again.headers.get("location"),
			]);
		},
	);

	test("WEB-14: on a full disk is refused with 503 until there is room again", async (context) => {
		const factory = aFactory(smallDisk(context, 4_000)).configured(anyPort);
		const headers = bearer(await aToken(factory));
		await factory.start("webhook-gateway");
		await factory.entry("heartbeat");
		const url = await urlOf(factory);
		const ask = () => fetch(`${url}/trigger/doctor`, { method: "POST", headers });
		const free = fillDisk(factory.state);
		const statuses: number[] = [];
		// What is left of the last page takes a few.
		while (statuses.length < 60 && statuses.at(-1) !== 503) statuses.push((await ask()).status);
		expect(statuses.at(-1)).toBe(503);
		expect((await fetch(`${url}/readyz`)).status).toBe(503);
		expect((await fetch(`${url}/status`, { headers })).status).toBe(200);
		free();
		await expect.poll(async () => (await ask()).status).toBe(202);
		expect((await factory.entries("trigger")).length).toBe(statuses.filter((status) => status === 202).length + 1);
	});
});

test("while the factory is stopped the gateway answers, and lets a person go on", async () => {
	const factory = aFactory().configured(anyPort);
	const headers = { ...bearer(await aToken(factory)), "content-type": "application/json" };
	const started = await factory.start("webhook-gateway");
	const url = await urlOf(factory);
	const post = async (path: string, body = "{}") =>
		(await fetch(`${url}${path}`, { method: "POST", headers, body })).json();
	expect(await post("/stop", '{"reason":"night"}')).toMatchObject({ state: "stopped" });
	await factory.entry("heartbeat", ({ data }) => data.doing === "stopped: night");
	expect((await fetch(`${url}/status`, { headers })).status).toBe(200);
	expect(await post("/resume")).toMatchObject({ state: "resumed" });
	const listening = await fetch(`${url}/events`, { headers });
	started.child.send("shutdown");
	expect((await started.ended).code).toBe(0);
	await listening.text();
	expect((await factory.entries("process_stopped")).map(({ data }) => data.reason)).toEqual(["shutdown"]);
});

describe("a start", () => {
	test("at a port that is taken is told once, and the gateway is there as soon as the port is free", async () => {
		const squatter = createServer().listen(0, "127.0.0.1");
		onTestFinished(() => void squatter.close());
		await once(squatter, "listening");
		const { port } = squatter.address() as AddressInfo;
		const factory = aFactory().configured({ ...anyPort, gateway: { port } });
		await factory.start("webhook-gateway");
		const { data } = await factory.entry("alert");
		expect([data.code, data.message]).toEqual(["gateway-held-up", expect.stringContaining(`127.0.0.1:${port}`)]);
		squatter.close();
		expect((await fetch(`${await urlOf(factory)}/healthz`)).status).toBe(200);
		expect(await factory.entries("alert")).toHaveLength(1);
	});

	test("WEB-06: with a secret that can be guessed does not listen, says so, and listens once it is mended", async () => {
		const factory = aFactory().configured(anyPort);
		const secrets = secretStore(factory.state);
		await secrets.set("webhook-secret", "hunter2");
		await factory.start("webhook-gateway");
		const { data } = await factory.entry("alert");
		expect([data.code, data.message]).toEqual(["gateway-held-up", expect.stringContaining("webhook-secret")]);
		expect(data.message).not.toContain("hunter2");
		expect(await noted(factory)).toBeUndefined();
		await secrets.set("webhook-secret", secret);
		expect((await fetch(`${await urlOf(factory)}/healthz`)).status).toBe(200);
	});

	test("WEB-12: on an address that others reach is refused, unless it is said by name", async () => {
		const open = { host: "0.0.0.0", port: 0 };
		const refused = aFactory().configured({ ...anyPort, gateway: open });
		const { code, errors } = await refused.launch("webhook-gateway").ended;
		expect([code, errors]).toEqual([2, expect.stringContaining("gateway.host")]);
		const factory = aFactory().configured({ ...anyPort, gateway: { ...open, public: true } });
		await factory.start("webhook-gateway");
		expect((await fetch(`${await urlOf(factory)}/healthz`)).status).toBe(200);
	});
});

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

async function aToken({ floor }: Factory): Promise<string> {
	const token = `shopfloor_${randomBytes(32).toString("base64url")}`;
	const sha256 = createHash("sha256").update(token).digest("hex");
	const created = "2026-01-31T08:00:00.000Z";
	const made = { name: "ci", sha256, scopes: [...scopes], created, expires: null, revoked: null };
	await ledger(floor.records, accessTokens).update(({ tokens }) => ({ tokens: [...tokens, made] }));
	return token;
}

function bearer(token: string): Record<string, string> {
	return { authorization: `Bearer ${token}` };
}

/** Of a call without a body. */
function signed(): Record<string, string> {
	const id = `msg_${randomBytes(8).toString("hex")}`;
	const timestamp = String(Math.floor(Date.now() / 1_000));
	const key = Buffer.from(secret.slice("whsec_".length), "base64");
	const digest = createHmac("sha256", key).update(`${id}.${timestamp}.`).digest("base64");
	return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${digest}` };
}

/** Where somebody listens: what was noted by a copy that is gone leads to nobody. */
async function urlOf(factory: Factory): Promise<string> {
	const url = async () => {
		const found = await noted(factory);
		const answers = found === undefined ? undefined : await fetch(`${found}/healthz`).catch(() => undefined);
		return answers?.ok ? found : undefined;
	};
	await expect.poll(url, { timeout: 15_000 }).toBeDefined();
	return (await noted(factory)) ?? "";
}

async function noted({ floor }: Factory): Promise<string | undefined> {
	return ((await floor.records.get("notes/webhook-gateway")).value as { url?: string } | undefined)?.url;
}
