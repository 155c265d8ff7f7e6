import { type Property, propertiesOf } from "../reading/properties.ts";
import type { Found, Rule } from "../rule.ts";

const config = (options: string, more = "") => ({
	"tsconfig.json": `{\n\t// How it is built.\n\t"compilerOptions": { ${options} }${more}\n}\n`,
});

export const weakerCompiler: Rule = {
	name: "weaker-compiler",
	severity: "block",
	reason: "A compiler that looks less closely, or at fewer files, finds fewer errors in the same code.",
	*look({ diff, kinds }) {
		for (const file of diff.files) {
			if (!kinds.isCompilerConfiguration(file.from ?? file.path)) continue;
			const before = propertiesOf(file, "before");
			const after = propertiesOf(file, "after");
			if (before === null && file.before === null) yield* ofNew(file.path, after);
			else if (after === null || before === null)
				yield { path: file.path, what: file.after === null ? "is deleted" : "cannot be parsed" };
			else yield* weaker(file.path, before, after);
		}
	},
	examples: {
		caught: [
			{ name: "strict is off", before: config('"strict": true'), after: config('"strict": false') },
			{
				name: "strict is gone",
				before: config('"strict": true, "target": "es2022"'),
				after: config('"target": "es2022"'),
			},
			{ name: "noCheck", before: config('"strict": true'), after: config('"strict": true, "noCheck": true') },
			{
				name: "one of the family",
				before: config('"strict": true'),
				after: config('"strict": true, "strictNullChecks": false'),
			},
			{
				name: "fewer files",
				before: config("", ', "include": ["src", "test"]'),
				after: config("", ', "include": ["src"]'),
			},
			{
				name: "more left out",
				before: config("", ', "exclude": ["dist"]'),
				after: config("", ', "exclude": ["dist", "src/cart.ts"]'),
			},
			{ name: "only some files", before: config(""), after: config("", ', "files": ["src/ok.ts"]') },
			{
				name: "libraries are not looked at",
				before: config('"strict": true'),
				after: config('"strict": true, "skipLibCheck": true'),
			},
			{
				name: "another one is extended",
				before: config("", ', "extends": "./base.json"'),
				after: config("", ', "extends": "./loose.json"'),
			},
		],
		passed: [
			{ name: "stricter", before: config('"strict": true'), after: config('"strict": true, "noUnusedLocals": true') },
			{
				name: "another target",
				before: config('"strict": true, "target": "es2022"'),
				after: config('"target": "es2023", "strict": true'),
			},
			{
				name: "more files",
				before: config("", ', "include": ["src"]'),
				after: config("", ', "include": ["src", "test"]'),
			},
			{
				name: "build output is left out",
				before: config("", ', "exclude": ["dist"]'),
				after: config("", ', "exclude": ["dist", "coverage"]'),
			},
		],
	},
};

const strict = ["strict", "noImplicitAny", "strictNullChecks", "strictFunctionTypes", "strictBindCallApply"]
	.concat([
		"strictPropertyInitialization",
		"strictBuiltinIteratorReturn",
		"noImplicitThis",
		"useUnknownInCatchVariables",
		"alwaysStrict",
	])
	.concat([
		"noUncheckedIndexedAccess",
		"exactOptionalPropertyTypes",
		"noImplicitOverride",
		"noImplicitReturns",
		"noFallthroughCasesInSwitch",
	])
	.concat(["noPropertyAccessFromIndexSignature", "noUnusedLocals", "noUnusedParameters", "noEmitOnError", "checkJs"])
	.concat([
		"noUncheckedSideEffectImports",
		"forceConsistentCasingInFileNames",
		"verbatimModuleSyntax",
		"isolatedModules",
		"erasableSyntaxOnly",
	]);
const loose = [
	"noCheck",
	"skipLibCheck",
	"skipDefaultLibCheck",
	"suppressImplicitAnyIndexErrors",
	"suppressExcessPropertyErrors",
].concat([
	"allowUnreachableCode",
	"allowUnusedLabels",
	"disableReferencedProjectLoad",
	"assumeChangesOnlyAffectDirectDependencies",
]);
const family = strict.slice(1, 10);

type Properties = ReadonlyMap<string, Property>;

function* weaker(path: string, before: Properties, after: Properties): Generator<Found> {
	const option = (from: Properties, name: string) => from.get(`compilerOptions.${name}`);
	for (const name of strict) {
		const was = option(before, name)?.value;
		const is = option(after, name);
		if (was === true && is?.value !== true) yield { path, what: `no longer has the compiler's \`${name}\``, ...at(is) };
		// A member of the family is on as long as nobody says otherwise.
		else if (family.includes(name) && is?.value === false && was !== false)
			yield { path, what: `switches off the compiler's \`${name}\``, ...at(is) };
	}
	for (const name of loose) {
		const is = option(after, name);
		if (is?.value === true && option(before, name)?.value !== true)
			yield { path, what: `lets the compiler look away with \`${name}\``, ...at(is) };
	}
	yield* fewerFiles(path, before, after);
	for (const name of [
		"extends",
		"references",
		"compilerOptions.paths",
		"compilerOptions.types",
		"compilerOptions.plugins",
	]) {
		const is = after.get(name);
		if (before.get(name)?.text !== is?.text)
			yield { path, what: `changes the compiler's \`${name}\``, severity: "ask", ...at(is) };
	}
}

function* fewerFiles(path: string, before: Properties, after: Properties): Generator<Found> {
	for (const name of ["include", "files"]) {
		const was = before.get(name)?.items;
		const is = after.get(name);
		if (is === undefined && was == null) continue;
		const isLess =
			was == null ? is !== undefined : was.some((item) => !(is?.items ?? []).includes(item)) && is !== undefined;
		if (isLess) yield { path, what: `lets the compiler look at fewer files with \`${name}\``, ...at(is) };
	}
	const was = before.get("exclude")?.items ?? [];
	const is = after.get("exclude");
	const more = (is?.items ?? []).filter((item) => !was.includes(item) && !isOutput(item));
	if (more.length > 0 || (is !== undefined && is.items === null))
		yield { path, what: `lets the compiler leave out ${more.join(", ")}`, ...at(is) };
}

function isOutput(item: string): boolean {
	return /^"(?:\.\/|\*\*\/)?(?:dist|build|out|coverage|node_modules|tmp|\.[\w-]+)(?:\/\*{0,2}(?:\/\*)?)?"$/.test(item);
}

function* ofNew(path: string, after: Properties | null): Generator<Found> {
	if (after === null) return;
	for (const name of ["noCheck", "strict", ...family]) {
		const is = after.get(`compilerOptions.${name}`);
		if (is?.value === (name === "noCheck"))
			yield {
				path,
				what: `comes with the compiler's \`${name}: ${is.text}\``,
				severity: name === "noCheck" ? "block" : "ask",
				...at(is),
			};
	}
}

function at(property: Property | undefined): { line?: number } {
	return property === undefined ? {} : { line: property.line };
}
