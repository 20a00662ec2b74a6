# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What ./check and ./demo share; sourced by bash. It installs what is missing, and sees that nothing but the installing
# runs as root: root's part ends in handing a copy of the tree to an unprivileged user.
#
# gs_prepare SCRIPT ARGUMENT...   installs; then runs SCRIPT of the tree once more, contained: unprivileged, and with every
#                                 process that it starts ending with it. Never returns.
# In that second run GS_BUILD is set: the folder in which builds are made.

GS_DEVELOPER=${GATESIDE_USER:-gateside-dev}

gs_say() {
  printf '\n==> %s\n' "$*"
}

gs_die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

gs_as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    # Without a terminal nobody can type a password.
    if [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
  else
    gs_die "run this as root, or install sudo, to install: ${*: -1}"
  fi
}

# The packages of the list that are not there, one a line.
gs_missing_packages() {
  local wanted installed
  wanted=$(grep -v -e '^#' -e '^$' "$1/tools/packages.txt" | sort -u)
  # Exit status 1 only says that a package is unknown.
  installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1 == "ii" || $1 == "hi" {print $2}' |
    sort -u)
  comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
  # Another Node than Debian's may be installed, which Debian's npm would push out.
  command -v node >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
}

gs_install() {
  local missing
  [ -z "${gs_installed:-}" ] || return 0
  gs_installed=yes
  command -v dpkg-query >/dev/null || gs_die "this needs Debian 12 or a system with its packages"
  mapfile -t missing < <(gs_missing_packages "$1")
  if [ ${#missing[@]} -eq 0 ]; then
    gs_say "Every needed package is installed"
    return
  fi
  gs_say "Installing ${#missing[@]} packages: ${missing[*]}"
  gs_as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
  gs_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q "${missing[@]}"
}

# Files of the tree that are or could be committed, NUL between them, relative to it.
gs_tree_files() {
  if git -c safe.directory='*' -C "$1" rev-parse --git-dir >/dev/null 2>&1; then
    git -c safe.directory='*' -C "$1" ls-files -z -co --exclude-standard
  else
    (cd "$1" && find . \( -name .git -o -name node_modules -o -name 'build*' -o -name demo-pictures \) -prune -o \
      \( -type f -o -type l \) -printf '%P\0')
  fi
}

# Copies the tree $1 to $2. A file whose content is the same is not touched, one that differs is new: so the next build
# makes exactly what has to be made, whatever the times in the tree are.
gs_copy_tree() {
  local list
  list=$(mktemp)
  mkdir -p "$2"
  gs_tree_files "$1" | while IFS= read -r -d '' path; do
    # git still lists a file that was deleted but not committed so.
    if [ -e "$1/$path" ] || [ -L "$1/$path" ]; then printf '%s\0' "$path"; fi
  done | sort -z -u >"$list"
  rsync -rlp --checksum --from0 --files-from="$list" "$1/" "$2/"
  (cd "$2" && find . \( -type f -o -type l \) -printf '%P\0' | sort -z | comm -z -23 - "$list" | xargs -0 -r rm -f --)
  rm -f "$list"
}

gs_ensure_developer() {
  if ! id "$GS_DEVELOPER" >/dev/null 2>&1; then
    gs_say "Making the unprivileged user $GS_DEVELOPER, who builds and runs"
    useradd --system --create-home --home-dir "/var/lib/$GS_DEVELOPER" --shell /bin/bash "$GS_DEVELOPER"
  fi
  [ "$(id -u "$GS_DEVELOPER")" -ne 0 ] || gs_die "the user $GS_DEVELOPER is root"
}

# Lets the unprivileged user draw on root's X display, if there is one.
gs_share_display() {
  local cookie=$1/xauthority
  [ -n "${DISPLAY:-}" ] || return 0
  rm -f "$cookie"
  if xauth nextract - "$DISPLAY" 2>/dev/null | xauth -f "$cookie" nmerge - 2>/dev/null && [ -s "$cookie" ]; then
    chown "$GS_DEVELOPER:" "$cookie"
    export XAUTHORITY=$cookie
  else
    unset XAUTHORITY
  fi
}

gs_prepare() {
  local script=$1 root home base
  shift
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
  gs_install "$root"
  if [ "$(id -u)" -ne 0 ]; then
    mkdir -p "$root/build"
    exec env GS_BUILD="$root/build" GS_CALLER="$root" /usr/bin/python3 "$root/tools/contain" "$root/$script" "$@"
  fi
  gs_ensure_developer
  home=$(getent passwd "$GS_DEVELOPER" | cut -d: -f6)
  # One folder for each checkout: its name, and where it lies in short.
  base=$home/$(basename "$root")-$(printf '%s' "$root" | sha256sum | cut -c1-8)
  gs_say "Copying the tree for $GS_DEVELOPER to $base"
  mkdir -p "$base/build"
  exec 9>"$base/lock"
  flock -n 9 || gs_die "another run works in $base"
  gs_copy_tree "$root" "$base/tree"
  if [ -n "${GATESIDE_REAL_DATA:-}" ]; then
    mkdir -p "$base/real-data"
    rsync -rl --checksum --delete "$GATESIDE_REAL_DATA/" "$base/real-data/"
    export GATESIDE_REAL_DATA=$base/real-data
  fi
  gs_share_display "$base"
  chown "$GS_DEVELOPER:" "$base" "$base/build"
  chmod -R a+rX "$base/tree"
  cd "$base/tree" || exit 1
  # setpriv replaces itself, so a signal to this process reaches the container.
  exec setpriv --reuid="$GS_DEVELOPER" --regid="$(id -g "$GS_DEVELOPER")" --init-groups --inh-caps=-all \
    env -u XDG_RUNTIME_DIR -u XDG_CONFIG_HOME -u XDG_CACHE_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u TMPDIR \
    -u DBUS_SESSION_BUS_ADDRESS -u WAYLAND_DISPLAY HOME="$home" USER="$GS_DEVELOPER" LOGNAME="$GS_DEVELOPER" \
    GS_BUILD="$base/build" GS_CALLER="$root" /usr/bin/python3 "$base/tree/tools/contain" "$base/tree/$script" "$@"
}

# Brings the face engine's models, once, and puts what meson needs for them into gs_models. Without them the build goes on.
gs_get_models() {
  local status=0
  gs_models=()
  tools/models/install "$GS_BUILD/models" >/dev/null || status=$?
  if [ "$status" -eq 0 ]; then
    gs_models=("-Dmodels=$GS_BUILD/models")
  elif [ "$status" -eq 77 ]; then
    echo "The models of the face engine cannot be had now; this build has none, and what needs them is skipped."
  else
    return "$status"
  fi
}

# Sets up the build folder $1 of the tree here with the compiler $2 and the options that follow, anew when they are others
# than the last time, and compiles. Says little when all is well.
gs_build() {
  local folder=$1 compiler=$2 cxx=g++
  shift 2
  [ "$compiler" = gcc ] || cxx=$compiler++
  local wanted="$compiler $* $PWD"
  if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.gateside-options" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$folder"
    CC=$compiler CXX=$cxx meson setup "$folder" . "$@" >"$folder.setup.log" 2>&1 || { cat "$folder.setup.log"; return 1; }
    printf '%s' "$wanted" >"$folder/.gateside-options"
  fi
  ninja -C "$folder"
}
