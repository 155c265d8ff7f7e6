/**
 * From a request to its answer: is it one, is it meant for us, who asks, may they, how often, and does it fit. What is
 * done then is the route's.
 */
import { createHash } from "node:crypto";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import type { Guardian } from "./auth/authenticate.ts";
import { type Caller, mayDo } from "./auth/caller.ts";
import { hear } from "./github/receive.ts";
import { AnsweredCalls } from "./guard/answered.ts";
import { BodyRefused, readBody } from "./guard/body.ts";
import { Buckets } from "./guard/buckets.ts";
import { namesOf, originFault } from "./guard/host.ts";
import type { Refusals } from "./guard/refused.ts";
import { bodyBytesMax, gitHubBytesMax } from "./guard/server-limits.ts";
import { targetFault } from "./guard/target.ts";
import { wishIn } from "./guard/wish.ts";
import { type Answer, refusal, retryAfter } from "./problem.ts";
import { idOf } from "./request-id.ts";
import type { Route, Site } from "./routes/route.ts";
import { send } from "./send.ts";
import type { Traffic } from "./traffic.ts";
import { troubleOf } from "./trouble.ts";

export interface Door {
	readonly site: Site;
	readonly routes: readonly Route[];
	readonly guardian: Guardian;
	readonly refusals: Refusals;
	readonly traffic: Traffic;
}

interface Call {
	readonly request: Request;
	readonly response: Response;
	body(): Promise<Buffer>;
}

export function makeApp({ site, routes, guardian, refusals, traffic }: Door): Express {
	const { clock, config } = site.world;
	const { gateway } = config;
	const names = namesOf(gateway);
	const changes = new Buckets(clock, gateway.perMinute);
	const looks = new Buckets(clock, looksPerMinute);
	const failures = new Buckets(clock, failuresPerMinute);
	const calls = new AnsweredCalls(clock);
	const open = new Set<AbortController>();
	site.ended.addEventListener("abort", () => {
		for (const end of open) end.abort(over);
	});
	const app = express();
	app.disable("x-powered-by").disable("etag").disable("query parser");
	app.enable("case sensitive routing").enable("strict routing");
	app.set("trust proxy", gateway.proxies);
	app.use((request, response, next) => {
		response.once("finish", () => traffic.note(response.statusCode));
		const fault = targetFault(request);
		if (fault !== undefined) return send(response, refusal("bad-request", { detail: fault }));
		const from = originFault(request.headers, names);
		if (from !== undefined) return send(response, refusal(from));
		next();
	});
	for (const route of routes) {
		const handler = answering((request, response) => answerTo(route, request, response));
		if (route.method === "get") app.get(route.path, handler);
		else app.post(route.path, handler);
	}
	if (gateway.github !== undefined) app.post("/github", answering(answerToGitHub));
	for (const path of new Set(routes.map((route) => route.path))) {
		const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
		const allow = { allow: methods.join(", ") };
		app.all(path, (_, response) => send(response, refusal("method-not-allowed", { headers: allow })));
	}
	app.use((_, response) => send(response, refusal("not-found")));
	// Express knows one that takes four.
	app.use((error: unknown, _: Request, response: Response, _next: NextFunction) => send(response, troubleOf(error)));
	return app;

	async function answerTo(route: Route, request: Request, response: Response): Promise<Answer | undefined> {
		const body = once(() => readBody(request, bodyBytesMax));
		const caller = route.scopes === "open" ? anybody : await guardian.callerOf(request, body);
		if (caller === undefined) return turnAway(request);
		if (route.scopes !== "open" && !mayDo(caller, route.scopes))
			return refusal("scope-missing", { detail: `it needs the scope ${route.scopes.join(" or ")}` });
		const waitMs = caller === anybody ? 0 : (route.method === "get" ? looks : changes).take(caller.by);
		if (waitMs > 0) return refusal("too-many-requests", { headers: retryAfter(waitMs) });
		const work = () => workOn(route, caller, { request, response, body });
		if (caller.call === undefined || route.method === "get") return await work();
		const what = createHash("sha256")
			.update(`${request.url}\n`)
			.update(await body())
			.digest("hex");
		return await calls.once(caller.call, what, work);
	}

	async function workOn(route: Route, caller: Caller, { request, response, body }: Call): Promise<Answer | undefined> {
		const id = idOf(caller, request.headers);
		if (id.kind === "fault") return refusal("bad-request", { detail: id.fault });
		const wish = await wishIn(route, request, body);
		if (wish.kind === "refused") return wish.answer;
		return await route.handle(site, {
			person: { by: caller.by, source: "http", ...(id.id !== undefined && { id: id.id }) },
			body: wish.body,
			query: wish.query,
			params: request.params as Record<string, string>,
			headers: request.headers as Record<string, string | undefined>,
			signal: signalOf(response),
			response,
			isWelcome: () => guardian.isStillGood(request),
		});
	}

	async function answerToGitHub(request: Request): Promise<Answer> {
		const body = once(() => readBody(request, gitHubBytesMax));
		if (!(await guardian.isFromGitHub(request, body))) return turnAway(request);
		const waitMs = changes.take("github");
		if (waitMs > 0) return refusal("too-many-requests", { headers: retryAfter(waitMs) });
		return await hear(site, request, await body());
	}

	/** Aborts when the caller hangs up, or the process ends. */
	function signalOf(response: Response): AbortSignal {
		const end = new AbortController();
		open.add(end);
		response.once("close", () => {
			open.delete(end);
			end.abort(over);
		});
		return end.signal;
	}

	/** The same for every cause, whatever it was. One who goes on and on is told to wait, and costs even less. */
	function turnAway(request: Request): Answer {
		const address = request.ip ?? "";
		refusals.note(address);
		const waitMs = failures.take(address);
		if (waitMs > 0) return refusal("too-many-requests", { headers: { ...retryAfter(waitMs), connection: "close" } });
		return refusal("unauthorized", { headers: { "www-authenticate": "Bearer" } });
	}
}

/** Why a signal aborts. An error, which it would make by itself, is costly, and nobody reads it. */
const over = "the call is over";

/** Of routes that are open to everybody. */
const anybody: Caller = { by: "http:anybody", scopes: [] };

/** What a page asks for that looks every second, with something to spare. */
const looksPerMinute = 600;
/** Of one address. Somebody who mistypes needs a few. */
const failuresPerMinute = 60;

function answering(answerOf: (request: Request, response: Response) => Promise<Answer | undefined>) {
	return async (request: Request, response: Response) => {
		try {
			const answer = await answerOf(request, response);
			if (answer !== undefined) send(response, answer);
		} catch (error) {
			// Nobody is there any more to be told.
			if (response.destroyed || response.headersSent) return void response.destroy();
			send(response, error instanceof BodyRefused ? error.answer : troubleOf(error));
		}
	};
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => {
		made ??= make();
		return made;
	};
}
