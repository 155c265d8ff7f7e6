/** Writes an answer. Nothing of it may be kept, framed, sniffed or run by a browser. */
import { harmlessJson } from "@shopfloor/core";
import type { Request, Response } from "express";
import type { Answer } from "./problem.ts";

export function send(response: Response, { status, body, type = "application/json", headers = {} }: Answer): void {
	const { req: request } = response;
	const text = Buffer.from(typeof body === "string" ? body : `${harmlessJson(body)}\n`);
	response.writeHead(status, {
		...safe,
		"content-type": `${type}; charset=utf-8`,
		"content-length": text.length,
		// What was not read of a body is not waited for.
		...(request.complete || !hasBody(request) ? {} : { connection: "close" }),
		...headers,
	});
	response.end(text);
}

function hasBody({ headers }: Request): boolean {
	return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

const safe = {
	"cache-control": "no-store",
	"content-security-policy": "default-src 'none'; frame-ancestors 'none'",
	"cross-origin-resource-policy": "same-origin",
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
};
