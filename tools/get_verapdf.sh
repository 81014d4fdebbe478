#!/usr/bin/env bash
# Puts veraPDF into .tools/verapdf/, from where the tests run it. Needs Maven; run again to update.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target="$root/.tools/verapdf"

rm -rf "$target"
mvn --batch-mode --quiet -Dstyle.color=never --file "$root/tools/verapdf/pom.xml" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$target"
ls "$target"/*.jar
