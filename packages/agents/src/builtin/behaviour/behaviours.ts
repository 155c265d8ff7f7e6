/**
 * Faults that compile. The agent cannot run tests, so each of these needs a failing test that points to one function and
 * says by its message what is wrong; the value it puts in is one that stands in the test, and never for the one case of
 * the test only. Whether the test passes afterwards, the factory finds out.
 */
import ts from "typescript";
import { descendants } from "../fixes/nodes.ts";
import type { Look } from "../language/language.ts";
import type { Lead } from "./failing-test.ts";
import { floatingPromise } from "./floating-promise.ts";
import { missingCase } from "./missing-case.ts";
import { nanDivision } from "./nan-division.ts";
import { nanParse } from "./nan-parse.ts";
import type { Behaviour, Scene } from "./scene.ts";

export const behaviours: readonly Behaviour[] = [nanDivision, nanParse, missingCase, floatingPromise];

/** Only a function of its own, with one declaration. */
export function sceneOf(lead: Lead, look: Look): Scene | undefined {
	const named = [
		...descendants(look.source, ts.isFunctionDeclaration).filter(({ name }) => name?.text === lead.name),
		...descendants(look.source, ts.isVariableDeclaration).flatMap(({ name, initializer }) =>
			ts.isIdentifier(name) && name.text === lead.name && initializer !== undefined && isFunction(initializer)
				? [initializer]
				: [],
		),
	].filter((each) => each.body !== undefined);
	const [declaration] = named;
	if (declaration?.body === undefined || named.length !== 1) return undefined;
	return { ...look, lead, declaration, body: declaration.body, parameters: declaration.parameters };
}

function isFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
	return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}
