/** Shapes of secrets that the library does not know, or only where certain words stand around them. */
import type { Severity } from "../rule.ts";

export interface Match {
	/** Where it begins; null where it has no one place. */
	readonly at: number | null;
	readonly what: string;
	readonly severity: Severity;
}

export function ownPatterns(text: string): readonly Match[] {
	return patterns.flatMap(({ name, form, severity = "block", isLong }) =>
		[...text.matchAll(form)]
			.filter((match) => isLong || !isPlaceholder(match[1] ?? match[0]))
			.map((match) => ({ at: match.index, what: `holds what looks like ${name}`, severity })),
	);
}

/** Words of documents and tests, and runs of one character. */
export function isPlaceholder(value: string): boolean {
	return (
		/example|dummy|fake|placeholder|your[-_]?|changeme|redacted|sample|xxxx|\*\*\*|\.\.\.|<[^>]+>|\$\{|0{6}|1234567890|abcdefgh|deadbeef|(?:^|[-_:])(?:test|mock|foo|bar)(?:$|[-_:])|:\/\/[^:@]*:(?:pass(?:word)?|secret|pw|token|geheim|hunter2)@/i.test(
			value,
		) || entropy(value) < 2.5
	);
}

interface Pattern {
	/** With its article. */
	readonly name: string;
	readonly form: RegExp;
	readonly severity?: Severity;
	/** It is no single word that could be a placeholder. */
	readonly isLong?: boolean;
}

const patterns: readonly Pattern[] = [
	{ name: "a bot token of Telegram", form: /(?<![\w:])\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])/g },
	{
		name: "an access key id of AWS",
		form: /(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
	},
	{ name: "a secret key of AWS", form: /aws_?secret_?(?:access_?)?key\W{1,6}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi },
	{ name: "a key of Anthropic", form: /(?<![\w-])sk-ant-[A-Za-z0-9_-]{20,}/g },
	{ name: "a key of OpenAI", form: /(?<![\w-])sk-(?!ant-)(?:proj-|svcacct-|admin-|or-v1-)?[A-Za-z0-9_-]{20,}/g },
	{
		name: "a private key",
		form: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\n|\\r|[\s"'`+,])*(?:[A-Za-z-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=\s"'`\\]{40,}/g,
		isLong: true,
	},
	{ name: "a key of Google", form: /(?<![\w-])AIza[0-9A-Za-z_-]{35}(?![\w-])/g },
	{ name: "a client secret of Google", form: /(?<![\w-])GOCSPX-[0-9A-Za-z_-]{28}/g },
	{ name: "a token of GitHub", form: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})/g },
	{ name: "a token of GitLab", form: /(?<![\w-])gl(?:pat|ptt|dt|rt|cbt|soat)-[A-Za-z0-9_-]{20,}/g },
	{ name: "a token of Slack", form: /(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{20,}/g },
	{
		name: "a webhook of Slack",
		form: /hooks\.slack\.com\/services\/(T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20,})/g,
	},
	{ name: "a webhook of Discord", form: /discord(?:app)?\.com\/api\/webhooks\/(\d{15,}\/[A-Za-z0-9_-]{50,})/g },
	{ name: "a key of Stripe", form: /(?<!\w)[sr]k_live_[A-Za-z0-9]{20,}/g },
	{ name: "a token of npm", form: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g },
	{ name: "a key of SendGrid", form: /(?<![\w.])SG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}/g },
	{ name: "a token of Hugging Face", form: /(?<!\w)hf_[A-Za-z0-9]{34,}(?!\w)/g },
	{ name: "a token of DigitalOcean", form: /(?<!\w)do[opr]_v1_[a-f0-9]{64}/g },
	{
		name: "a token of Cloudflare or Vercel",
		form: /(?:CLOUDFLARE|CF|VERCEL)_(?:API_)?TOKEN\W{1,4}([A-Za-z0-9_-]{24,})/g,
	},
	{ name: "a key of Azure", form: /AccountKey=([A-Za-z0-9+/]{80,}={0,2})/g },
	{
		name: "a key of Linear, Notion or Groq",
		form: /(?<!\w)(?:lin_api_|ntn_|secret_|gsk_|xai-|r8_|pplx-)[A-Za-z0-9]{32,}(?!\w)/g,
	},
	{
		name: "a password in an address",
		form: /\b[a-z][a-z0-9+]{2,20}:\/\/[^\s:@/"'`<>{}$]+:([^\s:@/"'`<>{}$]{6,})@(?!localhost|127\.|\[?::1|db\b|postgres\b|mysql\b|redis\b|mongo\b|host\b|[\w.-]*example)/g,
		severity: "ask",
	},
	{
		name: "a signed token",
		form: /(?<![\w.-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
		severity: "note",
	},
	{
		name: "a secret that is given a name",
		form: /\b(?:[a-z0-9_]*(?:secret|passw(?:or)?d|api_?key|access_?key|private_?key|auth_?token|bearer))\b["']?\s*[:=]\s*["'`](?=[^"'`\s]*\d)(?=[^"'`\s]*[A-Za-z])([A-Za-z0-9+/_=.~-]{20,})["'`]/gi,
		severity: "ask",
	},
];

/** Bits of a character. */
function entropy(value: string): number {
	const counts = new Map<string, number>();
	for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
	let bits = 0;
	for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
	return bits;
}
