"""Joue les conversations de tests/conversations/<comportement>/*.yml contre l'assistant entier, sans serveur.

Un fichier est une liste de ``{titre, echanges}``. Un échange envoie ``dit`` (texte tapé, répété ``fois``)
ou clique ``bouton`` (titre d'un bouton offert au tour précédent), puis vérifie une chose au moins :

- ``sujets`` : ensemble exact des sujets traités ; ``sujets_parmi`` : un au moins ;
- ``contient``, ``sans`` : textes présents, absents (sans casse, espaces insécables ramenées à des espaces) ;
- ``clarification`` : l'assistant demande, ou non, entre plusieurs sens ;
- ``boutons_au_moins`` : nombre total de boutons du tour.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent

from actions.contenus import typographier
from actions.droit import droit_en_place
from actions.reglages import RACINE
from bilan.moteur import Tour, faire_un_tour

DOSSIER = Path(__file__).parent
ATTENTES = {"sujets", "sujets_parmi", "contient", "sans", "clarification", "boutons_au_moins"}
CLES = ATTENTES | {"dit", "fois", "bouton"}
NUMEROS_DE_SECOURS = {"3114", "15", "112"}
PAS_DES_CONNAISSANCES = {"parcours", "conversation"}
BOUTONS_MAX = 5
APERCU = 300

Conversation = dict[str, Any]
Echange = dict[str, Any]


def lire() -> Iterator[tuple[str, Conversation]]:
    """Toutes les conversations, avec leur identifiant « dossier/fichier::titre »."""
    for fichier in sorted(DOSSIER.glob("*/*.yml")):
        # SafeLoader et non CSafeLoader : lui seul admet les demi-caractères isolés des entrées hostiles.
        for conversation in yaml.load(fichier.read_text(encoding="utf-8"), yaml.SafeLoader):
            yield f"{fichier.parent.name}/{fichier.stem}::{conversation['titre']}", conversation


CONVERSATIONS = list(lire())


@pytest.mark.parametrize("conversation", [pytest.param(c, id=nom) for nom, c in CONVERSATIONS])
async def test_conversation(agent: Agent, conversation: Conversation) -> None:
    identifiant = f"test-{uuid.uuid4()}"
    journal, manques = [conversation["titre"]], 0
    offerts: dict[str, str] = {}
    for numero, echange in enumerate(conversation["echanges"], start=1):
        try:
            message = _message(echange, offerts)
        except LookupError as impossible:
            journal.append(f"tour {numero}\n  ✗ {impossible}")
            manques += 1
            break
        tour = await faire_un_tour(agent, identifiant, message)
        defauts = [*_invariants(tour), *_attentes(echange, tour)]
        journal += [_decrire(numero, echange, message, tour), *(f"  ✗ {defaut}" for defaut in defauts)]
        manques += len(defauts)
        offerts = {b["titre"]: b["envoi"] for r in tour.reponses for b in r["boutons"]}
    if manques:
        pytest.fail("\n".join(journal), pytrace=False)


def _message(echange: Echange, offerts: dict[str, str]) -> str:
    if "dit" in echange:
        return echange["dit"] * echange.get("fois", 1)
    cherche = _ramener(echange["bouton"])
    exacts = {envoi for titre, envoi in offerts.items() if _ramener(titre) == cherche}
    trouves = exacts or {envoi for titre, envoi in offerts.items() if cherche in _ramener(titre)}
    if len(trouves) != 1:
        raise LookupError(f"bouton « {echange['bouton']} » : {sorted(trouves)} parmi {sorted(offerts)}")
    return trouves.pop()


def _invariants(tour: Tour) -> Iterator[str]:
    """Ce qui est vrai de tout tour."""
    if not any(r["texte"].strip() for r in tour.reponses):
        yield "aucune réponse, ou rien que du vide"
    for reponse in tour.reponses:
        if len(reponse["boutons"]) > BOUTONS_MAX:
            yield f"plus de {BOUTONS_MAX} boutons : {[b['titre'] for b in reponse['boutons']]}"
        for titre in (b["titre"] for b in reponse["boutons"] if b["titre"] != typographier(b["titre"])):
            yield f"titre de bouton sans espaces insécables : {titre!r}"
        for visible in [reponse["texte"], *(b["titre"] for b in reponse["boutons"])]:
            for interdit in ("{", "}", "utter_"):
                if interdit in visible:
                    yield f"« {interdit} » est visible : {visible[:APERCU]!r}"


def _attentes(echange: Echange, tour: Tour) -> Iterator[str]:
    """Ce que l'échange demande et qui manque."""
    texte = _ramener("\n".join(r["texte"] for r in tour.reponses))
    # Un niveau de détail compte l'acte (approfondir, reformuler) et le sujet : nommer l'un des deux suffit.
    obtenus = set(tour.sujets)
    if obtenus & {"approfondir", "reformuler"}:
        obtenus &= set(echange.get("sujets", [])) or obtenus
    if "sujets" in echange and obtenus != set(echange["sujets"]):
        yield f"sujets attendus {sorted(echange['sujets'])}, obtenus {sorted(tour.sujets)}"
    if "sujets_parmi" in echange and not set(tour.sujets) & set(echange["sujets_parmi"]):
        yield f"un sujet attendu parmi {sorted(echange['sujets_parmi'])}, obtenus {sorted(tour.sujets)}"
    for voulu in echange.get("contient", []):
        if _ramener(voulu) not in texte:
            yield f"texte absent : « {voulu} »"
    for exclu in echange.get("sans", []):
        if _ramener(exclu) in texte:
            yield f"texte de trop : « {exclu} »"
    if "clarification" in echange and tour.clarification is not echange["clarification"]:
        yield f"demande de précision : {tour.clarification}, attendue : {echange['clarification']}"
    boutons = sum(len(r["boutons"]) for r in tour.reponses)
    if boutons < echange.get("boutons_au_moins", 0):
        yield f"{boutons} bouton(s), au moins {echange['boutons_au_moins']} attendus"


def _decrire(numero: int, echange: Echange, message: str, tour: Tour) -> str:
    apercu = message if len(message) <= APERCU else f"{message[:APERCU]}… ({len(message)} caractères)"
    confiance = "" if tour.confiance is None else f" ({tour.confiance:.2f})"
    clic = f" [bouton {echange['bouton']}]" if "bouton" in echange else ""
    lignes = [
        f"tour {numero}{clic} > {apercu!r}",
        f"  sujets {tour.sujets}, intention {tour.intention}{confiance}",
    ]
    if tour.propositions:
        lignes.append(f"  propositions {tour.propositions}")
    for reponse in tour.reponses:
        lignes.append(f"  < {reponse['texte'][:APERCU]!r}")
        if reponse["boutons"]:
            lignes.append(f"    {[b['titre'] for b in reponse['boutons']]}")
    return "\n".join(lignes)


def _ramener(texte: str) -> str:
    ordinaire = unicodedata.normalize("NFC", texte).replace("’", "'")
    return re.sub("[\u00a0\u202f\u2009]", " ", ordinaire).casefold()


# Le jeu lui-même : ces vérifications ne demandent aucun modèle.


def test_chaque_echange_est_bien_forme_et_verifie_quelque_chose() -> None:
    assert [f"{nom} : {defaut}" for nom, c in CONVERSATIONS for defaut in _defauts(c)] == []


def _defauts(conversation: Conversation) -> Iterator[str]:
    if set(conversation) != {"titre", "echanges"}:
        yield f"clés {sorted(conversation)}"
    if "dit" not in conversation["echanges"][0]:
        yield "le premier échange clique un bouton que rien n'a offert"
    for echange in conversation["echanges"]:
        if set(echange) - CLES:
            yield f"clés inconnues {sorted(set(echange) - CLES)}"
        if ("dit" in echange) == ("bouton" in echange):
            yield f"« dit » ou « bouton », l'un des deux : {echange}"
        if not set(echange) & ATTENTES and echange is conversation["echanges"][-1]:
            yield f"la fin n'est pas vérifiée : {echange}"
        for cle in ("dit", "bouton"):
            if not isinstance(echange.get(cle, ""), str):
                yield f"« {cle} » n'est pas du texte : {echange}"
        for voulu in echange.get("contient", []):
            if _chiffre_legal(voulu, conversation):
                yield f"chiffre légal dans « contient » : {voulu}"


def _chiffre_legal(voulu: str, conversation: Conversation) -> bool:
    """Un montant, un délai ou un âge change avec le droit ; un numéro de secours ou un nombre dit, non."""
    if re.search(r"\d+ (?:ans?|mois|jours?|heures?)", voulu):
        return True
    dits = " ".join(str(echange.get("dit", "")) for echange in conversation["echanges"])
    nombres = set(re.findall(r"\d{2,}", re.sub(r"(?<=\d) (?=\d)", "", voulu)))
    return bool(nombres & _valeurs_legales() - NUMEROS_DE_SECOURS - set(re.findall(r"\d+", dits)))


@cache
def _valeurs_legales() -> frozenset[str]:
    valeurs = (v.montant for p in droit_en_place().parametres.values() for v in p.valeurs)
    return frozenset(str(v) for v in valeurs if not isinstance(v, str))


def test_les_titres_sont_uniques() -> None:
    titres = [c["titre"] for _, c in CONVERSATIONS]
    assert [t for t in set(titres) if titres.count(t) > 1] == []


def test_les_sujets_attendus_existent() -> None:
    attendus = {
        sujet
        for _, conversation in CONVERSATIONS
        for echange in conversation["echanges"]
        for cle in ("sujets", "sujets_parmi")
        for sujet in echange.get(cle, [])
    }
    assert attendus - {sujet for groupe in _sujets().values() for sujet in groupe} == set()


def test_chaque_sujet_de_connaissance_a_sa_conversation() -> None:
    joues = {
        sujet
        for nom, conversation in CONVERSATIONS
        if nom.startswith("connaissances/")
        for echange in conversation["echanges"]
        for sujet in [*echange.get("sujets", []), *echange.get("sujets_parmi", [])]
    }
    groupes = set(_sujets()) - PAS_DES_CONNAISSANCES
    assert {sujet for groupe in groupes for sujet in _sujets()[groupe]} - joues == set()


def _sujets() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load((RACINE / "data/sujets.yml").read_text(encoding="utf-8"))
