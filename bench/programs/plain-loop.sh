#!/bin/sh
# The loop that somebody would write: `plain-loop.sh <clone> <titles> <times> <agent…>`. For each title: the newest main, the
# compiler and the tests, the agent, the compiler and the tests again; what has no more errors and no more failing tests
# than before goes to main, on top of whatever got there meanwhile.
clone=$1 titles=$2 times=$3
shift 3
cd "$clone" || exit 1

measure() {
	begun=$(date +%s%3N)
	errors=$(node_modules/.bin/tsc --noEmit --pretty false | grep -c 'error TS')
	failed=$(NO_COLOR=1 node_modules/.bin/vitest run 2>&1 | sed -n 's/^ *Tests  *\([0-9]*\) failed.*/\1/p')
	echo $(($(date +%s%3N) - begun)) >> "$times"
}

while IFS= read -r title; do
	git fetch --quiet
	git reset --quiet --hard origin/main
	git clean --quiet --force -d
	measure
	errors_before=$errors failed_before=${failed:-0}
	printf '%s\n' "$title" | "$@" > /dev/null
	git add --all
	git diff --cached --quiet && continue
	measure
	[ "$errors" -gt "$errors_before" ] && continue
	[ "${failed:-0}" -gt "$failed_before" ] && continue
	git commit --quiet --message "$title"
	git push --quiet origin HEAD:main 2> /dev/null || { git pull --quiet --rebase origin main && git push --quiet origin HEAD:main; } || git rebase --abort
done < "$titles"
exit 0
