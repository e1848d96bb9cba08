#!/bin/sh
# Installe ce qui manque : uv, Python 3.11, les dépendances épinglées par empreinte, le paquet local.
# Sans effet si rien n'a changé. Chaque échec dit quoi faire, en une ligne, et rend 1.
set -eu
cd "$(dirname "$0")/.."

echec() { printf 'Installation impossible : %s\n' "$1" >&2; exit 1; }
racine() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
apt_installe() {
    racine || return 1
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"; } >>"$journal" 2>&1
}

temoin=.venv/.installe
empreinte=$(cat requirements.txt pyproject.toml outils/uv.txt .python-version outils/installer.sh | sha256sum | cut -d' ' -f1)
[ -f "$temoin" ] && [ "$(cat "$temoin")" = "$empreinte" ] && [ -x .venv/bin/bilan ] && exit 0

journal=.installation.log  # ce que disent pip, uv et apt : rien à l'écran qu'une ligne claire
: 2>/dev/null > "$journal" || { printf "Installation impossible : on ne peut pas écrire dans ce dossier.\n" >&2; exit 1; }

libre() { df -Pk . | awk 'NR==2 {print int($4 / 1024)}'; }
[ "$(libre)" -ge 4000 ] || [ -x .venv/bin/bilan ] || echec "il faut 4 Go libres sur ce disque, il en reste $(libre) Mo."

command -v python3 >/dev/null 2>&1 || apt_installe python3 || echec "python3 manque (sudo apt install python3)."

if [ ! -x .outils/bin/uv ]; then
    echo "Installation de uv…"
    python3 -m venv .outils >>"$journal" 2>&1 \
        || { rm -rf .outils; apt_installe python3-venv && python3 -m venv .outils >>"$journal" 2>&1; } \
        || echec "le module venv de Python manque (sudo apt install python3-venv)."
    .outils/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r outils/uv.txt >>"$journal" 2>&1 \
        || { rm -rf .outils; echec "uv n'a pas pu être téléchargé ; vérifiez la connexion ou le miroir de paquets de pip (détail : $journal)."; }
fi
uv=.outils/bin/uv

if ! "$uv" python find --no-python-downloads 3.11 >/dev/null 2>&1; then
    echo "Installation de Python 3.11…"
    "$uv" python install 3.11 >>"$journal" 2>&1 || apt_installe python3.11 python3.11-venv \
        || echec "Python 3.11 manque et n'a pas pu être téléchargé (sudo apt install python3.11)."
fi

echo "Installation des dépendances (quelques minutes la première fois)…"
# multidict 5.2 (exigé par sanic) n'a pas de roue pour 3.11 : sans compilateur, on prend sa version en Python pur.
command -v cc >/dev/null 2>&1 || export MULTIDICT_NO_EXTENSIONS=1
# Un .venv interrompu en cours d'installation est refait entièrement.
[ -x .venv/bin/python ] || "$uv" venv -q --clear --python 3.11 .venv >>"$journal" 2>&1 || echec "l'environnement .venv n'a pas pu être créé."
rm -f "$temoin"
# Compiler à l'installation divise par trois la durée des imports, à chaque démarrage.
"$uv" pip sync -q --require-hashes --compile-bytecode requirements.txt >>"$journal" 2>&1 \
    || { [ "$(libre)" -ge 100 ] || echec "le disque est plein : libérez 4 Go et relancez."
         echec "une dépendance n'a pas pu être téléchargée ou vérifiée ; vérifiez la connexion (détail : $journal)."; }
"$uv" pip install -q --no-deps --no-build-isolation -e . >>"$journal" 2>&1 \
    || echec "le paquet local n'a pas pu être installé (détail : $journal)."
"$uv" pip check >>"$journal" 2>&1 || echec "des dépendances se contredisent (détail : $journal)."
echo "$empreinte" > "$temoin"
rm -f "$journal"
