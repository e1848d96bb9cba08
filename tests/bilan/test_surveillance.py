"""Mesures, santé, journal : ils disent vrai, ne citent personne, et le tableau de bord ne cite que ce qui existe."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from rasa.core.agent import Agent

import bilan.journaux
from actions import reglages
from actions.reglages import RACINE
from canaux import mesures, surveillance
from canaux.echange import echanger
from tests.conftest import Serveurs
from tests.serveur import Serveur, Visiteur

CANARI = "zygomatique42"
# Valeurs admises de chaque étiquette : rien qu'une personne puisse choisir.
ETIQUETTES = {
    "canal": {*mesures.CANAUX, "autre"},
    "issue": {*mesures.ISSUES, "ok", "refus"},
    "methode": {"GET", "POST", "OPTIONS", "autre"},
    "quoi": {"donnees", "modele"},
}


def mesurees(serveur: Serveur) -> dict[str, list[Any]]:
    page = serveur.appeler("GET", "/metrics")
    assert page.code == 200 and page.entetes["content-type"].startswith("text/plain")
    return {f.name: f.samples for f in text_string_to_metric_families(page.corps.decode())}


def test_les_mesures_comptent_sans_texte_et_leurs_etiquettes_sont_bornees(serveur_temoin: Serveur) -> None:
    personne = Visiteur(serveur_temoin).ouvrir()
    avant = mesurees(serveur_temoin)
    total = sum(s.value for s in avant["bilan_tours"] if s.name == "bilan_tours_total")
    for texte in (f"mon bilan {CANARI} ?", f"/{CANARI}", CANARI):
        assert personne.dire(texte).code == 200
    serveur_temoin.appeler("GET", f"/{CANARI}")
    serveur_temoin.appeler("PATCH", f"/webhooks/{CANARI}")
    serveur_temoin.appeler("GET", f"/documents/{CANARI}")
    serveur_temoin.appeler("GET", f"/assistant/{CANARI}/assistant.js")
    apres = mesurees(serveur_temoin)
    assert sum(s.value for s in apres["bilan_tours"] if s.name == "bilan_tours_total") == total + 3
    assert CANARI not in serveur_temoin.appeler("GET", "/metrics").corps.decode()
    for echantillon in (s for famille in apres.values() for s in famille):
        for nom, valeur in echantillon.labels.items():
            assert nom in ("route", "code", "le", "sujet") or valeur in ETIQUETTES[nom], echantillon
    routes = {s.labels["route"] for s in apres["bilan_requetes"]}
    assert "inconnue" in routes and len(routes) < 40


def test_un_sujet_n_est_compte_que_par_dizaines_de_conversations() -> None:
    instant = [0.0]
    comptes = mesures.SujetsComptes(lambda: instant[0])
    for numero in range(9):
        for _ in range(3):  # une conversation qui insiste compte une fois
            comptes.noter(f"personne-{numero}", ["duree", "detresse"])
    assert comptes.publiables() == {}
    comptes.noter("personne-9", ["duree"])
    assert comptes.publiables() == {"duree": 10}
    for numero in range(10, 19):
        comptes.noter(f"personne-{numero}", ["duree"])
    assert comptes.publiables() == {"duree": 10}
    comptes.oublier("personne-18")
    assert "personne-18" not in comptes._vus
    instant[0] = reglages.INACTIVITE_MINUTES * 60 + 1
    (famille,) = comptes.collect()
    assert comptes._vus == {} and [s.value for s in famille.samples if s.name.endswith("_total")] == [10]


def test_pret_et_sante_repondent_sur_un_serveur_sain(serveur_temoin: Serveur) -> None:
    assert serveur_temoin.appeler("GET", "/sante").json() == {"vivant": True}
    recue = serveur_temoin.appeler("GET", "/pret")
    verifications = {"modele": True, "droit": True, "fil": True, "verrou": True}
    assert recue.code == 200 and recue.json() == {"pret": True, "verifications": verifications}


def test_les_mesures_disent_pret_sans_que_personne_ait_demande_pret(serveurs: Serveurs) -> None:
    """Sinon l'alerte sonnerait sans fin là où rien ne sonde /pret."""
    (pret,) = mesurees(serveurs.jeton)["bilan_pret"]
    assert pret.value == 1


def _app(agent: Any) -> Any:
    return SimpleNamespace(ctx=SimpleNamespace(agent=agent))


@pytest.mark.parametrize("panne", ["modele", "fil", "verrou", "fil_muet", "verrou_muet"])
async def test_pret_dit_ce_qui_manque_sans_attendre_plus_d_une_seconde(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, panne: str
) -> None:
    async def echouer(*_: Any, **__: Any) -> None:
        raise ConnectionError(panne)

    async def se_taire(*_: Any, **__: Any) -> None:
        await asyncio.sleep(60)

    @asynccontextmanager
    async def verrou(*_: Any) -> AsyncGenerator[None, None]:
        await (se_taire if "muet" in panne else echouer)()
        yield

    if panne == "modele":
        monkeypatch.setattr(agent, "parse_message", echouer)
    elif panne.startswith("fil"):
        monkeypatch.setattr(agent.tracker_store, "retrieve", se_taire if "muet" in panne else echouer)
    else:
        monkeypatch.setattr(agent.lock_store, "lock", verrou)
    debut = asyncio.get_running_loop().time()
    verifications = await surveillance.Sondes().verifier(_app(agent))
    assert asyncio.get_running_loop().time() - debut < surveillance.SONDE_DELAI_S + 1
    assert [nom for nom, oui in verifications.items() if not oui] == [panne.split("_")[0]]
    assert mesures.pret._value.get() == 0


async def test_mille_demandes_ne_font_qu_une_sonde(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    appels, lire = [], agent.parse_message

    async def compter(texte: str) -> Any:
        appels.append(texte)
        return await lire(texte)

    monkeypatch.setattr(agent, "parse_message", compter)
    sondes = surveillance.Sondes()
    resultats = await asyncio.gather(*(sondes.verifier(_app(agent)) for _ in range(1_000)))
    assert len(appels) == 1 and all(all(r.values()) for r in resultats)


async def test_une_panne_du_moteur_est_comptee(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    async def echouer(*_: Any) -> None:
        raise RuntimeError(CANARI)

    compteur = mesures.tours.labels("dialogue", "panne")
    avant = compteur._value.get()
    monkeypatch.setattr(agent.processor, "save_tracker", echouer)
    with pytest.raises(RuntimeError):
        await echanger(agent, "panne-comptee", "bonjour", "dialogue")
    assert compteur._value.get() == avant + 1


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    ecrit = io.StringIO()
    racine = logging.getLogger()
    monkeypatch.setattr(racine, "handlers", list(racine.handlers))
    return ecrit


@pytest.mark.parametrize("forme", ["texte", "json"])
def test_le_journal_n_ecrit_aucun_texte_venu_d_ailleurs(
    journal: io.StringIO, monkeypatch: pytest.MonkeyPatch, forme: str
) -> None:
    monkeypatch.setattr(reglages, "JOURNAUX", forme)
    connus = {
        n: (j.handlers, j.propagate) for n, j in logging.root.manager.loggerDict.items() if hasattr(j, "handlers")
    }
    bilan.journaux.poser(journal)
    try:
        for nom in ("rasa.core.processor", "sanic.error", "asyncio", "aiohttp.client"):
            try:
                raise ValueError(f"pile {CANARI}")
            except ValueError:
                logging.getLogger(nom).exception("message %s", CANARI)
        logging.getLogger("canaux.essai").error("refus : %s", "forme")
    finally:
        for nom, (sorties, propage) in connus.items():
            autre = logging.getLogger(nom)
            autre.handlers, autre.propagate = sorties, propage
    lignes = journal.getvalue().splitlines()
    assert CANARI not in journal.getvalue() and len(lignes) == 5
    assert "rasa.core.processor, test_surveillance.py ligne" in lignes[0] and "ValueError" in lignes[0]
    assert "refus : forme" in lignes[-1]
    if forme == "json":
        assert [set(json.loads(ligne)) for ligne in lignes] == [{"instant", "niveau", "journal", "evenement"}] * 5


def test_le_tableau_et_les_alertes_ne_citent_que_des_mesures_qui_existent() -> None:
    connues = {nom: {"le"} for nom in ("process_resident_memory_bytes",)}
    for famille in mesures.registre.collect():
        suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"]}.get(famille.type, [""])
        connues |= {famille.name + suffixe: set() for suffixe in suffixes}
    tableau = json.loads((RACINE / "observation/tableau.json").read_text(encoding="utf-8"))
    regles = yaml.safe_load((RACINE / "observation/alertes.yml").read_text(encoding="utf-8"))
    cibles = [cible["expr"] for panneau in tableau["panels"] for cible in panneau["targets"]]
    cibles += [regle["expr"] for groupe in regles["groups"] for regle in groupe["rules"]]
    assert len(cibles) > 15
    for expression in cibles:
        citees = set(re.findall(r"\b(?:bilan|process)_[a-z_]+", expression))
        assert citees and citees <= set(connues), expression
        assert expression.count("(") == expression.count(")") and expression.count("{") == expression.count("}")
    places = [(p["gridPos"]["x"], p["gridPos"]["y"]) for p in tableau["panels"]]
    assert len(set(places)) == len(places) and len({p["id"] for p in tableau["panels"]}) == len(places)
    assert all(p["title"] and p["datasource"]["uid"] == "${source}" for p in tableau["panels"])


def test_spacy_n_est_charge_qu_une_fois(agent: Agent) -> None:
    from bilan.oubli_des_mots import nom_du_modele
    from composants.spacy_francais import _langue

    assert agent.is_ready() and _langue.cache_info().currsize == 1
    etapes = set(_langue(nom_du_modele()).pipe_names)
    assert not etapes & {"parser", "ner", "tagger", "lemmatizer"}
