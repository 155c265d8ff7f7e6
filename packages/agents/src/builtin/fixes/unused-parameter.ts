/**
 * A parameter that nobody uses gets the `_` by which its author says so. It is never taken away: whoever calls the
 * function counts on the places of the others.
 */
import ts from "typescript";
import type { Fix, Left, Place, Proposal } from "./fix.ts";
import { ancestor } from "./nodes.ts";
import { unlessUseIsUnknown } from "./unknown-names.ts";

export const unusedParameter: Fix = { name: "unused-parameter", codes: [6133], api: "true-to-run-time", propose };

function propose(place: Place): Proposal | Left | undefined {
	const { node, checker } = place;
	const parameter = ancestor(node, ts.isParameter);
	if (parameter === undefined || parameter.name !== node || !ts.isIdentifier(node)) return undefined;
	const unknown = unlessUseIsUnknown(place);
	if (unknown !== undefined) return unknown;
	if (ts.isParameterPropertyDeclaration(parameter, parameter.parent)) return { left: "it is a property as well" };
	const name = `_${node.text}`;
	const taken = checker.getSymbolsInScope(node, ts.SymbolFlags.Value).some((symbol) => symbol.name === name);
	if (taken) return { left: `${name} is the name of something else` };
	const changes = [{ start: node.getStart(), length: 0, text: "_" }];
	return { changes, why: `${node.text} became ${name}, because the function has to take it and does not use it` };
}
