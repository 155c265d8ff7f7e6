/** The models that are there, for programs that ask. */
import type { Asked } from "../serve/asked.ts";
import type { Reply } from "../serve/dialect.ts";
import { refusal } from "./errors.ts";

export function modelPage({ path }: Asked): Reply {
	const [, id] = /^\/v1\/models\/([^/]+)$/.exec(path) ?? [];
	if (path === "/v1/models") {
		return { status: 200, headers: {}, body: { data: models, has_more: false, first_id: ids[0], last_id: ids.at(-1) } };
	}
	if (id === undefined) return refusal({ status: 404, message: "Not found" });
	// Any name that a script plays is a model of the twin.
	return { status: 200, headers: {}, body: aModel(id) };
}

const ids = ["claude-opus-4-6", "claude-sonnet-4-6", "claude-haiku-4-5"];
const models = ids.map(aModel);

function aModel(id: string) {
	return { type: "model", id, display_name: id, created_at: "2026-01-01T00:00:00Z" };
}
