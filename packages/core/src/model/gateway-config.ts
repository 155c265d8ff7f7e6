/** How people and programs reach the factory over HTTP: the key `gateway` of the configuration. */
import { z } from "zod";

/** As it stands in a `Host` header, without a port. */
const HostName = z
	.string()
	.max(253)
	.regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "the name of a host in lower-case letters, without a port");

const Address = z
	.string()
	.max(43)
	.regex(
		/^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)(\/[0-9]{1,3})?$/,
		"an address such as 10.0.0.2 or 10.0.0.0/24",
	);

const Login = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,38}(\[bot\])?$/, "the name of an account at GitHub");

const GitHub = z
	.strictObject({
		repository: z
			.string()
			.max(100)
			.regex(/^[\w.-]+\/[\w.-]+$/, "owner/name")
			.describe("Whose webhooks are listened to: owner/name."),
		label: z
			.string()
			.min(1)
			.max(50)
			.default("shopfloor")
			.describe("An issue with this label is asked for as a task. Whoever may set labels may ask."),
		people: z
			.array(z.strictObject({ login: Login, id: z.int().min(1) }))
			.max(50)
			.default([])
			.describe(
				"Who may answer questions in comments. By number, because names change hands: https://api.github.com/users/<login> shows it.",
			),
	})
	.describe("What is taken from GitHub's webhooks; its secret is github-webhook-secret.");

export const Gateway = z
	.strictObject({
		host: z.string().min(1).max(253).default("127.0.0.1").describe("The address that is listened on."),
		port: z.int().min(0).max(65_535).default(4770).describe("0 takes any that is free."),
		public: z
			.boolean()
			.default(false)
			.describe(
				"Whether others than this machine may connect at all. A reverse proxy on this machine needs no such leave.",
			),
		hosts: z
			.array(HostName)
			.max(20)
			.default([])
			.describe(
				"Further names under which it is reached, such as the reverse proxy's. Requests for others are refused.",
			),
		proxies: z
			.array(Address)
			.max(20)
			.default([])
			.describe("Reverse proxies that are believed about who called (X-Forwarded-For)."),
		perMinute: z
			.int()
			.min(1)
			.max(1_000_000)
			.default(120)
			.describe("So many requests that change something are taken from one caller in a minute."),
		open: z
			.int()
			.min(1)
			.max(1_000_000)
			.default(90)
			.describe("With so many requests for work unanswered no more are taken."),
		github: GitHub.optional(),
	})
	.prefault({})
	.describe("The way in over HTTP.");
export type Gateway = z.infer<typeof Gateway>;

/** What only this machine can connect to. */
export function isLoopback(host: string): boolean {
	return host === "localhost" || host === "::1" || /^127(\.[0-9]{1,3}){3}$/.test(host);
}
