/** What a request names, before anybody interprets it. Pure. */
import type { IncomingMessage } from "node:http";

type Line = Pick<IncomingMessage, "url" | "rawHeaders">;

/** Undefined when it can be read in one way only. */
export function targetFault({ url = "", rawHeaders }: Line): string | undefined {
	const [path = ""] = url.split("?");
	// Letters, digits and what ids are made of. No escapes either: nothing here is named by what needs one.
	if (!/^(\/[A-Za-z0-9._:@-]+)*\/?$/.test(path) || path === "") return "the path is none of ours";
	if (path.split("/").some((part) => part === "." || part === "..")) return "the path goes up";
	if (url.length > urlMax) return "the address is too long";
	const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
	const twice = single.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
	return twice && `the header ${twice} stands twice`;
}

const urlMax = 1_000;

/** Two of them would be read differently by a proxy and by us. */
const single = [
	"host",
	"origin",
	"authorization",
	"content-length",
	"content-type",
	"content-encoding",
	"transfer-encoding",
	"idempotency-key",
	"last-event-id",
	"webhook-id",
	"webhook-timestamp",
	"webhook-signature",
	"x-hub-signature-256",
];
