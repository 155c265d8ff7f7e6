/** A small change of a source that a test of it should see. */

export interface Mutant {
	/** The same for the same text of the same file. */
	readonly id: string;
	readonly file: string;
	readonly line: number;
	/** For people: "`<` becomes `<=`". */
	readonly what: string;
	readonly start: number;
	readonly end: number;
	readonly replacement: string;
	readonly form: Form;
	/** The function it stands in, counted through the file; 0 is outside of any. */
	readonly scope: number;
	/** Of those of one function, the lower ones are tried first. */
	readonly rank: number;
}

type Form =
	/** An expression that gives something else. */
	| { readonly kind: "value" }
	/** A text in an element, where an expression needs braces. */
	| { readonly kind: "attribute" }
	/** An expression that is true or false, and gives the other. */
	| { readonly kind: "negation" }
	/** Two operands, both of which are computed in any case; the place is that of the operator between them. */
	| { readonly kind: "operator"; readonly operator: string; readonly from: number; readonly to: number }
	| { readonly kind: "statement" }
	/** A function that does nothing; `at` is behind its directives. */
	| { readonly kind: "body"; readonly at: number };

/** Before it has a place in a file. */
export type Mutation = Omit<Mutant, "id" | "file" | "line">;
