import { expect, test } from "vitest";
import { admit, offerCode, type TelegramPeople, telegramPeople } from "./telegram-people.ts";

const now = Date.UTC(2026, 0, 31, 8, 0, 0);
const hourMs = 3_600_000;
const ana = { id: 4711, name: "Ana" };

/** Somebody who was given the code. */
function asking(code = "KMPT4R7W", stranger = ana, before: TelegramPeople = telegramPeople.empty): TelegramPeople {
	const offer = offerCode(before, stranger, code, now);
	if (offer.kind !== "code") throw new Error(offer.kind);
	return offer.next;
}

test("a stranger's code admits them once, however it is typed", () => {
	const admitted = admit(asking(), "kmpt-4r7w", "cli:dev", now + 60_000);
	expect(admitted).toMatchObject({
		kind: "admitted",
		person: { id: 4711, name: "Ana", by: "cli:dev", sinceMs: now + 60_000 },
		next: { pending: [], wrongMs: [] },
	});
	expect(admit(admitted.next, "KMPT4R7W", "cli:dev", now)).toMatchObject({ kind: "wrong" });
	expect(offerCode(admitted.next, ana, "XXXXXXXX", now)).toEqual({ kind: "known" });
});

test("who asks again is given the same code, until it has run out", () => {
	const people = asking();
	expect(offerCode(people, ana, "XXXXXXXX", now + hourMs - 1)).toMatchObject({ kind: "code", code: "KMPT4R7W" });
	expect(offerCode(people, ana, "XXXXXXXX", now + hourMs)).toMatchObject({ kind: "code", code: "XXXXXXXX" });
});

test("a code that has run out admits nobody", () => {
	expect(admit(asking(), "KMPT4R7W", "cli:dev", now + hourMs)).toMatchObject({
		kind: "expired",
		next: { people: [], pending: [] },
	});
});

test("of more than three strangers at once the others get nothing", () => {
	const three = ["AAAAAAAA", "BBBBBBBB", "CCCCCCCC"].reduce(
		(people, code, index) => asking(code, { id: index + 1, name: "x" }, people),
		telegramPeople.empty,
	);
	expect(offerCode(three, ana, "DDDDDDDD", now)).toEqual({ kind: "full" });
	expect(offerCode(three, ana, "DDDDDDDD", now + hourMs)).toMatchObject({ kind: "code" });
});

test("after ten wrong codes no code is taken for an hour, not even the right one", () => {
	let people = asking();
	for (let left = 9; left >= 0; left--) {
		const tried = admit(people, "WRONGONE", "cli:dev", now);
		expect(tried).toMatchObject({ kind: "wrong", left });
		people = tried.next;
	}
	expect(admit(people, "KMPT4R7W", "cli:dev", now + hourMs - 1)).toMatchObject({
		kind: "locked",
		untilMs: now + hourMs,
	});
	// By then it has run out, too.
	expect(admit(people, "KMPT4R7W", "cli:dev", now + hourMs)).toMatchObject({ kind: "expired" });
});

test("nobody is admitted or asked for twice", () => {
	const { next } = admit(asking(), "KMPT4R7W", "cli:dev", now);
	expect(telegramPeople.faults(next, { ...next, people: [...next.people, ...next.people] })).toEqual([
		"4711 stands there twice",
	]);
	expect(telegramPeople.schema.safeParse(next).success).toBe(true);
});
