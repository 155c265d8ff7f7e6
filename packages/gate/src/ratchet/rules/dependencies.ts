import { type Property, propertiesOf } from "../reading/properties.ts";
import type { Found, Rule } from "../rule.ts";

const deps = (text: string) => ({ "package.json": `{ "name": "a", "dependencies": { ${text} } }\n` });

export const dependencies: Rule = {
	name: "dependencies",
	severity: "ask",
	reason: "A dependency is code of strangers that runs with ours.",
	*look({ diff }) {
		for (const file of diff.files) {
			if (!/(^|\/)package\.json$/.test(file.path)) continue;
			const before = propertiesOf(file, "before") ?? new Map<string, Property>();
			const after = propertiesOf(file, "after") ?? new Map<string, Property>();
			const versions = new Set(
				[...before.values()].filter(({ path }) => isDependency(path)).map(({ name, text }) => `${name} ${text}`),
			);
			for (const [path, is] of after) {
				// From one kind of dependency to another is no new code.
				if (!isDependency(path) || versions.has(`${is.name} ${is.text}`)) continue;
				yield { path: file.path, line: is.line, ...dependency(is, before.get(path)) };
			}
			for (const [path, { name }] of before)
				if (isDependency(path) && ![...after.values()].some((is) => is.name === name && isDependency(is.path)))
					yield { path: file.path, what: `no longer depends on ${name}`, severity: "note" };
		}
	},
	examples: {
		caught: [
			{ name: "a new one", before: deps('"a": "1.0.0"'), after: deps('"a": "1.0.0", "b": "1.0.0"') },
			{ name: "another version", before: deps('"a": "1.0.0"'), after: deps('"a": "2.0.0"') },
			{
				name: "from somewhere else",
				before: deps('"a": "1.0.0"'),
				after: deps('"a": "git+https://example.com/a.git"'),
			},
			{
				name: "in the place of another",
				before: deps('"a": "1.0.0"'),
				after: {
					"package.json":
						'{ "name": "a", "dependencies": { "a": "1.0.0" }, "overrides": { "vitest": "npm:evil@1.0.0" } }',
				},
			},
			{
				name: "a patch",
				before: deps('"a": "1.0.0"'),
				after: {
					"package.json":
						'{ "name": "a", "dependencies": { "a": "1.0.0" }, "pnpm": { "patchedDependencies": { "a": "a.patch" } } }',
				},
			},
		],
		passed: [
			{
				name: "of another kind",
				before: deps('"a": "1.0.0"'),
				after: { "package.json": '{ "name": "a", "devDependencies": { "a": "1.0.0" } }' },
			},
			{ name: "one less", before: deps('"a": "1.0.0", "b": "1.0.0"'), after: deps('"a": "1.0.0"') },
		],
	},
};

const form =
	/^((dev|optional|peer|bundled?)?[dD]ependencies|overrides|resolutions|pnpm\.(overrides|patchedDependencies|packageExtensions|onlyBuiltDependencies|neverBuiltDependencies|allowedDeprecatedVersions)|trustedDependencies|bundleDependencies|bundledDependencies|imports|dependenciesMeta)(\.|$)/;

function isDependency(path: string): boolean {
	return (
		form.test(path) &&
		!/^(overrides|resolutions|pnpm\.overrides|dependenciesMeta|(dev|optional|peer)?[dD]ependencies)$/.test(path)
	);
}

function dependency(is: Property, was: Property | undefined): Pick<Found, "what" | "severity"> {
	const version = String(is.value ?? is.text);
	if (/^(overrides|resolutions|pnpm\.|imports|trustedDependencies)/.test(is.path))
		return {
			what: `decides what stands for a dependency: \`${is.path}: ${version}\``,
			severity: /npm:|file:|link:|git|https?:/.test(version) ? "block" : "ask",
		};
	if (/^(git|https?:|github:|gitlab:|bitbucket:|file:|[\w-]+\/[\w-]+$)/.test(version) || /^npm:/.test(version))
		return { what: `takes ${is.name} from somewhere else: \`${version}\``, severity: "block" };
	// The version stands in the workspace.
	if (/^(workspace|catalog):/.test(version))
		return { what: `depends on ${is.name} of the workspace`, severity: "note" };
	return {
		what:
			was === undefined
				? `depends on ${is.name} ${version}`
				: `depends on ${is.name} ${version} instead of ${String(was.value)}`,
	};
}
