import ts from "typescript";

/** As the file itself is written. */
export function formattingOf(text: string): ts.FormatCodeSettings {
	const settings = ts.getDefaultFormatCodeSettings(newLineOf(text));
	const indent = /^(\t| +)\S/m.exec(text)?.[1] ?? "    ";
	const size = indent === "\t" ? 4 : Math.min(indent.length, 8);
	return {
		...settings,
		convertTabsToSpaces: indent !== "\t",
		indentSize: size,
		tabSize: size,
		semicolons: /;[ \t]*$/m.test(text) ? ts.SemicolonPreference.Ignore : ts.SemicolonPreference.Remove,
	};
}

export function newLineOf(text: string): string {
	return /\r\n/.test(text) ? "\r\n" : "\n";
}
