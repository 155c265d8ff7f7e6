// Tasks without end for the scripted coder: each adds a line to one file of the sample, good and different from all others.

/** Without those in which something is wrong: each of these is to be as it is, and one line more. */
const files = [
	"addresses/address",
	"addresses/book",
	"carriers/carrier",
	"carriers/choose",
	"carriers/message",
	"labels/barcode",
	"labels/label",
	"labels/sheet",
	"money/discount",
	"money/money",
	"money/vat",
	"parcels/parcel",
	"parcels/size",
	"quotes/surcharges",
	"reports/average",
	"reports/daily",
	"reports/on-time",
	"tracking/event",
	"tracking/journal",
	"tracking/timeline",
	"settings/numbers",
	"money/rounding",
	"parcels/weight",
	"tracking/notice",
].map((name) => `src/${name}.ts`);

export function taskAt(at) {
	const path = files[at % files.length];
	const title = `say in ${path} which number it has, once more (${at + 1})`;
	return { title, files: [path], edits: { [path]: { add: `\nexport const number${at + 1} = ${at + 1};\n` } } };
}
