/** Comments of a file, and nothing of a text or a pattern that only looks like one. */
import ts from "typescript";

export interface Comment {
	readonly line: number;
	readonly text: string;
	/** All lines that it stands on. */
	readonly lines: readonly number[];
}

export function commentsOf(tree: ts.SourceFile): readonly Comment[] {
	const { text } = tree;
	const places = new Map<number, ts.CommentRange>();
	const add = (ranges: readonly ts.CommentRange[] | undefined) => {
		for (const range of ranges ?? []) places.set(range.pos, range);
	};
	const visit = (node: ts.Node): void => {
		const children = node.getChildren(tree);
		if (children.length > 0) for (const child of children) visit(child);
		else if (node.kind !== ts.SyntaxKind.JsxText) {
			// In front of text between tags, what looks like a comment is text.
			add(ts.getLeadingCommentRanges(text, node.pos));
			if (!isBeforeJsxText(node)) add(ts.getTrailingCommentRanges(text, node.end));
		}
	};
	visit(tree);
	return [...places.values()]
		.sort((one, other) => one.pos - other.pos)
		.map(({ pos, end }) => {
			const first = tree.getLineAndCharacterOfPosition(pos).line + 1;
			const last = tree.getLineAndCharacterOfPosition(end).line + 1;
			return {
				line: first,
				text: text.slice(pos, end),
				lines: Array.from({ length: last - first + 1 }, (_, index) => first + index),
			};
		});
}

function isBeforeJsxText(node: ts.Node): boolean {
	const { parent } = node;
	const ends = ts.isJsxOpeningElement(parent) || ts.isJsxClosingElement(parent) || ts.isJsxSelfClosingElement(parent);
	return (ends || ts.isJsxExpression(parent) || ts.isJsxOpeningFragment(parent)) && node.end === parent.end;
}
