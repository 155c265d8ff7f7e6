/** What one of GitHub's webhooks comes to. Pure. */
import type { Gateway } from "@shopfloor/core";
import type { TaskWish } from "@shopfloor/core/person";
import { z } from "zod";
import { cleanTitle, quoted } from "./clean.ts";

type Settings = NonNullable<Gateway["github"]>;

export type Heard =
	| { readonly kind: "task"; readonly by: string; readonly id: string; readonly wish: TaskWish }
	| {
			readonly kind: "answer";
			readonly by: string;
			readonly id: string;
			readonly approval: string;
			readonly answer: "approve" | "reject";
			readonly note: string | undefined;
	  }
	/** Nothing is written. */
	| { readonly kind: "ignored"; readonly why: string };

const Who = z.object({ login: z.string().max(100), id: z.int() });
const Issue = z.object({
	number: z.int().min(1),
	title: z.string().max(2_000),
	body: z.string().max(300_000).nullish(),
	user: Who,
	labels: z.array(z.object({ name: z.string() })).max(200),
	state: z.string(),
	pull_request: z.unknown().optional(),
});
const Repository = z.object({ full_name: z.string() });
const IssueEvent = z.object({
	action: z.string(),
	repository: Repository,
	sender: Who,
	issue: Issue,
	label: z.object({ name: z.string() }).optional(),
});
const CommentEvent = z.object({
	action: z.string(),
	repository: Repository,
	comment: z.object({ id: z.int(), body: z.string().max(300_000), user: Who }),
});

export function hearEvent(event: string, payload: unknown, settings: Settings): Heard {
	switch (event) {
		case "issues":
			return issue(payload, settings);
		case "issue_comment":
			return comment(payload, settings);
		default:
			return ignored("nothing is done about this event");
	}
}

/** With the label, whether it is new or the issue came with it. Whoever may set labels has been trusted with that. */
function issue(payload: unknown, { repository, label }: Settings): Heard {
	const event = IssueEvent.safeParse(payload);
	if (!event.success) return ignored("it is no such event");
	const { action, issue: its, sender, repository: from } = event.data;
	if (!isSame(from.full_name, repository)) return ignored("another repository");
	const isAsked =
		action === "labeled"
			? event.data.label?.name === label
			: action === "opened" && its.labels.some(({ name }) => name === label);
	if (!isAsked) return ignored("it does not ask for a task");
	if (its.state !== "open") return ignored("the issue is closed");
	const title = cleanTitle(its.title);
	if (title === "") return ignored("the issue has no title");
	const name = `github:${repository}#${its.number}`;
	const detail = quoted(its.body ?? "", { repository, number: its.number, author: its.user.login, by: sender.login });
	// The same issue is the same task, however often it is labelled.
	return { kind: "task", by: sender.login, id: name, wish: { title, detail, key: name } };
}

/** Written now, by somebody who may: what is edited later says nothing. */
function comment(payload: unknown, { repository, people }: Settings): Heard {
	const event = CommentEvent.safeParse(payload);
	if (!event.success) return ignored("it is no such event");
	const { action, comment: its, repository: from } = event.data;
	if (!isSame(from.full_name, repository)) return ignored("another repository");
	if (action !== "created") return ignored("not a new comment");
	const match = /^\/shopfloor (approve|reject) (a-[\w.:-]{1,116})(?:\s+([\s\S]*))?$/.exec(its.body.trim());
	if (match === null) return ignored("no command");
	// Names change hands, numbers do not.
	const person = people.find(({ id }) => id === its.user.id);
	if (person === undefined) return ignored("not one of the people who may answer");
	const [, answer, approval = "", words] = match;
	const note = words?.trim().slice(0, noteMax);
	return {
		kind: "answer",
		by: person.login,
		id: `github:comment:${its.id}`,
		approval,
		answer: answer === "approve" ? "approve" : "reject",
		note: note === "" ? undefined : note,
	};
}

function ignored(why: string): Heard {
	return { kind: "ignored", why };
}

/** GitHub does not mind capitals. */
function isSame(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}

/** What an answer takes. */
const noteMax = 2_000;
