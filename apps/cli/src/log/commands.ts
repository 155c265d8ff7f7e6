import type { Command } from "commander";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { examples } from "../examples.ts";
import { misuse } from "../failure.ts";
import type { LogOptions, VerifyOptions } from "./options.ts";

export function registerLog(program: Command, context: Context): void {
	const log = program
		.command("log")
		.description("what happened: the newest entries of the log, oldest first")
		.option("-f, --follow", "stay, and show every entry as it is written; Ctrl-C ends it")
		.option("-t, --type <type>", "only this type of entry; may be repeated", oneMore)
		.option("-b, --by <who>", "only what this process or person wrote")
		.option("-s, --since <when>", 'only what is younger: "2h", "08:30", "2026-01-31", "2026-01-31T08:30"')
		.option("-n, --count <number>", "at most so many (default: 50; with --since 1000)")
		.option("--json", "the entries as they are written, one a line")
		.addHelpText("after", () =>
			examples(
				["log"],
				["log --follow --type alert"],
				["log --by ralph-1 --since 2h"],
				["log -n 1000 --json | jq -r .type | sort | uniq -c"],
				["log verify", "prove that nothing was changed"],
			),
		)
		.allowExcessArguments()
		.action(async (options: LogOptions, command: Command) => {
			const [word] = command.args;
			if (word !== undefined) throw misuse(`log takes no argument "${word}". ${didYouMean(word, ["verify"])}`);
			const { showLog } = await import("./show.ts");
			await showLog(context, options);
		});
	log
		.command("verify")
		.description("prove that the log is what was written, or name the first entry that is not")
		.option("--head <seq:hash>", "a head noted elsewhere that must stand in it; may be repeated", oneMore)
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["log verify"], ["log verify --head 1234:9f86d0…"]))
		.action(async (_options: VerifyOptions, command: Command) => {
			const { verifyLog } = await import("./verify.ts");
			// `log` itself has a --json, and takes it before this command sees it.
			await verifyLog(context, command.optsWithGlobals<VerifyOptions>());
		});
}

/** Repeated, or with commas between. */
function oneMore(value: string, before: readonly string[] = []): readonly string[] {
	return [...before, ...value.split(",").map((part) => part.trim())];
}
