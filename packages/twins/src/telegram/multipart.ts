/** The form that carries files. Read by hand: what Node offers for it differs between its versions. */

export interface Part {
	readonly name: string;
	/** A file, if there is one. */
	readonly fileName: string | undefined;
	readonly bytes: Buffer;
}

/** Undefined when it is no such form. */
export function partsOf(body: Buffer, contentType: string): Part[] | undefined {
	const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
	const boundary = quoted ?? plain;
	if (boundary === undefined) return undefined;
	const parts: Part[] = [];
	// Each delimiter but the first begins with the end of the line before it.
	const delimiter = `\r\n--${boundary}`;
	let at = body.indexOf(delimiter.slice(2));
	if (at === -1) return undefined;
	at += delimiter.length - 2;
	while (body.toString("latin1", at, at + 2) === "\r\n") {
		const end = body.indexOf(delimiter, at);
		const part = end === -1 ? undefined : partOf(body.subarray(at + 2, end));
		if (part === undefined) return undefined;
		parts.push(part);
		at = end + delimiter.length;
	}
	return body.toString("latin1", at, at + 2) === "--" ? parts : undefined;
}

function partOf(bytes: Buffer): Part | undefined {
	const headersEnd = bytes.indexOf("\r\n\r\n");
	if (headersEnd === -1) return undefined;
	const headers = bytes.toString("utf8", 0, headersEnd);
	const [, disposition] = /^content-disposition: *form-data;(.*)$/im.exec(headers) ?? [];
	const [, name] = /(?:^|[;\s])name="([^"]*)"/i.exec(disposition ?? "") ?? [];
	if (name === undefined) return undefined;
	const [, fileName] = /filename="([^"]*)"/i.exec(disposition ?? "") ?? [];
	return { name, fileName, bytes: bytes.subarray(headersEnd + 4) };
}
