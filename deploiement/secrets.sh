#!/bin/sh
# secrets.sh : tire une fois les secrets de Compose dans deploiement/secrets/ ; tls.crt et tls.key y restent à mettre.
set -eu
cd "$(dirname "$0")"
[ ! -e secrets/bilan_secret ] || { echo "deploiement/secrets/ existe déjà : en changer ferme les conversations." >&2; exit 1; }
tirer() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n='; }
# Le dossier protège ; chaque fichier est monté seul, dans un conteneur dont l'utilisateur n'est pas le vôtre.
install -d -m 0700 secrets
base=$(tirer) verrou=$(tirer) file=$(tirer)
printf '%s=' "$(tirer)" > secrets/bilan_secret
printf '%s' "$base" > secrets/postgres
printf 'requirepass %s\nsave ""\nappendonly no\n' "$verrou" > secrets/redis.conf
printf 'default_user = bilan\ndefault_pass = %s\n' "$file" > secrets/rabbitmq.conf
cat > secrets/services.env <<FIN
BILAN_POSTGRES=postgresql://bilan:$base@postgres:5432/bilan
BILAN_REDIS=redis://:$verrou@redis:6379/0
BILAN_RABBITMQ=amqp://bilan:$file@rabbitmq:5672/
FIN
echo "Secrets tirés dans deploiement/secrets/."
