// What the gateway takes: valid requests, a flood of bad ones, connections that say nothing, and listeners.
import { fork } from "node:child_process";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { Agent, get, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { accessTokens } from "@shopfloor/core";
import { ledger, openFloor, secretStore } from "@shopfloor/core/io";
import { quantile, rate, round, scratch } from "./measure.mjs";

const takenForS = 5;
const flood = { perS: 500, forS: 10, fullS: 60, validPerS: 10 };
const silent = 400;
const listeners = { count: 100, forS: 15, fullS: 300, perS: 10 };
const app = fileURLToPath(new URL("../apps/webhook-gateway/dist/main.js", import.meta.url));
const secret = randomBytes(32);

export async function gateway({ say, full }) {
	const floodS = full ? flood.fullS : flood.forS;
	const listenS = full ? listeners.fullS : listeners.forS;
	const site = await openSite();
	try {
		say(`asking for work for ${takenForS} s…`);
		const taken = await takeAll(site);
		say(`a flood of ${flood.perS} bad signatures a second for ${floodS} s…`);
		const flooded = await floodIt(site, floodS);
		say(`${silent} connections that say nothing…`);
		const hushed = await hush(site);
		say(`${listeners.count} listeners for ${listenS} s…`);
		return [taken, flooded, hushed, await listenAll(site, listenS)];
	} finally {
		await site.end();
	}
}

async function openSite() {
	const dir = scratch();
	const places = { SHOPFLOOR_STATE: join(dir, "state"), SHOPFLOOR_CONFIG: join(dir, "shopfloor.config.json") };
	const limits = { port: 0, perMinute: 1_000_000, open: 1_000_000 };
	writeFileSync(places.SHOPFLOOR_CONFIG, JSON.stringify({ repository: { path: "." }, gateway: limits }));
	const floor = openFloor({ stateDir: places.SHOPFLOOR_STATE });
	await secretStore(floor.stateDir).set("webhook-secret", `whsec_${secret.toString("base64")}`);
	const token = `shopfloor_${randomBytes(32).toString("base64url")}`;
	const made = { name: "bench", sha256: createHash("sha256").update(token).digest("hex"), scopes: ["read", "trigger"] };
	const when = { created: "2026-01-31T08:00:00.000Z", expires: null, revoked: null };
	await ledger(floor.records, accessTokens).update(() => ({ tokens: [{ ...made, ...when }] }));
	// As PM2 starts it.
	const child = fork(app, { env: { PATH: process.env.PATH, HOME: dir, ...places }, execArgv: ["--optimize-for-size"] });
	await new Promise((resolve) => child.once("message", resolve));
	let url;
	while (url === undefined) {
		await pause(20);
		url = (await floor.records.get("notes/webhook-gateway")).value?.url;
	}
	const { port } = new URL(url);
	return {
		floor,
		port,
		token,
		pid: child.pid,
		agent: new Agent({ keepAlive: true, maxSockets: 64 }),
		async end() {
			child.kill("SIGKILL");
			await floor.close();
		},
	};
}

async function takeAll(site) {
	const waits = [];
	const begun = performance.now();
	const one = async () => {
		while (performance.now() - begun < takenForS * 1_000) {
			const asked = performance.now();
			const { status } = await post(site, "/trigger/doctor", { authorization: `Bearer ${site.token}` });
			if (status !== 202) throw new Error(`a valid request was answered with ${status}`);
			waits.push(performance.now() - asked);
		}
	};
	await Promise.all(Array.from({ length: 32 }, one));
	const perS = waits.length / ((performance.now() - begun) / 1_000);
	waits.sort((a, b) => a - b);
	return {
		what: "gateway, durable triggers of 32 callers",
		figure: `${rate(perS)}/s, p99 ${round(quantile(waits, 0.99))} ms`,
		ratio: "",
		goals: [["≥ 250/s", perS >= 250]],
	};
}

async function floodIt(site, forS) {
	const rssBefore = rssOf(site.pid);
	const { length: before } = await site.floor.log.last(100_000);
	const waits = [];
	let bad = 0;
	let valid = 0;
	const every = (perS, forS, act) =>
		new Promise((resolve) => {
			const begun = performance.now();
			const running = new Set();
			let done = 0;
			const timer = setInterval(() => {
				const due = Math.min(perS * forS, Math.floor(((performance.now() - begun) / 1_000) * perS));
				for (; done < due; done++) {
					const one = act().finally(() => running.delete(one));
					running.add(one);
				}
				if (done < perS * forS) return;
				clearInterval(timer);
				void Promise.all(running).then(resolve);
			}, 5);
		});
	await Promise.all([
		every(flood.perS, forS, async () => {
			const { status } = await post(site, "/trigger/doctor", {
				...signed(),
				"webhook-signature": `v1,${"A".repeat(43)}=`,
			});
			if (status !== 401 && status !== 429) throw new Error(`a bad request was answered with ${status}`);
			bad++;
		}),
		every(flood.validPerS, forS, async () => {
			const asked = performance.now();
			const { status } = await post({ ...site, agent: false }, "/trigger/doctor", signed());
			if (status !== 202) throw new Error(`a valid request was answered with ${status}`);
			waits.push(performance.now() - asked);
			valid++;
		}),
	]);
	waits.sort((a, b) => a - b);
	const p99 = quantile(waits, 0.99);
	const grownMb = rssOf(site.pid) - rssBefore;
	const written = (await site.floor.log.last(100_000)).length - before - valid;
	return {
		what: `gateway, ${rate(bad / forS)} bad signatures/s for ${forS} s`,
		figure: `valid p99 ${round(p99)} ms, memory +${round(Math.max(0, grownMb))} MB, ${written} other entries`,
		ratio: "",
		goals: [
			["p99 < 500 ms", p99 < 500],
			["< 50 MB", grownMb < 50],
			["log not flooded", written < 10],
		],
	};
}

async function hush({ port }) {
	const begun = performance.now();
	const closed = Array.from({ length: silent }, (_, i) => {
		const socket = connect(port, "127.0.0.1").on("error", () => {});
		if (i % 2 === 1) socket.write("POST /trigger/doctor HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
		socket.resume();
		const dripping = setInterval(() => socket.writable && i % 4 === 1 && socket.write(" "), 1_000);
		return new Promise((resolve) => socket.once("close", resolve)).then(() => {
			clearInterval(dripping);
			return performance.now() - begun;
		});
	});
	let isOver = false;
	const all = Promise.all(closed).finally(() => {
		isOver = true;
	});
	const health = [];
	while (!isOver) {
		const asked = performance.now();
		await answered({ port, path: "/healthz", agent: false });
		health.push(performance.now() - asked);
		await pause(50);
	}
	const last = Math.max(...(await all));
	const worst = Math.max(...health);
	return {
		what: `gateway, ${silent} half-open connections`,
		figure: `all closed after ${round(last / 1_000)} s, health worst ${round(worst)} ms`,
		ratio: "",
		goals: [
			["≤ 5 s", last <= 5_000],
			["health < 100 ms", worst < 100],
		],
	};
}

async function listenAll({ floor, port, token }, forS) {
	const from = ((await floor.log.last(1))[0]?.seq ?? 0) + 1;
	const heard = Array.from({ length: listeners.count }, () => []);
	const sent = heard.map((ids) => {
		let rest = "";
		const headers = { authorization: `Bearer ${token}`, "last-event-id": String(from - 1) };
		return get({ port, path: "/events", headers, agent: false }, (response) => {
			response.setEncoding("utf8").on("data", (chunk) => {
				const events = (rest + chunk).split("\n\n");
				rest = events.pop();
				for (const event of events) if (event.startsWith("id: ")) ids.push(Number(event.slice(4, event.indexOf("\n"))));
			});
			response.on("error", () => {});
		}).on("error", () => {});
	});
	const begun = performance.now();
	let last = from;
	for (let i = 0; performance.now() - begun < forS * 1_000; i++) {
		const data = { code: "bench", severity: "note", message: `entry ${i}` };
		last = (await floor.log.append([{ type: "alert", by: "bench", data }]))[0].seq;
		await pause(Math.max(0, (i + 1) * (1_000 / listeners.perS) - (performance.now() - begun)));
	}
	const waited = performance.now();
	while (heard.some((ids) => ids.at(-1) !== last) && performance.now() - waited < 10_000) await pause(20);
	for (const one of sent) one.destroy();
	const count = last - from + 1;
	const whole = heard.filter((ids) => ids.length === count && ids.every((id, i) => id === from + i)).length;
	return {
		what: `gateway, ${listeners.count} listeners for ${forS} s`,
		figure: `${whole} heard each of ${count} entries once and in order, the last ${round(performance.now() - waited)} ms after it was written`,
		ratio: "",
		goals: [["every one", whole === listeners.count]],
	};
}

function post({ port, agent }, path, headers) {
	return answered({ method: "POST", port, path, headers, agent });
}

function answered(options) {
	return new Promise((resolve, reject) => {
		const sent = request(options, (response) => {
			response.resume();
			response.once("end", () => resolve({ status: response.statusCode }));
		});
		sent.once("error", reject);
		sent.end();
	});
}

function signed() {
	const id = `msg_${randomBytes(12).toString("hex")}`;
	const timestamp = String(Math.floor(Date.now() / 1_000));
	const digest = createHmac("sha256", secret).update(`${id}.${timestamp}.`).digest("base64");
	return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${digest}` };
}

function rssOf(pid) {
	return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1_024;
}

function pause(ms) {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
