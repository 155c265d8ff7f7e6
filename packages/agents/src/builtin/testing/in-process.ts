/** The compiler in this process, for tests that ask it often. */
import type { Asked } from "../child/compiler.ts";
import type { Compiling } from "../child/compilers.ts";
import { Answer, Request } from "../child/protocol.ts";
import { serve } from "../child/serve.ts";
import { Languages } from "../language/languages.ts";

export function compilerInProcess(): Compiling {
	const languages = new Languages();
	return {
		async ask({ request, show }): Promise<Asked> {
			// As it would come out of the channel.
			const answer = Answer.parse(JSON.parse(JSON.stringify(serve(languages, Request.parse(request), show))));
			if (answer.kind === "line" || answer.kind === "ready") throw new Error("it ended without a last answer");
			return { kind: "answered", answer };
		},
		async close() {},
	};
}
