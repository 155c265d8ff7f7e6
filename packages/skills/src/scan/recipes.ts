/**
 * Recipes by which texts of others have taken over whoever read them: orders to forget the rules, to keep something from
 * the person, to send secrets away, to run what lies elsewhere, to widen what is allowed. In plain words, since that is
 * how they are written.
 */
import { type Seen, seenBy } from "./hidden.ts";

export function recipesIn(text: string): readonly Seen[] {
	// Marks of emphasis and full-width letters take a word apart for a pattern, and not for a model.
	const read = text.replace(/[*_~`\\]+/g, (marks) => " ".repeat(marks.length)).replace(/[\uff01-\uff5e]/g, halfWidth);
	const views = read === text ? [text] : [text, read];
	const found = recipes.flatMap(({ form, what }) => views.flatMap((view) => seenBy(view, form, what)));
	const keys = found.map(({ line, what }) => `${line} ${what}`);
	return found.filter((_, at) => keys.indexOf(keys[at] ?? "") === at);
}

function halfWidth(character: string): string {
	return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
}

const secret =
	"(?:secrets?|(?:api|access|auth|bearer|bot|refresh)[ -]?tokens?|(?:api|ssh|private|access)[ -]?keys?|passwords?|credentials?|\\.env\\b|env(?:ironment)? variables?|id_rsa|\\.ssh\\b|\\.aws\\b|\\.npmrc)";
const recipes = [
	{
		form: /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|other|these|those|your|the)\b[^.\n]{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|directions|limits|policy|policies|skills?)\b/gi,
		what: "an order to forget the rules",
	},
	{
		form: /\byou are (?:now|no longer)\b|\bfrom now on,? you\b|\bact as (?:an?|the) (?:system|admin|root|developer)\b/gi,
		what: "a new role for its reader",
	},
	{
		form: /<\|[a-z_]+\|>|\[\/?INST\]|<\/?(?:system|assistant|user)>|^\s*(?:system|assistant) ?(?:prompt|message)?:/gim,
		what: "a mark of whose words follow",
	},
	{
		form: /\b(?:do not|don't|never|without) (?:tell|telling|mention|mentioning|reveal|show|inform|informing|ask|asking)\b[^.\n]{0,40}\b(?:user|person|people|anyone|anybody|human|operator|owner|reviewer)\b/gi,
		what: "an order to keep something from people",
	},
	{
		form: new RegExp(
			`\\b(?:send|post|upload|forward|exfiltrate|leak|transmit|email|report|print|echo|cat|copy|include|append)\\b[^.\\n]{0,60}${secret}`,
			"gi",
		),
		what: "a way for secrets to leave",
	},
	{
		form: /\b(?:curl|wget|nc|ncat|scp|rsync|ftp)\b[^\n]*(?:\$[A-Z({]|@[\w./~-]+|-d\b|--data|--post|-F\b|-T\b)/g,
		what: "a command that sends something away",
	},
	{ form: /!\[[^\]\n]*\]\(\s*(?:https?:)?\/\//gi, what: "a picture from elsewhere" },
	{
		form: /\b(?:curl|wget|fetch|iwr|irm|Invoke-WebRequest)\b[^\n|]*\|\s*(?:sudo\s+)?(?:(?:ba|z|da|k)?sh|python\d?|node|perl|ruby|iex)\b/gi,
		what: "a script from elsewhere that is run",
	},
	{
		form: /\b(?:ba|z|da)?sh\s+(?:-c\s+)?(?:<\(|["']?\$\()\s*(?:curl|wget)|\beval\b[^\n]*\b(?:curl|wget|base64|atob)\b|\bbase64\s+(?:-d|-D|--decode)\b[^\n]*\||\bInvoke-Expression\b/gi,
		what: "a script from elsewhere that is run",
	},
	{
		form: /\bchmod\s+(?:-[A-Za-z]+\s+)*(?:[0-7]?[0-7]*[2367]\b|[augo]*[+=][a-z]*[stwx])|\bsudo\s+\S|\bchown\s+\S|\bset[ug]id\b/gi,
		what: "a change of permissions",
	},
	{
		form: /--dangerously[\w-]*|--yolo\b|danger-full-access|bypassPermissions|--no-verify\b|--no-sandbox\b|(?<!\b(?:not|never|don't) )\b(?:disable|turn off|switch off|skip|remove)\b[^.\n]{0,30}\b(?:sandbox|gate|checks?|tests?|hooks?|reviews?|approvals?|safety|security|permissions?)\b/gi,
		what: "an order to switch a protection off",
	},
	{
		form: /\.claude\/|\.codex\/|\.git\/hooks|core\.hooksPath|\.bashrc\b|\.zshrc\b|\.profile\b|\bcrontab\b|authorized_keys|\/etc\/(?:passwd|shadow|sudoers)|\.mcp\.json/gi,
		what: "a file that decides what others may do",
	},
] as const;
