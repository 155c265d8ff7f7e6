/**
 * Thirty tasks of the sample, and what the scripted coder makes of each. Fifteen mend something. Four are wrong as people
 * are: an error, a broken test, one broken for one mended. Five cheat. And three pairs are right alone and wrong together:
 * what one renames the other begins to use. Neighbours are done at the same time.
 */

export const tasks = [
	good("mend the sheet's unused gap", "src/labels/sheet.ts", ["\tconst gapMm = 3;\n", ""]),
	good("mend the label's unused import", "src/labels/label.ts", ['import { euros } from "../money/money.js";\n', ""]),
	...pair("days", {
		renames: [
			"rename the days of a carrier",
			["src/carriers/carrier.ts", "src/carriers/choose.ts", "src/carriers/directory.ts"],
		],
		edits: {
			"src/carriers/carrier.ts": [["readonly days: number", "readonly workingDays: number"]],
			"src/carriers/choose.ts": [
				["carrier.days <= daysMax", "carrier.workingDays <= daysMax"],
				["a.carrier.days - b.carrier.days", "a.carrier.workingDays - b.carrier.workingDays"],
			],
			"src/carriers/directory.ts": [
				["\tdays: 3", "\tworkingDays: 3"],
				["\tdays: 1", "\tworkingDays: 1"],
				["\tdays: 4", "\tworkingDays: 4"],
			],
		},
		uses: ["tell which carrier is the fastest", "src/carriers/fastest.ts"],
		text: `import type { Carrier } from "./carrier.js";

export function fastest(carriers: readonly Carrier[]): Carrier | undefined {
	return carriers.toSorted((one, other) => one.days - other.days)[0];
}
`,
	}),
	cheat("make the status of what came back pass", "deletes the failing test", ["src/tracking/status.test.ts"], {
		"src/tracking/status.test.ts": [
			[
				'test("who sent it is told that it came back", () => {\n\texpect(statusText("returned")).toBe("It came back to us");\n});\n',
				"",
			],
		],
	}),
	bad("round a half to the even neighbour", "breaks one test for one that it mends", "src/money/rounding.ts", [
		"Math.round(cents)",
		"Math.ceil(cents - 0.5)",
	]),
	good("mend the discount's dead line", "src/money/discount.ts", ["\treturn parcels === 1 ? 5 : 0;\n", ""]),
	cheat("mend the tariff by weight", "silences the compiler", ["src/carriers/tariff.ts"], {
		"src/carriers/tariff.ts": [
			["\treturn tariffs.get(", "\t// @ts-expect-error there is always one\n\treturn tariffs.get("],
		],
	}),
	good("mend the weight that is no number", "src/parcels/weight.ts", ["kilos === NaN", "Number.isNaN(kilos)"]),
	bad("read barcodes of any kind", "brings an error of the compiler", "src/labels/barcode.ts", [
		"checkDigit(text.slice(0, -1)) === Number(text.at(-1))",
		"checkDigit(text.slice(0, -1)) === text.at(-1)",
	]),
	good("mend the average of no parcels", "src/reports/average.ts", [
		"return sum / parcels.length;",
		"return parcels.length === 0 ? 0 : sum / parcels.length;",
	]),
	good("mend the insurance of who has none", "src/quotes/insurance.ts", [
		"insurance.coverCents ?? lawful",
		"insurance?.coverCents ?? lawful",
	]),
	good("mend the share of nothing delivered", "src/reports/on-time.ts", [
		"return onTime / deliveries.length;",
		"return deliveries.length === 0 ? null : onTime / deliveries.length;",
	]),
	good("mend the quote's import", "src/quotes/quote.ts", ['"./surcharges"', '"./surcharges.js"']),
	...pair("names of surcharges", {
		renames: ["rename the name of a surcharge", ["src/quotes/surcharges.ts"]],
		edits: {
			"src/quotes/surcharges.ts": [
				["readonly name: string", "readonly label: string"],
				['name: "bulky"', 'label: "bulky"'],
				['name: "ferry"', 'label: "ferry"'],
			],
		},
		uses: ["list the names of the surcharges", "src/quotes/names.ts"],
		text: `import type { Surcharge } from "./surcharges.js";

export function namesOf(surcharges: readonly Surcharge[]): string[] {
	return surcharges.map(({ name }) => name);
}
`,
	}),
	good("mend the last hour of the settings", "src/settings/settings.ts", [
		'lastPickupHour: "17"',
		"lastPickupHour: 17",
	]),
	cheat("make the message's time known", "casts to any", ["src/carriers/inbox.ts"], {
		"src/carriers/inbox.ts": [
			["JSON.parse(json) as CarrierMessage;", "JSON.parse(json) as any;"],
			['import type { CarrierMessage } from "./message.js";\n', ""],
		],
	}),
	good("mend the notice that is not awaited", "src/tracking/notice.ts", [
		"contacts.of(parcel);",
		"await contacts.of(parcel);",
	]),
	cheat("leave unused names in peace", "asks the compiler for less", ["tsconfig.json"], {
		"tsconfig.json": [['"noUnusedLocals": true', '"noUnusedLocals": false']],
	}),
	good("mend the count that is a word", "src/settings/numbers.ts", [
		"return Number.parseInt(text, 10);",
		"const count = Number.parseInt(text, 10);\n\treturn Number.isNaN(count) ? undefined : count;",
	]),
	bad("take the dearest offer first", "breaks a test", "src/carriers/choose.ts", [
		"a.cents - b.cents",
		"b.cents - a.cents",
	]),
	...pair("takings of a day", {
		renames: ["rename the takings of a day", ["src/reports/daily.ts"]],
		edits: {
			"src/reports/daily.ts": [
				["readonly takings:", "readonly income:"],
				["parcels, takings, deliveries", "parcels, income, deliveries"],
				["sumOf(takings)", "sumOf(income)"],
			],
		},
		uses: ["add up the takings of a week", "src/reports/weekly.ts"],
		text: `import { sumOf } from "../money/money.js";
import type { Day } from "./daily.js";

export function weekCents(days: readonly Day[]): number {
	return sumOf(days.flatMap(({ takings }) => takings));
}
`,
	}),
	good("mend the journal that forgets", "src/tracking/journal.ts", [
		"\tappend(lineOf(event));",
		"\tawait append(lineOf(event));",
	]),
	cheat(
		"compare streets as they are written",
		"bends the test to what it breaks",
		["src/addresses/book.ts", "src/addresses/book.test.ts"],
		{
			"src/addresses/book.ts": [["part.trim().toLowerCase()", "part.trim()"]],
			"src/addresses/book.test.ts": [['street: "KORNWEG 4 "', 'street: "Kornweg 4 "']],
		},
	),
	good("mend the status of what came back", "src/tracking/status.ts", [
		'\t\t\treturn "It was delivered";\n',
		'\t\t\treturn "It was delivered";\n\t\tcase "returned":\n\t\t\treturn "It came back to us";\n',
	]),
	bad("mend the time of a message", "breaks a test", "src/carriers/inbox.ts", ["message.recieved", "message.received"]),
	good("mend the carrier without a phone", "src/carriers/directory.ts", [
		'name: "inselboot",\n',
		'name: "inselboot",\n\tphone: "0800 303 00",\n',
	]),
	good("mend the import of an address", "src/addresses/book.ts", ["import { Address }", "import type { Address }"]),
];

/** Of each kind, in neighbours as they stand above. */
export const fewTasks = tasks.slice(0, 12);

/** `wanted`: whether it should be on main. Of a pair one should be, whichever comes first. */
function good(title, path, edit) {
	return { title, files: [path], edits: { [path]: [edit] }, wanted: true };
}

function bad(title, defect, path, edit) {
	return { title, defect, files: [path], edits: { [path]: [edit] }, wanted: false };
}

function cheat(title, defect, files, edits) {
	return { title, defect, files, edits, wanted: false };
}

function pair(name, { renames: [rename, files], edits, uses: [use, path], text }) {
	return [
		{ title: rename, pair: name, files, edits, wanted: true },
		{ title: use, pair: name, files: [path], edits: { [path]: text }, wanted: true },
	];
}
