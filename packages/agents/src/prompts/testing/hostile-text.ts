import fc from "fast-check";

/** Text that tries to leave its fence, with characters of all kinds, halves of them too. */
export const hostileText: fc.Arbitrary<string> = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				"```",
				"````",
				"~~~",
				"facts",
				"```facts\n",
				"\u2028```facts\n",
				"\u2029```\u2029",
				"{}",
				"{{facts}}",
			),
			fc.constantFrom("\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "| ", " "),
			// By numbers: fast-check's own strings of all characters take five seconds to be set up.
			fc.nat({ max: 0x10_ffff }).map((code) => String.fromCodePoint(code)),
		),
		{ maxLength: 30 },
	)
	.map((parts) => parts.join(""));
