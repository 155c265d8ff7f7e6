/** What must be said before the API reads the body. */
import type { Asked } from "../../serve/asked.ts";
import type { ApiError } from "../../serve/dialect.ts";

export function headerFaults({ method, headers, body, unreadable }: Asked): ApiError[] {
	const faults: ApiError[] = [];
	if (!headers["x-api-key"] && !headers["authorization"]) {
		faults.push({ status: 401, message: "x-api-key header is required" });
	}
	if (method !== "POST") return faults;
	if (!headers["anthropic-version"]) faults.push({ status: 400, message: "anthropic-version: header is required" });
	if (unreadable !== undefined) {
		faults.push({ status: 400, message: `The request body is not valid JSON: ${unreadable}` });
	} else if (body === undefined) {
		faults.push({ status: 400, message: "The request body is not valid JSON: it is empty" });
	}
	return faults;
}
