#!/usr/bin/env bash
# Publishes the single file for every platform for which the .NET runtime pack and DuckDB's library can be had here, and says
# which could not be. Output: artifacts/publish/RID/.
set -u
cd "$(dirname "$0")/.."
built=() missing=()
for rid in linux-x64 linux-arm64 osx-x64 osx-arm64 win-x64 win-arm64; do
  if log=$(dotnet publish src/Quarry.Cli -p:PublishProfile=single-file -r "$rid" -v quiet --nologo 2>&1); then
    built+=("$rid")
  else
    missing+=("$rid: $(grep -m 1 -oE '(error|QUARRY)[^[]*' <<<"$log")")
  fi
done
printf 'built: %s\n' "${built[*]}"
((${#missing[@]} == 0)) || printf 'not built: %s\n' "${missing[@]}"
