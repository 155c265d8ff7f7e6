/** The gateway by its door: real requests over a real socket. */
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { ShopfloorError } from "@shopfloor/core/io";
import { describe, expect, test } from "vitest";
import { aGateway, aSecret, aToken, signed } from "./testing/a-gateway.ts";

const entriesIn = async ({ floor }: Awaited<ReturnType<typeof aGateway>>) => (await floor.log.last(100)).length;

describe("who may come in", () => {
	test("all that fails to show a valid credential is answered alike, and changes nothing", async () => {
		const gateway = await aGateway({ secrets: { "webhook-secret": aSecret } });
		const now = new Date().toISOString();
		const body = "{}";
		const old = await aToken(gateway.floor, "old", ["trigger"], { expires: "2020-01-01T00:00:00.000Z" });
		const gone = await aToken(gateway.floor, "gone", ["trigger"], { revoked: now });
		const good = await gateway.token("trigger");
		const wrong: Record<string, string>[] = [
			{},
			{ authorization: "Bearer x" },
			{ authorization: `Basic ${good}` },
			{ authorization: `Bearer ${old}` },
			{ authorization: `Bearer ${gone}` },
			{ authorization: `Bearer ${good}x` },
			{ "webhook-signature": "v1,x" },
			signed("{} ", {}),
			signed(body, { atMs: Date.now() - 6 * 60_000 }),
			signed(body, { secret: `whsec_${Buffer.alloc(32).toString("base64")}` }),
			// Whose word would count?
			{ ...signed(body), authorization: `Bearer ${good}` },
		];
		const answers = [];
		for (const headers of wrong) answers.push(await gateway.post("/trigger/review", { body, headers }));
		const looks = answers.map(({ status, text, headers }) => [
			status,
			text,
			headers["www-authenticate"],
			headers["content-type"],
		]);
		expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(1);
		expect(looks[0]).toEqual([
			401,
			'{"type":"urn:shopfloor:problem:unauthorized","title":"No valid credential","status":401}\n',
			"Bearer",
			"application/problem+json; charset=utf-8",
		]);
		expect(await entriesIn(gateway)).toBe(0);
		expect(gateway.refusals.look().count).toBe(wrong.length);
	});

	test("a token is good for its scopes and no others; a signed call asks for work and follows it", async () => {
		const gateway = await aGateway({ secrets: { "webhook-secret": aSecret } });
		const read = await gateway.token("read");
		const trigger = await gateway.token("trigger");
		const statuses = async (headers: (body: string) => Record<string, string>) => ({
			status: (await gateway.get("/status", { headers: headers("") })).status,
			trigger: (await gateway.post("/trigger/doctor", { body: "{}", headers: headers("{}") })).status,
			pause: (await gateway.post("/pause", { body: "{}", headers: headers("{}") })).status,
			approve: (await gateway.post("/approvals/a-1", { body: "{}", headers: headers("{}") })).status,
			follow: (await gateway.get("/triggers/1", { headers: headers("") })).status,
		});
		expect(await statuses(() => ({ authorization: `Bearer ${read}` }))).toEqual({
			status: 200,
			trigger: 403,
			pause: 403,
			approve: 403,
			follow: 404,
		});
		expect(await statuses(() => ({ authorization: `Bearer ${trigger}` }))).toEqual({
			status: 403,
			trigger: 202,
			pause: 403,
			approve: 403,
			follow: 200,
		});
		expect(await statuses((body) => signed(body))).toEqual({
			status: 403,
			trigger: 202,
			pause: 403,
			approve: 403,
			follow: 200,
		});
	});

	test("a token that is revoked is let in no more at the next request", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("read");
		expect((await gateway.get("/status", { token })).status).toBe(200);
		await gateway.floor.records.update("tokens", ({ value }) => {
			const { tokens } = value as { tokens: object[] };
			return { tokens: tokens.map((one) => ({ ...one, revoked: "2026-01-31T08:00:00.000Z" })) };
		});
		expect((await gateway.get("/status", { token })).status).toBe(401);
	});

	test("WEB-10: an address that goes on and on is told to wait, and whoever has a credential is not", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("read");
		const answers = await Promise.all(Array.from({ length: 150 }, () => gateway.get("/status", { token: "x" })));
		const statuses = answers.map(({ status }) => status);
		expect(new Set(statuses)).toEqual(new Set([401, 429]));
		expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(60);
		expect((await gateway.get("/status", { token })).status).toBe(200);
		expect(await entriesIn(gateway)).toBe(0);
	});

	test("WEB-16: a caller who asks for too much is told when to come again", async () => {
		const gateway = await aGateway({ gateway: { perMinute: 3 } });
		const token = await gateway.token("trigger");
		const answers = [];
		for (let i = 0; i < 5; i++) answers.push(await gateway.post("/trigger/doctor", { token }));
		expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 429, 429]);
		expect(Number(answers.at(-1)?.headers["retry-after"])).toBeGreaterThan(0);
	});

	test("WEB-16: of a thousand tasks in one moment as many are taken as there is room for, and the rest is turned back", async () => {
		const gateway = await aGateway({ gateway: { open: 40 } });
		const token = await gateway.token("trigger");
		const answers = await Promise.all(
			Array.from({ length: 200 }, (_, i) => gateway.post("/trigger/task", { token, body: { title: `task ${i}` } })),
		);
		const statuses = answers.map(({ status }) => status);
		expect(statuses.filter((status) => status === 202)).toHaveLength(40);
		expect(statuses.filter((status) => status === 429)).toHaveLength(160);
		const refused = answers.find(({ status }) => status === 429);
		expect(refused?.body.type).toBe("urn:shopfloor:problem:backlog");
		expect(refused?.headers["retry-after"]).toBeDefined();
		expect(await gateway.floor.log.last(1_000, { type: ["task_requested"] })).toHaveLength(40);
	});
});

describe("what is no request of ours", () => {
	test("WEB-11: another host, another site's page, another method, another path", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("read", "trigger", "admin");
		const typeOf = async (method: string, path: string, headers = {}) => {
			const { status, body, headers: said } = await gateway.call(method, path, { token, headers });
			return [status, String(body?.type).split(":").at(-1), ...(said.allow === undefined ? [] : [said.allow])];
		};
		expect(await typeOf("GET", "/status", { host: "evil.example" })).toEqual([421, "unknown-host"]);
		expect(await typeOf("POST", "/stop", { origin: "https://evil.example" })).toEqual([403, "foreign-origin"]);
		expect(await typeOf("POST", "/stop", { "sec-fetch-site": "cross-site" })).toEqual([403, "foreign-origin"]);
		expect(await typeOf("DELETE", "/status")).toEqual([405, "method-not-allowed", "GET"]);
		expect(await typeOf("TRACE", "/status")).toEqual([405, "method-not-allowed", "GET"]);
		expect(await typeOf("GET", "/trigger/review")).toEqual([405, "method-not-allowed", "POST"]);
		expect(await typeOf("GET", "/../status")).toEqual([400, "bad-request"]);
		expect(await typeOf("GET", "//status")).toEqual([400, "bad-request"]);
		expect(await typeOf("GET", "/status/")).toEqual([404, "not-found"]);
		expect(await typeOf("GET", "/STATUS")).toEqual([404, "not-found"]);
		expect(await typeOf("POST", "/trigger/anything")).toEqual([404, "not-found"]);
		expect(await typeOf("POST", "/github")).toEqual([404, "not-found"]);
		expect(await entriesIn(gateway)).toBe(0);
	});

	test("WEB-11: who wants a tunnel, or another protocol, is cut off", async () => {
		const { port } = await aGateway();
		expect(await raw(port, "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n")).toBe("");
		const upgrade = "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
		expect(await raw(port, upgrade)).toBe("");
	});

	test("what is not HTTP gets a bare answer and no connection", async () => {
		const { port } = await aGateway();
		expect(await raw(port, "hello\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
		expect(await raw(port, "GET /healthz HTTP/1.1\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
		const smuggled =
			"POST /trigger/doctor HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
		expect(await raw(port, smuggled)).toMatch(/^HTTP\/1\.1 400 /);
	});

	test("every answer keeps browsers from keeping, framing or running it", async () => {
		const { get } = await aGateway();
		expect((await get("/healthz")).headers).toMatchObject({
			"cache-control": "no-store",
			"content-security-policy": "default-src 'none'; frame-ancestors 'none'",
			"x-content-type-options": "nosniff",
		});
	});
});

describe("WEB-07: a body", () => {
	test("of 300 KB is refused before it is read, with its length or without", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const big = "x".repeat(300_000);
		expect((await gateway.post("/trigger/doctor", { token, body: big })).status).toBe(413);
		const chunked = { "transfer-encoding": "chunked", "content-length": undefined };
		expect((await gateway.post("/trigger/doctor", { token, body: big, headers: chunked })).status).toBe(413);
	});

	test("that never ends is cut off, and the memory stays as it is", async () => {
		const { port, ...gateway } = await aGateway();
		const token = await gateway.token("trigger");
		const before = process.memoryUsage().arrayBuffers;
		const socket = connect(port, "127.0.0.1");
		let said = "";
		socket.on("data", (chunk) => (said += String(chunk))).on("error", () => {});
		socket.write(
			`POST /trigger/doctor HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
		);
		const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
		const closed = once(socket, "close");
		const timer = setInterval(() => socket.write(chunk), 1);
		await closed;
		clearInterval(timer);
		expect(said).toMatch(/^HTTP\/1\.1 413 /);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
	});

	test("that is compressed is not unpacked", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const bomb = gzipSync(Buffer.alloc(10_000_000));
		const { status, body } = await gateway.post("/trigger/doctor", {
			token,
			body: bomb,
			headers: { "content-encoding": "gzip" },
		});
		expect([status, body.type]).toEqual([415, "urn:shopfloor:problem:not-json"]);
	});

	test("that is wrong is refused, and nothing is written", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const wrong: [string, string | Buffer, Record<string, string>, number][] = [
			["another type", "note=x", { "content-type": "application/x-www-form-urlencoded" }, 415],
			["no JSON", "{", {}, 400],
			["not UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), {}, 400],
			["the same key twice", '{"note":"a","note":"b"}', {}, 400],
			["a key that means something to objects", '{"__proto__":{"note":"a"}}', {}, 400],
			["nested deeply", `{"note":${"[".repeat(40)}${"]".repeat(40)}}`, {}, 400],
			["an unknown key", '{"nota":"a"}', {}, 422],
			["no object", "[]", {}, 422],
			["another type of value", '{"note":1}', {}, 422],
		];
		for (const [what, body, headers, expected] of wrong)
			expect((await gateway.post("/trigger/doctor", { token, body, headers })).status, what).toBe(expected);
		expect(await entriesIn(gateway)).toBe(0);
	});

	test("with many faults is told all of them", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const body = { titel: "x", priority: 12, files: "a" };
		const { status, body: problem } = await gateway.post("/trigger/task?wait=61&x=1", { token, body });
		expect(status).toBe(422);
		expect(problem.faults.map(({ at }: { at: string }) => at).sort()).toEqual([
			"body",
			"body.files",
			"body.priority",
			"body.title",
			"query",
			"query.wait",
		]);
	});

	test("shorter than it says is waited for no longer than four seconds, and nothing is done", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const begun = performance.now();
		const said = await raw(
			gateway.port,
			`POST /trigger/doctor HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{}`,
		);
		expect(said).toMatch(/^HTTP\/1\.1 408 /);
		expect(performance.now() - begun).toBeLessThan(8_000);
		expect(await entriesIn(gateway)).toBe(0);
	});
});

test("WEB-09: connections that say nothing, and bodies of a byte now and then, are closed within five seconds, and others are answered meanwhile", async () => {
	const gateway = await aGateway();
	const { port } = gateway;
	const silent = Array.from({ length: 60 }, (_, i) => {
		const socket = connect(port, "127.0.0.1").on("error", () => {});
		if (i % 3 === 1) socket.write("GET /healthz HT");
		if (i % 3 === 2) socket.write("POST /trigger/doctor HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
		socket.resume();
		return once(socket, "close").then(() => performance.now());
	});
	const begun = performance.now();
	expect((await gateway.get("/healthz")).status).toBe(200);
	expect(performance.now() - begun).toBeLessThan(1_000);
	const ends = await Promise.all(silent);
	// Five by the gateway's own limits; the rest is a busy machine's.
	expect(Math.max(...ends) - begun).toBeLessThan(8_000);
});

describe("WEB-14: while the floor takes nothing", () => {
	test("503 and when to come again; never a 202, and looking goes on", async () => {
		let code: "disk-full" | "disk-error" | "lock-busy" | "lock-lost" = "disk-full";
		const append = async () => Promise.reject(new ShopfloorError(code, "no"));
		const gateway = await aGateway({ floor: (floor) => ({ ...floor, log: { ...floor.log, append } }) });
		const token = await gateway.token("read", "trigger", "admin");
		for (code of ["disk-full", "disk-error", "lock-busy", "lock-lost"] as const)
			for (const [path, wish] of [
				["/trigger/doctor", {}],
				["/trigger/task", { title: "x" }],
				["/stop", {}],
			] as const) {
				const { status, headers, body } = await gateway.post(path, { token, body: wish });
				expect([status, headers["retry-after"], body.type]).toEqual([503, "10", "urn:shopfloor:problem:unavailable"]);
			}
		expect((await gateway.get("/status", { token })).status).toBe(200);
	});
});

describe("the same request again", () => {
	test("under the same Idempotency-Key is the same entry; another one under it is refused; without a key it is another", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		const other = await gateway.token("trigger");
		const headers = { "idempotency-key": "nightly-1" };
		const ask = (path: string, body: object, by = token) => gateway.post(path, { token: by, body, headers });
		const first = await ask("/trigger/doctor", { note: "why" });
		const again = await ask("/trigger/doctor", { note: "why" });
		expect([first.status, again.status, again.headers.location]).toEqual([202, 202, first.headers.location]);
		for (const [path, body] of [
			["/trigger/doctor", { note: "else" }],
			["/trigger/standup", { note: "why" }],
			["/trigger/task", { title: "x" }],
		] as const) {
			const { status, body: problem } = await ask(path, body);
			expect([status, problem.type]).toEqual([422, "urn:shopfloor:problem:key-reused"]);
		}
		const others = await ask("/trigger/doctor", { note: "why" }, other);
		const without = await gateway.post("/trigger/doctor", { token, body: { note: "why" } });
		expect(new Set([first, others, without].map(({ headers: said }) => said.location)).size).toBe(3);
	});

	test("a signed call counts once, wherever it is sent again", async () => {
		const gateway = await aGateway({ secrets: { "webhook-secret": aSecret } });
		const headers = signed("{}", { id: "msg_once" });
		const first = await gateway.post("/trigger/doctor", { body: "{}", headers });
		const again = await gateway.post("/trigger/doctor", { body: "{}", headers });
		const elsewhere = await gateway.post("/trigger/standup", { body: "{}", headers });
		expect([first.status, again.status, elsewhere.status]).toEqual([202, 202, 422]);
		expect(again.headers.location).toBe(first.headers.location);
		const triggers = await gateway.floor.log.last(10, { type: ["trigger"] });
		expect(triggers.map(({ by, id, data }) => [by, id, data])).toEqual([
			["webhook:webhook-secret", "webhook:webhook-secret:msg_once", { what: "doctor", source: "http" }],
		]);
	});

	test("a key in another form is none", async () => {
		const gateway = await aGateway();
		const token = await gateway.token("trigger");
		for (const key of ["", "a b", "x".repeat(65), "\u00e4"])
			expect((await gateway.post("/trigger/doctor", { token, headers: { "idempotency-key": key } })).status).toBe(400);
	});
});

/** Everything that comes back until the connection is closed. */
async function raw(port: number, text: string): Promise<string> {
	const socket = connect(port, "127.0.0.1").on("error", () => {});
	let said = "";
	socket.on("data", (chunk) => (said += String(chunk)));
	socket.write(text);
	await once(socket, "close");
	return said;
}

describe("behind a reverse proxy", () => {
	const proxied = { host: "factory.example.org", "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };

	test("that is named, it answers under the outer name, and whoever is turned away has the caller's address", async () => {
		const gateway = await aGateway({ gateway: { hosts: ["factory.example.org"], proxies: ["127.0.0.1"] } });
		const origin = "https://factory.example.org";
		expect((await gateway.get("/healthz", { headers: { ...proxied, origin } })).status).toBe(200);
		expect((await gateway.get("/status", { headers: proxied })).status).toBe(401);
		expect(gateway.refusals.look().from).toEqual([["203.0.113.9", 1]]);
	});

	test("that is not named, nobody is believed about who they are, or where they came", async () => {
		const gateway = await aGateway({ gateway: { proxies: ["10.0.0.1"] } });
		const headers = { "x-forwarded-for": "203.0.113.9", "x-forwarded-host": "localhost" };
		expect((await gateway.get("/status", { headers })).status).toBe(401);
		expect(gateway.refusals.look().from).toEqual([["127.0.0.1", 1]]);
		expect((await gateway.get("/status", { headers: { ...headers, host: "factory.example.org" } })).status).toBe(421);
	});
});
