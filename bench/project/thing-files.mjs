// One thing of the shop: its model, rules, store, service and view, each on top of the layers below, and a test that goes
// through all of them. `Thing` and `Owner` stand for names; a thing belongs to one that came before it.

export function thingFiles({ name, owner, limits, states }) {
	const named = (text) =>
		text
			.replaceAll("Thing", titled(name))
			.replaceAll("thing", name)
			.replaceAll("Owner", owner === undefined ? "" : titled(owner))
			.replaceAll("owner", owner ?? "")
			.replaceAll("9001", String(limits.count))
			.replaceAll("9002", String(limits.name))
			.replaceAll("9003", String(limits.discountFrom))
			.replaceAll("9004", String(limits.percent))
			.replaceAll('"first", "second", "third"', states.map((state) => JSON.stringify(state)).join(", "))
			.replaceAll('"first"', JSON.stringify(states[0]))
			.replaceAll('"second"', JSON.stringify(states[1]))
			.replaceAll('"third"', JSON.stringify(states[2]));
	const templates = owner === undefined ? alone : owned;
	return Object.fromEntries(
		Object.entries(templates).map(([path, text]) => [path.replace("thing", name), named(text)]),
	);
}

function titled(name) {
	return name[0].toUpperCase() + name.slice(1);
}

/** Lines that begin with `@` are about the owner. */
const lines = {
	"src/model/thing.ts": `import type { Id } from "../base/branded.ts";
import { type Day, dayOf } from "../base/day.ts";
import { type Money, money } from "../base/money.ts";
@import type { Owner } from "./owner.ts";

export const thingStates = ["first", "second", "third"] as const;
export type ThingState = (typeof thingStates)[number];

export interface Thing {
	readonly id: Id<"thing">;
	readonly name: string;
	readonly count: number;
	readonly price: Money;
	readonly since: Day;
	readonly state: ThingState;
	readonly tags: readonly string[];
@	readonly owner: Owner["id"] | null;
}

export type NewThing = Pick<Thing, "id"> & Partial<Omit<Thing, "id">>;

export function newThing(given: NewThing): Thing {
	return {
		name: "unnamed",
		count: 1,
		price: money(100),
		since: dayOf("2026-01-01"),
		state: "first",
		tags: [],
@		owner: null,
		...given,
	};
}
`,
	"src/rules/thing.ts": `import { by, type Compare, down, inTurn } from "../base/compare.ts";
import { type Day, daysBetween } from "../base/day.ts";
import { type Fault, fault, longer, outside } from "../base/fault.ts";
import { less, type Money, times } from "../base/money.ts";
import { failed, ok, type Result } from "../base/result.ts";
import { type Thing, type ThingState, thingStates } from "../model/thing.ts";

export const thingLimits = { count: { least: 0, most: 9001 }, nameMax: 9002, discountFrom: 9003, percent: 9004 } as const;

export type ThingFault = Fault<keyof Thing>;

export function checkThing(thing: Thing): Result<Thing, readonly ThingFault[]> {
	const faults: ThingFault[] = [
		...outside("count", thing.count, thingLimits.count),
		...longer("name", thing.name, thingLimits.nameMax),
		...(thing.price.cents < 0 ? [fault("price", "less than nothing")] : []),
	];
	return faults.length === 0 ? ok(thing) : failed(faults);
}

export function worthOfThing({ price, count }: Thing): Money {
	const worth = times(price, count);
	return count >= thingLimits.discountFrom ? less(worth, thingLimits.percent) : worth;
}

export function nextThingState(state: ThingState): ThingState | undefined {
	return thingStates[thingStates.indexOf(state) + 1];
}

export function ageOfThing({ since }: Thing, today: Day): number {
	return Math.max(0, daysBetween(since, today));
}

export const byWorthOfThing: Compare<Thing> = inTurn(
	down(by((thing) => worthOfThing(thing).cents)),
	by(({ name }) => name),
);
`,
	"src/store/thing.ts": `import { type Money, sumOf } from "../base/money.ts";
import { type Page, pageOf } from "../base/page.ts";
import { Table } from "../base/table.ts";
import type { Thing, ThingState } from "../model/thing.ts";
@import type { Owner } from "../model/owner.ts";
import { byWorthOfThing, worthOfThing } from "../rules/thing.ts";

export class ThingStore extends Table<Thing> {
	named(name: string): Thing | undefined {
		return this.where((thing) => thing.name === name)[0];
	}

	inState(state: ThingState): readonly Thing[] {
		return this.where((thing) => thing.state === state);
	}
@
@	of(owner: Owner["id"]): readonly Thing[] {
@		return this.where((thing) => thing.owner === owner);
@	}

	page(number: number, size: number): Page<Thing> {
		return pageOf(this.all(byWorthOfThing), number, size);
	}

	worth(): Money {
		return sumOf(this.all().map(worthOfThing));
	}
}
`,
	"src/service/thing.ts": `import { idOf } from "../base/branded.ts";
import type { Money } from "../base/money.ts";
@import { plus, money } from "../base/money.ts";
import { failed, map, type Result } from "../base/result.ts";
import { newThing, type NewThing, type Thing } from "../model/thing.ts";
@import type { Owner } from "../model/owner.ts";
import { checkThing, nextThingState, type ThingFault } from "../rules/thing.ts";
@import { worthOfOwner } from "../rules/owner.ts";
import { ThingStore } from "../store/thing.ts";
@import { OwnerStore } from "../store/owner.ts";

export type ThingResult = Result<Thing, readonly ThingFault[]>;

export class ThingService {
	readonly #things: ThingStore;
@	readonly #owners: OwnerStore;

@	constructor(things = new ThingStore(), owners = new OwnerStore()) {
@		this.#things = things;
@		this.#owners = owners;
@	}
!	constructor(things = new ThingStore()) {
!		this.#things = things;
!	}

	add(given: Omit<NewThing, "id">): ThingResult {
		const thing = newThing({ ...given, id: idOf("thing", this.#things.size + 1) });
@		if (thing.owner !== null && this.#owners.get(thing.owner) === undefined)
@			return failed([{ field: "owner", message: \`there is no \${thing.owner}\` }]);
		return map(checkThing(thing), (checked) => this.#things.put(checked));
	}

	advance(id: Thing["id"]): ThingResult {
		const thing = this.#things.get(id);
		if (thing === undefined) return failed([{ field: "id", message: \`there is no \${id}\` }]);
		const state = nextThingState(thing.state);
		if (state === undefined) return failed([{ field: "state", message: \`\${thing.state} is the last\` }]);
		return map(checkThing({ ...thing, state }), (checked) => this.#things.put(checked));
	}

	worth(): Money {
		return this.#things.worth();
	}
@
@	worthWithOwner(id: Owner["id"]): Money {
@		const owner = this.#owners.get(id);
@		const own = this.#things.of(id).reduce((sum, { price }) => plus(sum, price), money(0));
@		return owner === undefined ? own : plus(own, worthOfOwner(owner));
@	}
}
`,
	"src/view/thing.ts": `import { shown } from "../base/money.ts";
import type { Page } from "../base/page.ts";
import { counted, padded, titled } from "../base/text.ts";
import type { Thing } from "../model/thing.ts";
import { worthOfThing } from "../rules/thing.ts";
@import type { Owner } from "../model/owner.ts";
@import { labelOfOwner } from "./owner.ts";

export function labelOfThing({ name, state }: Thing): string {
	return \`\${titled(name)} (\${state})\`;
}

export function lineOfThing(thing: Thing): string {
	return \`\${padded(thing.name, 12)} \${shown(worthOfThing(thing))}\`.trimEnd();
}

export function listOfThings({ items, number, of }: Page<Thing>): string {
	return [...items.map(lineOfThing), \`\${counted(items.length, "thing")}, page \${number} of \${of}\`].join("\\n");
}
@
@export function labelWithOwner(thing: Thing, owner: Owner): string {
@	return \`\${labelOfThing(thing)} of \${labelOfOwner(owner)}\`;
@}
`,
	"src/service/thing.test.ts": `import { describe, expect, test } from "vitest";
import { idOf } from "../base/branded.ts";
import { dayOf } from "../base/day.ts";
import { money } from "../base/money.ts";
import { newThing } from "../model/thing.ts";
@import { newOwner } from "../model/owner.ts";
import { ageOfThing, byWorthOfThing, checkThing, nextThingState, thingLimits, worthOfThing } from "../rules/thing.ts";
import { ThingStore } from "../store/thing.ts";
@import { OwnerStore } from "../store/owner.ts";
@import { labelWithOwner } from "../view/thing.ts";
import { labelOfThing, lineOfThing, listOfThings } from "../view/thing.ts";
import { ThingService } from "./thing.ts";

const thing = newThing({ id: idOf("thing", 1), name: "one", count: 2, price: money(250) });

describe("the rules of a thing", () => {
	test("its count has bounds", () => {
		expect(checkThing({ ...thing, count: 9001 }).ok).toBe(true);
		expect(checkThing({ ...thing, count: 9001 + 1 })).toMatchObject({ ok: false, error: [{ field: "count" }] });
	});

	test("a long name and a price below nothing are faults", () => {
		const faulty = { ...thing, name: "x".repeat(thingLimits.nameMax + 1), price: money(-1) };
		expect(checkThing(faulty)).toMatchObject({ ok: false, error: [{ field: "name" }, { field: "price" }] });
	});

	test("many are worth less each", () => {
		expect(worthOfThing(thing)).toEqual(money(500));
		expect(worthOfThing({ ...thing, count: 9003, price: money(10_000) })).toEqual(money(9003 * 100 * (100 - 9004)));
	});

	test("states follow each other", () => {
		expect(nextThingState("first")).toBe("second");
		expect(nextThingState("third")).toBeUndefined();
		expect(ageOfThing(thing, dayOf("2026-01-11"))).toBe(10);
	});
});

describe("the store of things", () => {
	test("finds by name and state, and pages by worth", () => {
		const store = new ThingStore();
		for (const [index, name] of ["a", "b", "c"].entries())
			store.put(newThing({ id: idOf("thing", index), name, price: money(100 * index) }));
		expect(store.named("b")?.price).toEqual(money(100));
		expect(store.inState("first")).toHaveLength(3);
		expect(store.page(1, 2).items.map(({ name }) => name)).toEqual(["c", "b"]);
		expect(store.worth()).toEqual(money(300));
		expect(store.all(byWorthOfThing)[2]?.name).toBe("a");
	});
});

describe("the service of things", () => {
	test("adds what is good, and nothing else", () => {
		const service = new ThingService();
		expect(service.add({ name: "one", price: money(40) })).toMatchObject({ ok: true, value: { id: "thing-1" } });
		expect(service.add({ name: "two", count: -1 }).ok).toBe(false);
		expect(service.worth()).toEqual(money(40));
	});

	test("advances to the last state", () => {
		const service = new ThingService();
		service.add({});
		const id = idOf("thing", 1);
		expect(service.advance(id)).toMatchObject({ ok: true, value: { state: "second" } });
		expect(service.advance(id)).toMatchObject({ ok: true, value: { state: "third" } });
		expect(service.advance(id)).toMatchObject({ ok: false, error: [{ field: "state" }] });
		expect(service.advance(idOf("thing", 9))).toMatchObject({ ok: false, error: [{ field: "id" }] });
	});
@
@	test("asks for the owner", () => {
@		const owners = new OwnerStore();
@		const owner = owners.put(newOwner({ id: idOf("owner", 7), name: "other", price: money(30) }));
@		const service = new ThingService(new ThingStore(), owners);
@		expect(service.add({ owner: owner.id, price: money(5) }).ok).toBe(true);
@		expect(service.add({ owner: idOf("owner", 8) })).toMatchObject({ ok: false, error: [{ field: "owner" }] });
@		expect(service.worthWithOwner(owner.id)).toEqual(money(35));
@		expect(labelWithOwner(thing, owner)).toContain(" of Other");
@	});
});

test("things are shown", () => {
	expect(labelOfThing(thing)).toMatch(/^One \\(/);
	expect(lineOfThing(thing)).toBe("one          5.00 EUR");
	expect(listOfThings({ items: [thing], number: 1, of: 1 })).toContain("1 thing, page 1 of 1");
});
`,
};

const alone = chosen((line) => (line.startsWith("@") ? undefined : line.replace(/^!/, "")));
const owned = chosen((line) => (line.startsWith("!") ? undefined : line.replace(/^@/, "")));

function chosen(pick) {
	return Object.fromEntries(
		Object.entries(lines).map(([path, text]) => [
			path,
			text
				.split("\n")
				.map(pick)
				.filter((line) => line !== undefined)
				.join("\n"),
		]),
	);
}
