/**
 * How long a caller may take and how many there may be. Whoever opens a connection and says nothing, or a byte a second,
 * is gone within five seconds; a caller at the end of a bad line has sent its few kilobytes by then.
 */
import type { ServerOptions } from "node:http";

export const serverLimits = {
	/** Of a whole request, its body included. */
	requestTimeout: 4_000,
	headersTimeout: 3_000,
	/** Of a connection between two requests. */
	keepAliveTimeout: 5_000,
	connectionsCheckingInterval: 500,
	maxHeaderSize: 8 * 1024,
	requireHostHeader: true,
	insecureHTTPParser: false,
	noDelay: true,
} satisfies ServerOptions;

/** More than any flood of half-open ones has in five seconds from one machine, and well below what a process may open. */
export const connectionsMost = 800;
export const bodyBytesMax = 64 * 1024;
/** An issue with its comments and its repository; GitHub sends whole objects. */
export const gitHubBytesMax = 1024 * 1024;
