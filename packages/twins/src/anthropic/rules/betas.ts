/** Fields that the API knows only for those who ask for the feature in the header `anthropic-beta`. */
import type { Messages } from "../request.ts";

export function betaFaults(request: Messages, betas: string): string[] {
	const has = (prefix: string) => betas.includes(prefix);
	const fields = Object.entries(betaOf).flatMap(([field, prefix]) =>
		request[field as keyof Messages] != null && !has(prefix) ? [extra(field)] : [],
	);
	const messages = request.messages.flatMap(({ role, output_config }, at) => [
		...(role === "system" && !has("per-turn-control") && !has("mid-conversation") ? [systemRole(at)] : []),
		...(output_config !== undefined && !has("per-turn-control") ? [extra(`messages.${at}.output_config`)] : []),
	]);
	return [...fields, ...messages];
}

const betaOf: Readonly<Record<string, string>> = {
	context_management: "context-management",
	mcp_servers: "mcp-client",
	output_format: "structured-outputs",
	speed: "fast-mode",
};

function extra(field: string): string {
	return `${field}: Extra inputs are not permitted`;
}

function systemRole(at: number): string {
	return `messages.${at}: Unexpected role "system". The Messages API accepts a top-level \`system\` parameter, not "system" as an input message role.`;
}
