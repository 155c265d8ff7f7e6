/**
 * Run by /bin/sh as the first process of its namespaces, with all rights in them and none outside. It builds a root in
 * memory, moves into it, gives up the old one, and runs the program in one more user namespace, where it has no rights
 * at all and may not look at this shell. The shell stays: a first process is spared most signals and inherits orphans,
 * both of which a program does not expect.
 *
 * The root is built over /sys, which every machine has and nobody takes anything from: no folder is left behind, however
 * it ends. Tools are those of the system's folders, because the PATH is the program's.
 */
export const unshareScript = String.raw`
set -e
uid=$1 gid=$2 network=$3 start=$4
shift 4
root=/sys
given=$PATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin

die() { echo "unshare: $1" >&2; exit 1; }

# Something mounted behind a link would lie elsewhere than in the new root.
no_link_to() {
	at=$root left=$1
	while [ -n "$left" ]; do
		left=${"$"}{left#/} at=$at/${"$"}{left%%/*}
		case $left in */*) left=/${"$"}{left#*/} ;; *) left= ;; esac
		[ ! -L "$at" ] || die "$at is a link, so nothing can be mounted there"
	done
}

folder() { [ -d "$1" ] || mkdir -p -- "$1"; }

mount -t tmpfs -o mode=0755,nosuid,nodev,size=16m tmpfs "$root"
mkdir "$root/proc" "$root/dev" "$root/.old"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
# One more is made below, and none by the program.
echo 1 > "$root/proc/sys/user/max_user_namespaces"
mount -t tmpfs -o mode=0755,nosuid,size=64k tmpfs "$root/dev"
mkdir "$root/dev/shm" "$root/dev/pts"
for device in null zero full random urandom tty; do
	: > "$root/dev/$device"
	mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,nosuid,noexec devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for stream in 0:stdin 1:stdout 2:stderr; do
	ln -s "/proc/self/fd/${"$"}{stream%:*}" "$root/dev/${"$"}{stream#*:}"
done
mount -o remount,bind,ro,nosuid "$root/dev"

while [ "$1" != -- ]; do
	case $1 in
	bind)
		[ -e "$2" ] || die "there is no $2 to mount"
		no_link_to "$3"
		if [ -d "$2" ]; then folder "$root$3"; else folder "$root${"$"}{3%/*}"; [ -e "$root$3" ] || : > "$root$3"; fi
		mount --rbind -- "$2" "$root$3"
		;;
	flags) mount -o "remount,bind,$3" -- "$root$2" ;;
	empty)
		no_link_to "$2"
		folder "$root$2"
		mount -t tmpfs -o "mode=0755,nosuid,nodev,size=$3" tmpfs "$root$2"
		;;
	link)
		folder "$root${"$"}{3%/*}"
		ln -s -- "$2" "$root$3"
		;;
	esac
	shift 3
done
shift

[ "$network" = shared ] || ip link set lo up
cd "$root"
pivot_root . .old
umount -l /.old
rmdir /.old
mount -o remount,bind,ro,nosuid,nodev /
cd -- "$start" || die "there is no folder $start in the sandbox"
[ -x "$1" ] || die "$1 is not in the sandbox, or cannot be executed there"
PATH=$given
set +e
# Apart from the program's, so that the shell does not tell of signals in the program's own words.
exec 9>&2 2>/dev/null
(
	exec /usr/bin/unshare --user --map-user="$uid" --map-group="$gid" -- \
		/usr/bin/setpriv --no-new-privs --inh-caps=-all -- "$@" 2>&9 9>&- 3>&-
)
code=$?
echo "{ \"exit-code\": $code }" >&3
exit $code
`;
