# Toutes les commandes du projet. « make » seul les liste.
.DEFAULT_GOAL := aide
BILAN := .venv/bin/bilan
export PORT ?= 5005

.PHONY: aide installer entrainer lancer parler tester navigateur verifier evaluer pairs questions dialogues guide mesurer mesurer_widget bancs teams slack charge plan deploiement pannes python312 verrouiller nettoyer confidentialite dossier nomenclature audit mutations

aide:  ## liste les commandes
	@grep -hE '^[a-z0-9_]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / : /'

installer:  ## installe ce qui manque (uv et Python compris)
	@sh outils/installer.sh

entrainer: installer  ## entraîne le modèle si les données ont changé
	@$(BILAN) entrainer

lancer: installer  ## démarre l'assistant (PORT=5005) ; Ctrl-C l'arrête
	@exec $(BILAN) lancer

parler: installer  ## converse dans le terminal
	@$(BILAN) parler

tester: installer  ## exécute toutes les vérifications et tous les tests
	@$(MAKE) --no-print-directory verifier
	@$(BILAN) entrainer
	@.venv/bin/python -m pytest

navigateur: installer  ## les seuls essais dans un vrai navigateur (widget, guide)
	@$(BILAN) entrainer
	@.venv/bin/python -m pytest tests/widget tests/guide

verifier: installer  ## format, lint, types, contenus
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/python -m pytest tests/contenus tests/test_architecture.py

evaluer: installer  ## mesure la compréhension (jeux jamais vus, détresse ; OPTIONS="--rapide --erreurs")
	@$(BILAN) entrainer
	@.venv/bin/python -m tests.evaluation.evaluer $(OPTIONS)

pairs: installer  ## la même mesure, avec Rasa de série, SVM et NLP.js entraînés sur les mêmes exemples (long, Node)
	@$(BILAN) entrainer
	@.venv/bin/python -m tests.evaluation.evaluer --pairs $(OPTIONS)

questions: installer  ## trace le nombre de questions posées sur 500 profils
	@.venv/bin/python -m tests.mesures.questions

mutations: installer  ## casse le cœur d'éligibilité ligne à ligne : les tests doivent le voir (long)
	@.venv/bin/python -m mutmut run "actions.eligibilite*"

dialogues: installer  ## joue quinze parcours entiers et les écrit dans docs/dialogues.md
	@.venv/bin/python -m tests.mesures.dialogues

guide: installer  ## écrit le guide à lire sans connexion (sortie/guide/index.html)
	@$(BILAN) guide sortie/guide

mesurer: installer  ## mesure démarrage, mémoire et latence
	@$(BILAN) entrainer
	@.venv/bin/python -m tests.mesures.bancs --sans-pair

mesurer_widget: installer  ## mesure le widget dans Chromium (objectifs de docs/mesures.md)
	@$(BILAN) entrainer
	@.venv/bin/python -m tests.mesures.mesurer_widget

bancs: installer  ## les mêmes mesures, comparées à un Rasa de série (entraîné la première fois)
	@$(BILAN) entrainer
	@.venv/bin/python -m tests.mesures.bancs
	@.venv/bin/python -m tests.mesures.charge

charge: installer  ## charge en boucle ouverte : embarqué et à l'échelle, 1 à 200 conversations (ARGS="--duree 10")
	@$(BILAN) entrainer
	@.venv/bin/python -m tests.mesures.charge $(ARGS)

plan: installer  ## coût d'un message à l'échelle, et machines pour un effectif (ARGS="--effectifs 3000 --part 0.5", 1 min)
	@$(BILAN) entrainer
	@.venv/bin/python -m tests.mesures.plan $(ARGS)

confidentialite: installer  ## joue les preuves de confidentialité sur cette installation (3 min)
	@$(BILAN) entrainer
	@$(BILAN) verifier-confidentialite

dossier: installer  ## écrit le dossier du CSE, du DPO et du RSSI (sortie/dossier)
	@$(BILAN) dossier sortie/dossier

nomenclature: installer  ## écrit la nomenclature des bibliothèques (sortie/nomenclature.json, CycloneDX)
	@mkdir -p sortie
	@.outils/bin/uv tool run -q --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.txt \
		--pyproject pyproject.toml --output-reproducible --of JSON -o sortie/nomenclature.json
	@echo "Nomenclature écrite dans sortie/nomenclature.json"

audit: installer  ## cherche les avis de sécurité des bibliothèques et leur décision (demande internet)
	@.venv/bin/python -m tests.mesures.audit

teams: installer  ## fabrique l'application Teams à importer (docs/teams.md)
	@$(BILAN) manifeste teams

slack: installer  ## fabrique le manifeste Slack à importer (docs/slack.md)
	@$(BILAN) manifeste slack

deploiement: installer  ## vérifie deploiement/ : chart Helm rendu, Compose, systemd, nginx
	@.outils/bin/uv venv -q --allow-existing --python .venv/bin/python .outils/deploiement
	@.outils/bin/uv pip install -q --require-hashes --python .outils/deploiement/bin/python -r outils/deploiement.txt
	@.venv/bin/python -m pytest tests/deploiement tests/echelle/test_ensemble.py::test_nginx_accepte_sa_configuration

pannes: installer  ## toutes les pannes, longues comprises (PostgreSQL, Redis, RabbitMQ et nginx sur cette machine)
	@$(BILAN) entrainer
	@.venv/bin/python -m pytest -o addopts="-q -p no:cacheprovider" tests/echelle/test_pannes.py tests/pannes

python312: installer  ## entraîne et répond sous Python 3.12, mêmes prédictions que 3.11
	@$(BILAN) entrainer
	@sh outils/python312/essayer.sh

VERROUILLER := .outils/bin/uv pip compile -q --generate-hashes --python-platform x86_64-manylinux_2_28 --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links

verrouiller:  ## recalcule requirements.txt (3.11) et outils/python312/requirements.txt
	@$(VERROUILLER) pyproject.toml --extra dev --python-version 3.11 -o requirements.txt
	@$(VERROUILLER) outils/python312/dependances.in --override outils/python312/ecarts.txt --python-version 3.12 \
		-o outils/python312/requirements.txt

nettoyer:  ## supprime environnement, modèles et caches
	@rm -rf .venv .outils .rasa .cache models/*.tar.gz
