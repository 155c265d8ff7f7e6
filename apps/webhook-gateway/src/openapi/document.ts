/** The OpenAPI 3.1 document, made of the very routes and shapes that requests are held to. Pure. */
import { z } from "zod";
import { problems } from "../problem.ts";
import type { Route, Said } from "../routes/route.ts";

type Json = Readonly<Record<string, unknown>>;

export function document(routes: readonly Route[]): Json {
	const paths: Record<string, Record<string, Json>> = {};
	for (const route of routes) {
		const path = route.path.replace(/:(\w+)/g, "{$1}");
		paths[path] = { ...paths[path], [route.method]: operation(route) };
	}
	return {
		openapi: "3.1.0",
		info: {
			title: "Shopfloor",
			version: "1.0.0",
			summary: "The factory, for people and programs.",
			license: { name: "MIT", identifier: "MIT" },
		},
		servers: [{ url: "/" }],
		paths,
		components: {
			securitySchemes: {
				token: { type: "http", scheme: "bearer", description: "Made by: npx shopfloor token create" },
				signature: {
					type: "apiKey",
					in: "header",
					name: "webhook-signature",
					description: "Standard Webhooks: with webhook-id and webhook-timestamp. Good for the scope trigger.",
				},
			},
			schemas: { Problem: { ...problemSchema } },
			responses: {
				Problem: {
					description: `Refused. The type is urn:shopfloor:problem: and one of ${Object.keys(problems).join(", ")}.`,
					content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
				},
			},
		},
	};
}

function operation(route: Route): Json {
	const { method, path, scopes, summary, body, answers } = route;
	const isSigned = scopes !== "open" && scopes.includes("trigger");
	return {
		operationId: `${method}${path.replace(/[/:.-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
		summary,
		...(scopes === "open"
			? { security: [] }
			: {
					security: [{ token: [] }, ...(isSigned ? [{ signature: [] }] : [])],
					description: `Scope: ${scopes.join(" or ")}.`,
				}),
		parameters: [...pathParameters(path), ...queryParameters(route), ...headerParameters(route)],
		...(body !== undefined && {
			requestBody: { required: isNeeded(body), content: { "application/json": { schema: schemaOf(body) } } },
		}),
		responses: {
			...Object.fromEntries(Object.entries(answers).map(([status, said]) => [status, response(said)])),
			default: { $ref: "#/components/responses/Problem" },
		},
	};
}

function pathParameters(path: string): Json[] {
	return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
		name,
		in: "path",
		required: true,
		schema: { type: "string" },
	}));
}

function queryParameters({ query }: Route): Json[] {
	const { properties = {} } = query === undefined ? {} : (schemaOf(query) as { properties?: Record<string, Json> });
	return Object.entries(properties).map(([name, { description, ...schema }]) => ({
		name,
		in: "query",
		...(description !== undefined && { description }),
		schema,
	}));
}

function headerParameters({ method, path }: Route): Json[] {
	const header = (name: string, description: string) => ({
		name,
		in: "header",
		description,
		schema: { type: "string" },
	});
	if (path === "/events") return [header("Last-Event-ID", "The number of the last entry that was received.")];
	if (method === "get") return [];
	return [header("Idempotency-Key", "The same request under the same key is done once, also after a restart.")];
}

function response({ what, schema, type = "application/json" }: Said): Json {
	return { description: what, content: { [type]: { schema: schema === undefined ? {} : schemaOf(schema, "output") } } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output" = "input"): Json {
	const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
	return rest;
}

/** Nothing at all stands for an empty object. */
function isNeeded(body: z.ZodType): boolean {
	return !body.safeParse({}).success;
}

const problemSchema = {
	type: "object",
	description: "RFC 9457.",
	required: ["type", "title", "status"],
	properties: {
		type: { type: "string", examples: ["urn:shopfloor:problem:unauthorized"] },
		title: { type: "string" },
		status: { type: "integer" },
		detail: { type: "string" },
		faults: {
			type: "array",
			items: {
				type: "object",
				required: ["at", "message"],
				properties: { at: { type: "string" }, message: { type: "string" } },
			},
		},
	},
};
