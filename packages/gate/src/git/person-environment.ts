/** What of the environment a program of another's is given. Whatever is not named here stays with us. */

/** Where something is fetched or installed: who the person is, and their way to the network. */
export function personEnvironment(further: readonly string[]): Record<string, string> {
	return environmentOf([...alone, ...person, ...network, ...further]);
}

/** Where nothing but the arguments decides. */
export function bareEnvironment(): Record<string, string> {
	return environmentOf(alone);
}

function environmentOf(names: readonly string[]): Record<string, string> {
	const found = names.map((name) => [name, process.env[name]] as const);
	return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const alone = ["PATH", "TMPDIR"];
const person = ["HOME", "USER"];
const network = [
	"http_proxy",
	"https_proxy",
	"HTTP_PROXY",
	"HTTPS_PROXY",
	"no_proxy",
	"NO_PROXY",
	"SSL_CERT_FILE",
	"SSL_CERT_DIR",
];
