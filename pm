#!/usr/bin/env bash
# The command line of the position manager: finds a JDK 25, builds what is new, runs it.
set -euo pipefail
home="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
lib="$home/benchmarks/target/pm/lib"

java_25() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -x "$candidate/bin/java" ]; then
      case "$("$candidate/bin/java" -version 2>&1 | head -n 1)" in
        *'"25'* | *'"26'* | *'"27'*) echo "$candidate/bin/java"; return ;;
      esac
    fi
  done
  if command -v java >/dev/null; then
    case "$(java -version 2>&1 | head -n 1)" in
      *'"25'* | *'"26'* | *'"27'*) command -v java; return ;;
    esac
  fi
  echo "pm: no JDK 25 found: install one (for instance Temurin 25) or set JAVA_HOME" >&2
  exit 1
}

is_stale() {
  [ -d "$lib" ] || return 0
  [ -n "$(find "$home" -name target -prune -o \( -path '*/src/main/*' -o -name pom.xml \) -newer "$lib" -type f -print -quit)" ]
}

java="$(java_25)"
if is_stale; then
  command -v mvn >/dev/null || { echo "pm: no Maven found: install Maven 3.8 or newer" >&2; exit 1; }
  echo "pm: building, about a minute the first time" >&2
  (cd "$home" && mvn -q -B -ntp -Dmaven.test.skip=true package >&2)
  touch "$lib"
fi
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8 \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$lib/*" org.positionmanager.starter.Pm "$@"
