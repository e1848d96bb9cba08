"""Textes, droit et modèle neufs sans redémarrer, sous charge : personne ne perd son fil ni n'attend longtemps."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serveur import Serveur, Visiteur, copier_le_projet, demarrer

QUESTION = "combien de temps dure un bilan de compétences ?"
DELAI_TEXTES_S = 60
# Limite de deploiement/, moins un dixième.
MEMOIRE_MAX_MO = 1440


@pytest.fixture(scope="module")
def projet(modele: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copier_le_projet(tmp_path_factory.mktemp("projet"), modele)


@pytest.fixture(scope="module")
def serveur(projet: Path) -> Iterator[Serveur]:
    lance = demarrer(projet, BILAN_RELECTURE_S="1", BILAN_WIDGET_MESSAGES_PAR_MINUTE="10000").attendre()
    yield lance
    assert lance.arreter() == 0
    assert "Traceback" not in lance.lire_journal()


class Charge:
    """Quatre personnes qui parlent sans arrêt ; toute réponse qui n'est pas 200 est retenue."""

    def __init__(self, serveur: Serveur) -> None:
        self._serveur, self._fin = serveur, threading.Event()
        self.durees: list[float] = []
        self.rates: list[int] = []
        self._fils = [threading.Thread(target=self._parler) for _ in range(4)]

    def _parler(self) -> None:
        personne = Visiteur(self._serveur).ouvrir()
        while not self._fin.is_set():
            debut = time.perf_counter()
            recue = personne.dire(QUESTION)
            self.durees.append(time.perf_counter() - debut)
            if recue.code != 200 or not recue.json()["messages"]:
                self.rates.append(recue.code)
            time.sleep(0.2)

    def __enter__(self) -> Charge:
        for fil in self._fils:
            fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._fin.set()
        for fil in self._fils:
            fil.join()


def texte(serveur: Serveur) -> str:
    return str(Visiteur(serveur).ouvrir().dire(QUESTION).json()["messages"][0]["texte"])


def attendre(condition: Callable[[], bool], delai: float) -> float:
    debut = time.monotonic()
    while not condition():
        assert time.monotonic() - debut < delai
        time.sleep(0.3)
    return time.monotonic() - debut


def remplacer(fichier: Path, avant: str, apres: str) -> None:
    lu = fichier.read_text(encoding="utf-8")
    assert avant in lu
    fichier.write_text(lu.replace(avant, apres, 1), encoding="utf-8")


def fichier_de(projet: Path, reponse: str) -> Path:
    return next(
        f for f in (projet / "data/responses").rglob("*.yml") if f"  {reponse}:" in f.read_text(encoding="utf-8")
    )


def relectures(serveur: Serveur, quoi: str, issue: str) -> float:
    page = serveur.appeler("GET", "/metrics").corps.decode()
    trouve = re.search(rf'bilan_relectures_total{{issue="{issue}",quoi="{quoi}"}} ([\d.]+)', page)
    return float(trouve[1]) if trouve else 0.0


def test_un_texte_corrige_est_dit_en_moins_d_une_minute_et_un_questionnaire_continue(
    serveur: Serveur, projet: Path
) -> None:
    personne = Visiteur(serveur).ouvrir()
    premiere = personne.dire("quels sont mes droits ?").json()["messages"][-1]
    assert premiere["boutons"]
    fichier = fichier_de(projet, "utter_faq/duree")
    debut = texte(serveur).split()[0]
    with Charge(serveur) as charge:
        lu = fichier.read_text(encoding="utf-8")
        bloc = lu.index("  utter_faq/duree:")
        place = lu.index("text:", bloc)
        neuf = re.sub(r"text: (\|\s*\n\s+|\"|>-?\s*\n\s+)?", lambda m: m[0] + "Zéphyr. ", lu[place:], count=1)
        fichier.write_text(lu[:place] + neuf, encoding="utf-8")
        duree = attendre(lambda: texte(serveur).startswith("Zéphyr. "), DELAI_TEXTES_S)
    assert charge.rates == [] and debut in texte(serveur)
    print(f"texte en place en {duree:.1f} s")
    suite = personne.dire(premiere["boutons"][0]["envoi"]).json()["messages"][-1]
    assert suite["texte"] and suite["reponse"] not in ("utter_bouton_perime", "utter_commande_refusee")
    assert suite["boutons"] != premiere["boutons"]


@pytest.mark.parametrize(
    ("fautif", "raison"), [('"jamais fermé', "YAML mal formé"), ("{parametre_inconnu} jours", "accolade inconnue")]
)
def test_un_fichier_faux_n_est_pas_mis_en_place(serveur: Serveur, projet: Path, fautif: str, raison: str) -> None:
    fichier = fichier_de(projet, "utter_faq/duree")
    sain, avant = fichier.read_text(encoding="utf-8"), texte(serveur)
    refus = relectures(serveur, "donnees", "refus")
    remplacer(fichier, "Zéphyr.", fautif)
    if "accolade" not in raison:
        fichier.write_text(sain + f"\n  cassé: {fautif}\n", encoding="utf-8")
    attendre(lambda: relectures(serveur, "donnees", "refus") > refus, DELAI_TEXTES_S)
    assert texte(serveur) == avant and serveur.appeler("GET", "/pret").code == 200
    assert raison in serveur.lire_journal()
    relu = relectures(serveur, "donnees", "ok")
    fichier.write_text(sain, encoding="utf-8")
    attendre(lambda: relectures(serveur, "donnees", "ok") > relu, DELAI_TEXTES_S)
    assert texte(serveur) == avant


def test_une_valeur_du_droit_corrigee_se_lit_dans_la_reponse(serveur: Serveur, projet: Path) -> None:
    parametres = projet / "data/droit/parametres/bilan.yml"
    lu = parametres.read_text(encoding="utf-8")
    bloc = lu.index("bilan_duree_max:")
    valeur = re.search(r"valeur: (\d+)", lu[bloc:])
    assert valeur and valeur[1] in texte(serveur)
    place = bloc + valeur.start(1)
    parametres.write_text(lu[:place] + "77" + lu[place + len(valeur[1]) :], encoding="utf-8")
    attendre(lambda: "77" in texte(serveur), DELAI_TEXTES_S)


def test_un_nouveau_modele_remplace_l_ancien_sous_charge(serveur: Serveur, projet: Path, modele: Path) -> None:
    """L'archive est la même sous le nom que demandent des règles changées : tout est neuf, sauf l'apprentissage."""
    personne = Visiteur(serveur).ouvrir()
    personne.dire(QUESTION)
    regles = next((projet / "data/rules").glob("*.yml"))
    regles.write_text(regles.read_text(encoding="utf-8") + "\n# règle relue\n", encoding="utf-8")
    attendre(lambda: "nouveau modèle" in serveur.lire_journal(), DELAI_TEXTES_S)
    demande = subprocess.run(
        [sys.executable, "-c", "from bilan.entrainement import empreinte; print(empreinte())"],
        cwd=projet,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert demande not in modele.name
    with Charge(serveur) as charge:
        shutil.copy(modele, projet / "models" / f"bilan-{demande}.tar.gz")
        duree = attendre(lambda: relectures(serveur, "modele", "ok") == 1, 120)
    assert charge.rates == [] and len(charge.durees) > 10
    print(f"modèle en place en {duree:.1f} s, {len(charge.durees)} tours, le plus long {max(charge.durees):.1f} s")
    assert personne.dire("plus simple").json()["messages"][0]["reponse"] == "utter_simple_duree"
    etat = Path(f"/proc/{serveur.processus.pid}/status").read_text(encoding="utf-8")
    pire = re.search(r"VmHWM:\s+(\d+) kB", etat)
    assert pire and int(pire[1]) / 1024 < MEMOIRE_MAX_MO, "la limite de deploiement/ tuerait l'assistant"
    print(f"mémoire au plus : {int(pire[1]) / 1024:.0f} Mo")
