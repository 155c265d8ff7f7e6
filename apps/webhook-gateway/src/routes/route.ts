/** What the gateway can be asked: where, by whom, in which form. The server and the document are made of it. */
import type { TokenScope } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";
import type { Person } from "@shopfloor/core/person";
import type { Response } from "express";
import type { z } from "zod";
import type { Admission } from "../admission.ts";
import type { Live } from "../live.ts";
import type { Answer } from "../problem.ts";

/** What all routes stand on. */
export interface Site {
	readonly world: World;
	readonly live: Live;
	readonly admission: Admission;
	/** Aborts when the process ends. */
	readonly ended: AbortSignal;
}

export interface Asked<B, Q> {
	readonly person: Person;
	readonly body: B;
	readonly query: Q;
	readonly params: Readonly<Record<string, string>>;
	/** Aborts when the caller hangs up, or the process ends. */
	readonly signal: AbortSignal;
	/** For what is told bit by bit. */
	readonly response: Response;
	readonly headers: Readonly<Record<string, string | undefined>>;
	isWelcome(): Promise<boolean>;
}

export interface Route {
	readonly method: "get" | "post";
	/** `/tasks/:id` */
	readonly path: string;
	/** Any of these; `open` is for everybody. */
	readonly scopes: readonly TokenScope[] | "open";
	readonly summary: string;
	readonly body?: z.ZodType | undefined;
	readonly query?: z.ZodType | undefined;
	/** By status, what is said; those of refusals are the same everywhere. */
	readonly answers: Readonly<Record<number, Said>>;
	/** Undefined when it has answered by itself. */
	handle(site: Site, asked: Asked<unknown, unknown>): Promise<Answer | undefined>;
}

export interface Said {
	readonly what: string;
	readonly schema?: z.ZodType;
	/** When it is not JSON. */
	readonly type?: string;
}

interface Shaped<B extends z.ZodType, Q extends z.ZodType> extends Omit<Route, "body" | "query" | "handle"> {
	readonly body?: B;
	readonly query?: Q;
	handle(site: Site, asked: Asked<z.infer<B>, z.infer<Q>>): Promise<Answer | undefined>;
}

/** Whoever takes a route from the list knows its shapes no more; they were checked before it is called. */
export function route<B extends z.ZodType, Q extends z.ZodType>(shaped: Shaped<B, Q>): Route {
	return shaped as Route;
}
