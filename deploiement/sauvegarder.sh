#!/bin/sh
# sauvegarder.sh ARCHIVE : textes, droit, canaux et modèle. Ni conversations, ni secret (docs/exploitation.md).
set -eu
cd "$(dirname "$0")/.."
umask 077
tar -czf "$1" config.yml domain.yml credentials.yml endpoints.yml deploiement/canaux.yml data \
    models/bilan-*.tar.gz
tar -tzf "$1" >/dev/null
echo "Sauvegardé : $1"
