// Who may import whom: everything about direction is said here, once. A package is seen through its `exports`,
// which lead into dist/, so the packages are built before they are cruised.

const PURE = "(^packages/core/(src|dist)/(index[.]|model/|person/[^/]+/)|^apps/[^/]+/src/(decide|messages)[.]ts$)";
// Those that decide by values alone, and may name the types of what others did.
const DECIDES =
	"^apps/(scheduler/src/(footprints|machine|collecting/decide|tasks/(?!act|note|observe|testing/)[^/]+)|cto-reviewer/src/review/(decide|opinions)|ralph-worker/src/cycle/(handed-on|relevant)|moltbot/src/(times|sentences|chat/(rich|trouble|outage|patience|read-update)|hear/(command|messages)|push/(news|decide|messages)|question/(fate|buttons|messages)))[.]ts$";
const TEST = "([.](test|contract)[.]ts$|/testing/|^tests/|^packages/twins/|^packages/[^/]+/fixtures/)";

export default {
	forbidden: [
		rule("no-circular", "A cycle means two modules are one.", {}, { circular: true }),
		rule("resolvable", "What is imported exists.", {}, { couldNotResolve: true }),
		rule("declared", "What is imported is declared.", {}, { dependencyTypes: ["npm-no-pkg", "npm-unknown"] }),
		rule(
			"apps-are-islands",
			"Nobody imports an app: processes meet only in the log and the queues.",
			{ path: "^((apps/)?[^/]+)/" },
			{ path: "^apps/", pathNot: "^$1/" },
		),
		rule(
			"packages-rest-on-core",
			"A package uses core and itself, its tests the twins, which imitate the outside of all of them.",
			{ path: "^packages/([^/]+)/", pathNot: "^packages/twins/" },
			{ path: "^packages/", pathNot: "^packages/(core|twins|$1)/" },
		),
		rule(
			"packages-by-their-doors",
			"From outside, a package is what it exports.",
			// Stories may share what the fixtures are made of.
			{ path: "^((packages/)?[^/]+)/", pathNot: "^tests/soak/" },
			{ path: "^packages/", pathNot: ["^$1/", "^packages/[^/]+/dist/((io|person|testing)/)?index[.]d[.]ts$"] },
		),
		rule(
			"person-rests-on-the-floor",
			"What a person can ask is said in the floor's terms, by one way for all surfaces.",
			{ path: "^packages/core/src/person/", pathNot: TEST },
			{ path: "^packages/", pathNot: "^packages/core/src/(model|io|person)/" },
		),
		rule(
			"nothing-in-core-rests-on-person",
			"Processes and their floor work whether or not somebody asks.",
			{ path: "^packages/core/src/", pathNot: ["^packages/core/src/person/", TEST] },
			{ path: "^packages/core/src/person/" },
		),
		rule(
			"pure-imports-pure",
			"Decisions are data in, data out.",
			{ path: PURE, pathNot: TEST },
			{ pathNot: [PURE, "/node_modules/zod/"] },
		),
		rule(
			"decisions-know-no-deeds",
			"What decides is handed what was seen, and hands back what is to be done.",
			{ path: DECIDES, pathNot: TEST },
			{ pathNot: [PURE, DECIDES, "/node_modules/zod/"], dependencyTypesNot: ["type-only"] },
		),
		rule("fakes-never-ship", "Test code stays in tests.", { pathNot: TEST }, { path: TEST }),
	],
	options: {
		doNotFollow: { path: ["node_modules", "^(apps|packages)/[^/]+/dist/"] },
		tsPreCompilationDeps: true,
		enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "default"] },
	},
};

function rule(name, comment, from, to) {
	return { name, comment, severity: "error", from, to };
}
