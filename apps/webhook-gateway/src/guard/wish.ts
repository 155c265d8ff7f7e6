/** What is wanted, if it has the form that the route takes: every fault of it at once. */
import { cut, oneLine } from "@shopfloor/core";
import type { Request } from "express";
import type { z } from "zod";
import { type Answer, type Fault, refusal } from "../problem.ts";
import type { Route } from "../routes/route.ts";
import { isJson } from "./body.ts";
import { strictJson } from "./strict-json.ts";

export type Wish =
	| { readonly kind: "wish"; readonly body: unknown; readonly query: unknown }
	| { readonly kind: "refused"; readonly answer: Answer };

export async function wishIn(route: Route, request: Request, bytes: () => Promise<Buffer>): Promise<Wish> {
	const given = route.body === undefined ? nothing : await bodyIn(request, await bytes());
	if (given.kind === "refused") return given;
	const asked = queryIn(request.url);
	if (asked.kind === "refused") return asked;
	const body = route.body?.safeParse(given.value);
	const query = route.query?.safeParse(asked.value);
	const faults = [...faultsIn("body", body?.error), ...faultsIn("query", query?.error)];
	if (faults.length > 0)
		return { kind: "refused", answer: refusal("invalid", { faults: faults.slice(0, faultsMost) }) };
	return { kind: "wish", body: body?.data, query: query?.data };
}

type Read = { readonly kind: "read"; readonly value: unknown } | Extract<Wish, { kind: "refused" }>;

const nothing: Read = { kind: "read", value: undefined };

async function bodyIn(request: Request, bytes: Buffer): Promise<Read> {
	if (!isJson(request, bytes)) return { kind: "refused", answer: refusal("not-json") };
	if (bytes.length === 0) return { kind: "read", value: {} };
	const json = strictJson(bytes);
	if (json.kind === "fault") return { kind: "refused", answer: refusal("bad-json", { detail: json.fault }) };
	return { kind: "read", value: json.value };
}

function queryIn(url: string): Read {
	const at = url.indexOf("?");
	const pairs = at === -1 ? [] : [...new URLSearchParams(url.slice(at))];
	const names = pairs.map(([name]) => name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice === undefined) return { kind: "read", value: Object.fromEntries(pairs) };
	const faults = [{ at: `query.${shown(twice)}`, message: "stands twice" }];
	return { kind: "refused", answer: refusal("invalid", { faults }) };
}

function faultsIn(where: string, error: z.ZodError | undefined): Fault[] {
	return (error?.issues ?? []).map(({ path, message }) => ({
		at: shown([where, ...path.map(String)].join(".")),
		message: shown(message),
	}));
}

function shown(text: string): string {
	return oneLine(cut(text, shownMax));
}

const shownMax = 300;
const faultsMost = 20;
