#!/bin/sh
# restaurer.sh ARCHIVE : remet les fichiers d'une sauvegarde dans cette installation ; redémarrez ensuite les assistants.
set -eu
archive="$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
cd "$(dirname "$0")/.."
tar -tzf "$archive" >/dev/null
rm -rf data models/bilan-*.tar.gz
tar -xzf "$archive"
echo "Restauré : redémarrez les assistants."
