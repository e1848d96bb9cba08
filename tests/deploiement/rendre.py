"""Rend le chart par le moteur de Helm et le vérifie par les schémas de Kubernetes (dans .outils/deploiement)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import helm_python
import kubernetes_validate
import yaml


def principal(dossier: str, valeurs: dict[str, Any]) -> None:
    """Écrit les objets rendus, en JSON ; lève si un schéma est refusé."""
    objets = []
    with helm_python.Chart.load(dossier) as chart:
        chart.validate_schema(valeurs)
        for nom, texte in sorted(chart.render(valeurs, name="essai", namespace="bilan").items()):
            if Path(nom).suffix == ".yaml":
                objets += [objet for objet in yaml.safe_load_all(texte) if objet]
    for objet in objets:
        kubernetes_validate.validate(objet, "1.34", strict=True)
    json.dump(objets, sys.stdout)


if __name__ == "__main__":
    principal(sys.argv[1], json.loads(sys.argv[2]))
