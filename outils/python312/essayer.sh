#!/bin/sh
# Entraîne et répond sous Python 3.12, puis compare aux prédictions de Python 3.11 : la sortie est tenue prête.
set -eu
cd "$(dirname "$0")/../.."
uv=.outils/bin/uv
# Sous pyenv, « python3.12 » n'est une commande que si sa version est choisie.
if command -v pyenv >/dev/null 2>&1; then
    version=$(pyenv versions --bare | grep '^3\.12\.' | tail -1 || true)
    [ -z "$version" ] || export PYENV_VERSION="$version"
fi
"$uv" python find --no-python-downloads 3.12 >/dev/null 2>&1 || "$uv" python install -q 3.12
[ -x .python312/bin/python ] || "$uv" venv -q --python 3.12 .python312
"$uv" pip sync -q --require-hashes --python .python312/bin/python outils/python312/requirements.txt
racine=$(pwd)
copie=.cache/python312
rm -rf "$copie" && mkdir -p "$copie"
# Une copie : le modèle de 3.12 ne remplace pas celui de 3.11.
git ls-files -z | xargs -0 cp --parents -t "$copie"
(cd "$copie" && "$racine/.python312/bin/python" -m tests.mesures.predictions > "$racine/.cache/predictions312.json")
.venv/bin/python -m tests.mesures.predictions > .cache/predictions311.json
.venv/bin/python -m tests.mesures.predictions .cache/predictions311.json .cache/predictions312.json
