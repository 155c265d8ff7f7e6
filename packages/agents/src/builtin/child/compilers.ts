/** Keeps one process with its compiler after a job, for the next one in the same folder, and for no longer than a bound. */
import { type Ask, type Asked, Compiler, type CompilerOptions } from "./compiler.ts";

export interface CompilersOptions extends CompilerOptions {
	/** How long it stays without work; 0 ends it after every job. */
	readonly warmMs: number;
}

/** Somebody who can be asked about a folder's code. */
export interface Compiling {
	ask(ask: Ask): Promise<Asked>;
	/** Resolves when no process of it is left. */
	close(): Promise<void>;
}

export class Compilers implements Compiling {
	readonly #options: CompilersOptions;
	readonly #busy = new Set<Compiler>();
	#warm: { readonly compiler: Compiler; readonly cwd: string; readonly timer: NodeJS.Timeout } | undefined;

	constructor(options: CompilersOptions) {
		this.#options = options;
	}

	async ask(ask: Ask): Promise<Asked> {
		const compiler = this.#take(ask.request.cwd) ?? new Compiler(this.#options, ask.request.cwd);
		this.#busy.add(compiler);
		const asked = await compiler.ask(ask);
		this.#busy.delete(compiler);
		if (asked.kind === "answered" && asked.answer.kind !== "broken" && this.#options.warmMs > 0)
			await this.#keep(compiler, ask.request.cwd);
		else await compiler.end();
		return asked;
	}

	async close(): Promise<void> {
		const warm = this.#takeAny();
		await Promise.all([warm?.end(), ...[...this.#busy].map((compiler) => compiler.end())]);
	}

	#take(cwd: string): Compiler | undefined {
		if (this.#warm?.cwd !== cwd) return undefined;
		const compiler = this.#takeAny();
		return compiler?.isOver() ? undefined : compiler;
	}

	#takeAny(): Compiler | undefined {
		const warm = this.#warm;
		clearTimeout(warm?.timer);
		this.#warm = undefined;
		return warm?.compiler;
	}

	/** One only: each holds some hundred megabytes. */
	async #keep(compiler: Compiler, cwd: string): Promise<void> {
		const before = this.#takeAny();
		const timer = setTimeout(() => void this.#takeAny()?.end(), this.#options.warmMs);
		timer.unref();
		compiler.rest();
		this.#warm = { compiler, cwd, timer };
		await before?.end();
	}
}
