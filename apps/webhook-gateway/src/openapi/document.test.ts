import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { problems } from "../problem.ts";
import { allRoutes } from "../routes/all.ts";
import { aGateway } from "../testing/a-gateway.ts";
import { Traffic } from "../traffic.ts";

test("the document is OpenAPI 3.1, by the judgement of a validator, and tells every route", async () => {
	const { body } = await (await aGateway()).get("/openapi.json");
	const validator = new Validator();
	expect(await validator.validate(body)).toMatchObject({ valid: true });
	expect(validator.version).toBe("3.1");
	const told = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
		Object.keys(methods).map((method) => `${method} ${path}`),
	);
	const routes = allRoutes(new Traffic()).map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
	expect(told.sort()).toEqual(routes.sort());
	expect(body.paths["/stop"].post.requestBody.content["application/json"].schema).toMatchObject({
		additionalProperties: false,
		properties: { scope: { default: "all" } },
	});
	for (const code of Object.keys(problems)) expect(body.components.responses.Problem.description).toContain(code);
});

test("docs/formats/http.md tells every route and every cause of a refusal", () => {
	const text = readFileSync(new URL("../../../../docs/formats/http.md", import.meta.url), "utf8");
	for (const { path } of allRoutes(new Traffic())) expect(text).toMatch(new RegExp(`[ \`]${path}\``));
	for (const code of Object.keys(problems)) expect(text).toContain(`\`${code}\``);
});
