/** In front of a session's terminal: in tmux where that is installed and there is a terminal to be in, else the file itself. */

import { existsSync } from "node:fs";
import { attachCommand, reconcileTerminals, terminalPath, terminalTail } from "@shopfloor/agents";
import { loadConfig } from "@shopfloor/core/io";
import { execa } from "execa";
import type { Context } from "../context.ts";
import { misuse } from "../failure.ts";
import { sessionNamed } from "./session-name.ts";

export async function attach(
	context: Context,
	session: string,
	{ follow }: { readonly follow: boolean },
): Promise<void> {
	const { places } = context;
	sessionNamed(session);
	const sessions = configuredSessions(context);
	if (!existsSync(terminalPath(places.state, session)) && !sessions.includes(session))
		throw misuse(`no session ${session} ever showed anything here; there are ${sessions.join(", ") || "none"}`);
	if (!follow || !context.out.isTTY) return context.say(terminalTail(places.state, session, tailBytes).trimEnd());
	const report = await reconcileTerminals(places.state, [...new Set([...sessions, session])], "add");
	const command =
		report.kind === "there"
			? attachCommand(places.state, session)
			: ["tail", "-n", "500", "-F", terminalPath(places.state, session)];
	if (report.kind === "missing") context.note(report.why);
	const [program = "", ...args] = command;
	await execa(program, args, { stdio: "inherit", reject: false });
}

/** A few screens. */
const tailBytes = 64 * 1024;

function configuredSessions({ places }: Context): string[] {
	const { sessions } = loadConfig(places.config);
	return Array.from({ length: sessions }, (_, index) => `ralph-${index + 1}`);
}
