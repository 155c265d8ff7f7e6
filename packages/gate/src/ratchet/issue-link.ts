/** Whether a text says where something is followed up. */
export function hasIssueLink(comment: string): boolean {
	// Longer ones are no reasons; patterns would take long over what somebody made to keep them busy.
	const text = comment.slice(0, 2_000);
	return (
		/https?:\/\/[^\s)]*\/(?:issues?|pull|pulls|merge_requests|browse|tickets?|bugs?|work_items)\/[\w-]*\d/i.test(
			text,
		) ||
		/(?:^|[\s(])(?:[\w.-]+\/[\w.-]+)?#\d+\b/.test(text) ||
		/\b(?:issue|ticket|bug|see|TODO)[\s:(]+#?[A-Z]{2,10}-\d+\b/i.test(text)
	);
}
