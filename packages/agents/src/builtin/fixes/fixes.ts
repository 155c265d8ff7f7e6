/** All fixes, the surest first. */
import { fileEnding } from "./file-ending.ts";
import type { Fix } from "./fix.ts";
import { languageFixes } from "./language-fixes.ts";
import { numericLiteral } from "./numeric-literal.ts";
import { possiblyUndefined } from "./possibly-undefined.ts";
import { unusedImport } from "./unused-import.ts";
import { unusedLocal } from "./unused-local.ts";
import { unusedParameter } from "./unused-parameter.ts";

export const fixes: readonly Fix[] = [
	fileEnding,
	...languageFixes,
	numericLiteral,
	possiblyUndefined,
	unusedImport,
	unusedParameter,
	unusedLocal,
];
