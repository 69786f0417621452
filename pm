#!/usr/bin/env bash
# The command line of the position manager: finds a JDK 25, builds what is new, runs it.
set -euo pipefail
home="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
builds="$home/benchmarks/target/pm"

is_25_or_newer() {
  local version
  version="$("$1" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')"
  [ "${version:-0}" -ge 25 ]
}

java_25() {
  local candidate
  if [ -n "${JAVA_HOME:-}" ] && is_25_or_newer "$JAVA_HOME/bin/java" 2>/dev/null; then
    echo "$JAVA_HOME/bin/java"
    return
  fi
  if command -v java >/dev/null && is_25_or_newer java; then
    command -v java
    return
  fi
  for candidate in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -x "$candidate/bin/java" ] && is_25_or_newer "$candidate/bin/java"; then
      echo "$candidate/bin/java"
      return
    fi
  done
  echo "pm: no JDK 25 found: install one (for instance Temurin 25) or set JAVA_HOME" >&2
  exit 1
}

is_stale() {
  [ -e "$builds/current/complete" ] || return 0
  [ -n "$(find "$home" -name target -prune -o -name .git -prune -o \
    \( -path '*/src/main/*' -o -name pom.xml \) -newer "$builds/current/complete" -type f -print -quit)" ]
}

# Each build has a folder of its own: programs that run go on with the jars they began with.
build() {
  local folder="lib-$$-$(date +%s)"
  command -v mvn >/dev/null || { echo "pm: no Maven found: install Maven 3.8 or newer" >&2; exit 1; }
  echo "pm: building, about a minute the first time" >&2
  (cd "$home" && mvn -q -B -ntp -Dmaven.test.skip=true -Dpm.lib="$builds/$folder" package >&2)
  touch "$builds/$folder/complete"
  ln -sfn "$folder" "$builds/current"
  find "$builds" -maxdepth 1 -name 'lib-*' ! -name "$folder" -mmin +1440 -exec rm -rf {} +
}

# One build at a time; a lock whose owner is gone is taken over.
build_once() {
  local lock="$builds/building" owner told=""
  mkdir -p "$builds"
  until (set -o noclobber; echo $$ > "$lock") 2>/dev/null; do
    owner="$(cat "$lock" 2>/dev/null || true)"
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -f "$lock"
    else
      [ -n "$told" ] || echo "pm: waiting for the build of process ${owner:-?}" >&2
      told=yes
      sleep 2
    fi
  done
  trap "rm -f '$lock'" EXIT
  if is_stale; then build; fi
  rm -f "$lock"
  trap - EXIT
}

java="$(java_25)"
if is_stale; then build_once; fi
lib="$(cd "$builds/current" && pwd -P)"

# Short commands start faster without the optimising compiler; what keeps running is worth it. What
# watches positions must not stand still for long to collect garbage.
speed=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1)
case "${1:-}" in
  worker) speed=(-XX:+UseG1GC -XX:MaxGCPauseMillis=20) ;;
  intake | simulator) speed=(-XX:+UseSerialGC) ;;
esac
exec "$java" "${speed[@]}" -Dfile.encoding=UTF-8 \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$lib/*" org.positionmanager.starter.Pm "$@"
