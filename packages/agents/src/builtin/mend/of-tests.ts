/** What is proposed for failing tests: faults that compile. */
import { relative } from "node:path";
import { behaviours, sceneOf } from "../behaviour/behaviours.ts";
import { isLead, leadOf } from "../behaviour/failing-test.ts";
import type { FactTest } from "../facts.ts";
import type { Language } from "../language/language.ts";
import { notAllowed } from "./allowed.ts";
import type { Candidate } from "./candidate.ts";
import type { Order } from "./order.ts";

export function* ofTest(test: FactTest, language: Language, order: Order, reasons: Set<string>): Generator<Candidate> {
	const lead = leadOf(test, language);
	const told = `the test "${test.name}"`;
	if (!isLead(lead)) return void reasons.add(`${told} (${lead.left})`);
	const { path } = lead;
	const why = notAllowed(path, language, order);
	if (why !== undefined) return void reasons.add(`${told} leads to ${relative(language.root, path)}: ${why}`);
	let answered = false;
	for (const { name, propose } of behaviours) {
		const look = language.look(path);
		const scene = look === undefined ? undefined : sceneOf(lead, look);
		const proposal = scene === undefined ? undefined : propose(scene);
		if (look === undefined || proposal === undefined) continue;
		answered = true;
		const line = look.source.getLineAndCharacterOfPosition(proposal.changes[0]?.start ?? 0).line + 1;
		const at = `${relative(language.root, path)}:${line}`;
		yield { name, path, at, line, proposal, api: "same", expects: `${told} passes` };
	}
	if (!answered) reasons.add(`${told} (no safe way is known from ${lead.name} to what it expects)`);
}
