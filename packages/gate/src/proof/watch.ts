/**
 * How tests are watched and mutated while they run, by any runner: a line of plain JavaScript in each instrumented file,
 * that reads what is asked of it from one variable of the environment and writes what was reached into a file named by
 * another. Every test has a context of its own, also when several run at once, so that in one run each test can have
 * another mutant. All names and all values come from a secret of the run: code under test that would behave well only
 * while it is watched finds nothing to ask for.
 */
import { createHash } from "node:crypto";

export interface Watch {
	readonly names: WatchNames;
	/** What a mutant, a file or a test is called in the running program. */
	tokenOf(kind: "mutant" | "file" | "test", id: string): string;
	/** Variables for the tests' processes. */
	env(orders: Orders, recordFile: string): Readonly<Record<string, string>>;
	/** Put before all other code of a file; one line. */
	prelude(path: string): string;
}

interface WatchNames {
	/** `reached(id)`: notes it, and says whether its mutant is the one to run. */
	readonly reached: string;
	/** `operate(operator, left, right)`. */
	readonly operate: string;
	/** `enter(test)`: from here on, and in all that is called or awaited from here, this test runs. */
	readonly enter: string;
}

/** Which mutants are to run. None at all records what is reached. */
export interface Orders {
	/** By the token of the test in whose context it is active. */
	readonly perTest: ReadonlyMap<string, string>;
	/** Active wherever it is reached. */
	readonly forAll?: string;
	/** So many reached places after the first of an active mutant, and it has made a loop without an end. */
	readonly placesMax: number;
}

export interface Recorded {
	/** Tokens of mutants and files by the token of the test that reached them, in the order of reaching. */
	readonly reached: ReadonlyMap<string, ReadonlySet<string>>;
	/** How many places the busiest process came by, as a power of two; 0 when they were few. */
	readonly places: number;
}

/** The context of what runs in no test: loading, hooks, other programs that a test starts. */
export const outside = "-";

/** Noted when a test begins. */
export const entered = "!";

export function watchWith(secret: string): Watch {
	const hashOf = (text: string) => createHash("sha256").update(`${secret}\0${text}`).digest("hex").slice(0, tokenChars);
	const names: WatchNames = {
		reached: `r${hashOf("reached")}`,
		operate: `o${hashOf("operate")}`,
		enter: `e${hashOf("enter")}`,
	};
	const variables = { orders: `V${hashOf("orders")}`.toUpperCase(), record: `V${hashOf("record")}`.toUpperCase() };
	const tokenOf = (kind: string, id: string) => hashOf(`${kind} ${id}`);
	const shared = preludeOf(names, variables, hashOf("state"));
	return {
		names,
		tokenOf,
		env: (orders, recordFile) => ({ [variables.orders]: ordersText(orders), [variables.record]: recordFile }),
		prelude: (path) => `${shared}${names.reached}("${tokenOf("file", path)}");`,
	};
}

/** Nobody guesses forty-eight bits, and a thousand of them fit into one variable. */
const tokenChars = 12;

function ordersText({ perTest, forAll, placesMax }: Orders): string {
	const pairs = [...perTest].map(([test, mutant]) => `${test}=${mutant}`);
	return [String(placesMax), forAll ?? "", ...pairs].join(",");
}

/**
 * Only function declarations: in a circle of imports they may be called before the first line of their file has run.
 * What is built in is asked from the process itself and kept, because tests replace modules.
 */
function preludeOf(names: WatchNames, variables: { orders: string; record: string }, key: string): string {
	const state = `s${key}`;
	return [
		`function ${state}(){var k=Symbol.for("${key}"),s=globalThis[k];if(s)return s;`,
		`s={all:"",on:null,seen:new Map,count:0,max:0,hot:false,als:null,say:function(){},`,
		`note:function(t,i){var m=s.seen.get(t);if(!m)s.seen.set(t,m=new Set);if(!m.has(i)){m.add(i);s.say(t+" "+i)}}};`,
		`Object.defineProperty(globalThis,k,{value:s});`,
		`try{var p=globalThis.process,e=p.env,f=e.${variables.record},o=(e.${variables.orders}||"").split(","),`,
		`w=p.getBuiltinModule("node:fs").appendFileSync;`,
		`s.als=new(p.getBuiltinModule("node:async_hooks").AsyncLocalStorage);`,
		`s.max=Number(o[0])||Infinity;s.all=o[1]||"";`,
		`if(o.length>2||s.all){s.on=new Map;for(var i=2;i<o.length;i++){var a=o[i].split("=");s.on.set(a[0],a[1])}}`,
		`if(f)s.say=function(t){try{w(f,t+"\\n")}catch(_){}}`,
		`}catch(_){}return s}`,
		`function ${names.reached}(i){var s=${state}(),t=s.als&&s.als.getStore()||"${outside}",`,
		`b=s.on!==null&&(s.all===i||s.on.get(t)===i);`,
		`if(s.on===null||b)s.note(t,i);`,
		`if(s.on===null){var n=++s.count;if(n>=${placesToldFrom}&&(n&n-1)===0)s.say("# "+n)}`,
		`else{if(b)s.hot=true;if(s.hot&&++s.count>s.max)throw new Error("this goes on without an end")}`,
		`return b}`,
		`function ${names.enter}(t){var s=${state}();if(s.als){s.als.enterWith(t);s.note(t,"${entered}")}}`,
		`function ${names.operate}(o,a,b){switch(o){`,
		...operators.map((operator) => `case"${operator}":return a${operator}b;`),
		`}}`,
	].join("");
}

const operators = ["<", "<=", ">", ">=", "==", "!=", "===", "!==", "+", "-", "*", "/", "%", "**", "&", "|", "<<", ">>"];

/** Below this nobody waits, so nothing is written. */
const placesToldFrom = 2 ** 20;

/** What the file of records holds. Tests can write into it too: what is not of the right form is passed over. */
export function readRecord(text: string): Recorded {
	const reached = new Map<string, Set<string>>();
	let places = 0;
	for (const line of text.split("\n")) {
		const [context = "", what = ""] = line.split(" ");
		if (context === "#") places = Math.max(places, Number(what) || 0);
		else if (what !== "") reached.set(context, (reached.get(context) ?? new Set()).add(what));
	}
	return { reached, places };
}
