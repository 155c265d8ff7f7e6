/**
 * A reporter of ours that the target's vitest loads, to tell what ran, and to say in which order. Vitest's own reports lie where any test can find
 * and rewrite them. This one writes what it saw under a seal: a key that only it holds, because its file, in which the
 * key stands, is gone before the first test file is loaded. Tests run in processes of their own, so they see neither.
 *
 * It is made from the text of a function, so that it is typed and formatted like everything else, and yet stands alone
 * in whatever vitest and Node load it. It reads the tree of tasks, which is the same from vitest 1 on; `onFinished` is
 * how older ones call it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface Witness {
	/** Where it stands itself, and where it writes to. */
	readonly module: string;
	readonly report: string;
	readonly key: string;
	/** Test files, relative to the tree, in the order in which to run them; what is not among them is new and goes first. */
	readonly order: readonly string[];
	readonly tree: string;
}

export function witnessModule(witness: Witness): string {
	return [
		'import * as fs from "node:fs";',
		'import { createHmac } from "node:crypto";',
		`export default (${String(makeReporter)})(fs, createHmac, ${JSON.stringify(witness)});`,
	].join("\n");
}

/** What it wrote; undefined when that is not what it wrote. */
export function unsealed(report: string, key: string): string | undefined {
	const at = report.indexOf("\n");
	const body = report.slice(at + 1);
	const seal = Buffer.from(report.slice(0, Math.max(0, at)), "hex");
	const expected = createHmac("sha256", key).update(body).digest();
	return seal.length === expected.length && timingSafeEqual(seal, expected) ? body : undefined;
}

interface Task {
	readonly type: string;
	readonly name: string;
	readonly mode: string;
	readonly filepath?: string;
	readonly projectName?: string;
	readonly tasks?: readonly Task[];
	readonly result?: { readonly state?: string; readonly duration?: number; readonly errors?: readonly Fault[] };
}

interface Fault {
	readonly name?: string;
	readonly message?: string;
	readonly stack?: string;
}

interface Vitest {
	readonly config?: { readonly sequence?: { sequencer?: SequencerClass } };
}

type SequencerClass = new (...args: unknown[]) => { sort(files: readonly Spec[]): Promise<Spec[]> };

/** An object, and a pair before vitest 3. */
type Spec = { readonly moduleId?: string } & { readonly [1]?: string };

function makeReporter(
	fs: typeof import("node:fs"),
	seal: typeof createHmac,
	{ module, report, key, order, tree }: Witness,
) {
	fs.unlinkSync(module);
	// Else a test could wake this process's debugger by a signal, and speak through it. A listener takes its place.
	process.on("SIGUSR1", () => {});
	let told = false;

	return class {
		onInit(vitest: Vitest) {
			const sequence = vitest.config?.sequence;
			const Usual = sequence?.sequencer;
			// An order that the target chose itself, or chance, stays.
			if (sequence === undefined || Usual === undefined || Usual.name !== "BaseSequencer") return;
			sequence.sequencer = class extends Usual {
				override async sort(files: readonly Spec[]) {
					return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other));
				}
			};
		}

		onTestRunEnd(modules: readonly { readonly task: Task }[], unhandled: readonly Fault[] = []) {
			tell(
				modules.map(({ task }) => task),
				unhandled,
			);
		}

		onFinished(files: readonly Task[] = [], unhandled: readonly Fault[] = []) {
			tell(files, unhandled);
		}
	};

	function placeOf(spec: Spec) {
		const path = spec.moduleId ?? spec[1] ?? "";
		return path.startsWith(`${tree}/`) ? order.indexOf(path.slice(tree.length + 1)) : -1;
	}

	function tell(files: readonly Task[], unhandled: readonly Fault[]) {
		if (told) return;
		told = true;
		const body = JSON.stringify({ files: files.map(fileOf), unhandled: unhandled.map(faultOf) });
		fs.writeFileSync(report, `${seal("sha256", key).update(body).digest("hex")}\n${body}`, { flag: "wx", mode: 0o600 });
	}

	function fileOf(file: Task) {
		const tests: unknown[] = [];
		const faults: unknown[] = [];
		walk(file, []);
		return { path: file.filepath ?? file.name, project: file.projectName ?? "", tests, faults };

		function walk(task: Task, names: readonly string[]) {
			if (task.tasks === undefined) {
				tests.push({
					name: names.join(" > "),
					mode: task.mode,
					state: task.result?.state ?? "",
					ms: task.result?.duration ?? 0,
					faults: (task.result?.errors ?? []).map(faultOf),
				});
				return;
			}
			for (const fault of task.result?.errors ?? []) faults.push({ suite: names.join(" > "), ...faultOf(fault) });
			for (const part of task.tasks) walk(part, [...names, part.name]);
		}
	}

	function faultOf(fault: Fault) {
		return {
			name: String(fault?.name ?? "Error"),
			message: String(fault?.message ?? fault).slice(0, 10_000),
			stack: String(fault?.stack ?? "").slice(0, 10_000),
		};
	}
}
