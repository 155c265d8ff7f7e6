import type ts from "typescript";
import type { Proposal } from "../fixes/fix.ts";
import type { Look } from "../language/language.ts";
import type { Lead } from "./failing-test.ts";

export interface Behaviour {
	readonly name: string;
	propose(scene: Scene): Proposal | undefined;
}

/** A failing test, and the function that it calls. */
export interface Scene extends Look {
	readonly lead: Lead;
	readonly body: ts.Block | ts.Expression;
	readonly parameters: readonly ts.ParameterDeclaration[];
	readonly declaration: ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;
}
