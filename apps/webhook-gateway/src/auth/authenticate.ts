/**
 * Who calls, by one of two ways in: a token, or a signature. All that goes wrong looks the same from outside, and takes
 * about the same time.
 */
import { accessTokens } from "@shopfloor/core";
import { type Clock, type Floor, ledger, type SecretStore } from "@shopfloor/core/io";
import type { Request } from "express";
import { type Caller, signedScopes } from "./caller.ts";
import { gitHubKeys, webhookKeys } from "./keys.ts";
import { claimIn, isSigned, isSignedByGitHub } from "./signature.ts";
import { tokenIn } from "./token.ts";

export interface Guardian {
	/** `body` is read only for a signature that may be valid. Undefined: nobody who is known. */
	callerOf(request: Request, body: () => Promise<Buffer>): Promise<Caller | undefined>;
	/** For what goes on for long: whether the credential is still good. */
	isStillGood(request: Request): Promise<boolean>;
	isFromGitHub(request: Request, body: () => Promise<Buffer>): Promise<boolean>;
}

export function guardian({ records }: Pick<Floor, "records">, secrets: SecretStore, clock: Clock): Guardian {
	const tokens = ledger(records, accessTokens);
	return {
		async callerOf(request, body) {
			const { authorization } = request.headers;
			const isSignedCall = request.headers["webhook-signature"] !== undefined;
			// Whose word would count?
			if (authorization !== undefined && isSignedCall) return undefined;
			if (authorization !== undefined) return await bearer(authorization);
			return isSignedCall ? await signer(request, body) : undefined;
		},
		isStillGood: async ({ headers }) =>
			headers.authorization !== undefined && (await bearer(headers.authorization)) !== undefined,
		async isFromGitHub({ headers }, body) {
			const keys = gitHubKeys(secrets.get(gitHubSecret));
			const header = headers["x-hub-signature-256"];
			if (keys.kind !== "keys" || typeof header !== "string") return false;
			return isSignedByGitHub(header, await body(), keys.keys);
		},
	};

	async function bearer(header: string): Promise<Caller | undefined> {
		const token = tokenIn(header, (await tokens.read()).value.tokens, clock.now());
		return token && { by: `http:${token.name}`, scopes: token.scopes };
	}

	async function signer({ headers }: Request, body: () => Promise<Buffer>): Promise<Caller | undefined> {
		const claim = claimIn(headers, clock.now());
		const keys = webhookKeys(secrets.get(webhookSecret));
		if (claim === undefined || keys.kind !== "keys" || !isSigned(claim, await body(), keys.keys)) return undefined;
		return { by: `webhook:${webhookSecret}`, scopes: signedScopes, call: claim.id };
	}
}

const webhookSecret = "webhook-secret";
const gitHubSecret = "github-webhook-secret";

/** What is wrong with a stored secret; whoever starts with one that can be guessed had better not start. */
export function faultOfSecrets(secrets: Pick<SecretStore, "get">): string | undefined {
	const faults = [
		[webhookSecret, webhookKeys(secrets.get(webhookSecret))] as const,
		[gitHubSecret, gitHubKeys(secrets.get(gitHubSecret))] as const,
	].flatMap(([name, keys]) => (keys.kind === "bad" ? [`the secret ${name} cannot be used: ${keys.why}`] : []));
	return faults.length === 0 ? undefined : faults.join("; ");
}
