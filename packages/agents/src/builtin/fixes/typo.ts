/**
 * Whether one name is the other with a slip of the fingers: two letters of a word changed places, a letter is doubled or
 * not, a vowel in a long word is another one, a capital is a small letter. `getUser` and `setUser`, `item` and `items`,
 * `contact` and `contract`, `port1` and `port2` differ by one letter as well, and are different things.
 */
export function isTypo(wrong: string, right: string): boolean {
	if (wrong === right) return false;
	// `user` and `User` are a value and its type.
	if (wrong.toLowerCase() === right.toLowerCase()) return wrong[0] === right[0];
	const [wrongWords, rightWords] = [wordsOf(wrong), wordsOf(right)];
	if (wrongWords.length !== rightWords.length) return false;
	const differing = wrongWords
		.map((word, i) => [word, rightWords[i] ?? ""] as const)
		.filter(([one, other]) => one !== other);
	const [pair] = differing;
	return differing.length === 1 && pair !== undefined && isSlip(...pair);
}

/** Shorter words have neighbours that mean something else: `from` and `form`, `to` and `too`. */
const lettersMin = 5;
/** `woman` and `women`, `begin` and `began`. */
const lettersMinForVowels = 7;

function wordsOf(name: string): string[] {
	return name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^A-Za-z\d]+/g) ?? [];
}

function isSlip(wrong: string, right: string): boolean {
	if (Math.min(wrong.length, right.length) < lettersMin || !/^[A-Za-z]+$/.test(wrong)) return false;
	const [a, b] = [wrong.toLowerCase(), right.toLowerCase()];
	let from = 0;
	while (from < a.length && a[from] === b[from]) from++;
	let till = 0;
	while (till < a.length - from && till < b.length - from && a.at(-1 - till) === b.at(-1 - till)) till++;
	// The first letter carries the meaning: get and set, on and in.
	if (from === 0) return false;
	const [one, other] = [a.slice(from, a.length - till), b.slice(from, b.length - till)];
	if (one.length === 2 && other.length === 2) return one[0] === other[1] && one[1] === other[0];
	if (one.length + other.length === 1) return (one || other) === a[from - 1];
	if (one.length !== 1 || other.length !== 1 || till === 0) return false;
	return right.length >= lettersMinForVowels && vowels.includes(one) && vowels.includes(other);
}

const vowels = "aeiou";
