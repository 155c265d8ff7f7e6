/** The models that are there, for programs that ask. */
import type { Asked } from "../serve/asked.ts";
import type { Reply } from "../serve/dialect.ts";

export function modelPage({ path, query }: Asked): Reply {
	const id = path.slice("/v1/models/".length);
	const body = id !== "" ? aModel(id) : { object: "list", data: ids.map(aModel) };
	// Codex asks with its version and wants a list of its own kind; empty, it keeps the one it brings along.
	return { status: 200, headers: {}, body: query.includes("client_version=") ? { models: [] } : body };
}

const ids = ["gpt-6.1-sol", "gpt-5.5"];

function aModel(id: string) {
	return { id, object: "model", created: 1_767_225_600, owned_by: "openai" };
}
