"""Les textes : valeurs du jour, boutons de niveau, mention de la source, et rien de partagé entre deux tours."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from actions import adresses
from actions.contenus import Contenus, contenus_en_place
from actions.droit import ValeurAbsente
from composants import reponses_datees
from composants.reponses_datees import BOUTONS_MAX, ReponsesDatees


@pytest.fixture
def textes() -> ReponsesDatees:
    return ReponsesDatees()


def test_une_reponse_inconnue_n_est_pas_composee(textes: ReponsesDatees) -> None:
    assert textes.composer("utter_disparue") is None


async def test_generate_lit_les_slots_de_la_conversation(textes: ReponsesDatees) -> None:
    fil = DialogueStateTracker.from_events("a", [], Domain.empty().slots)
    assert await textes.generate("utter_faq/duree", fil, "rest") == textes.composer("utter_faq/duree")


def test_aucune_accolade_ne_reste_et_le_texte_est_le_meme_deux_fois(textes: ReponsesDatees) -> None:
    for nom in ("utter_bienvenue", "utter_faq/duree", "utter_faq/prix", "utter_message_trop_long"):
        message = textes.composer(nom)
        assert message is not None and "{" not in message["text"]
        assert message == textes.composer(nom)


def test_un_tour_ne_modifie_pas_les_textes_du_projet(textes: ReponsesDatees) -> None:
    noms = ("utter_faq/duree", "utter_vouloir_dire", "utter_bienvenue")
    avant = {nom: copy.deepcopy(contenus_en_place().reponses[nom]) for nom in noms}
    for nom in noms:
        message = textes.composer(nom)
        assert message is not None
        message["text"] += " ajout"
        for bouton in message.setdefault("buttons", []):
            bouton["title"] = "changé"
        message["buttons"].append({"title": "nouveau", "payload": "/x"})
    assert {nom: contenus_en_place().reponses[nom] for nom in noms} == avant
    assert all("ajout" not in (textes.composer(nom) or {})["text"] for nom in noms)


@pytest.mark.parametrize(
    ("nom", "niveau_absent"),
    [("utter_detail_duree", "/approfondir"), ("utter_simple_duree", "/reformuler")],
)
def test_le_niveau_que_l_on_vient_d_entendre_n_est_plus_offert(
    textes: ReponsesDatees, nom: str, niveau_absent: str
) -> None:
    bulle, niveau = textes.composer("utter_faq/duree"), textes.composer(nom)
    assert bulle is not None and niveau is not None
    offerts = [bouton["title"] for bouton in niveau["buttons"]]
    dit = next(b["title"] for b in bulle["buttons"] if b["payload"].startswith(niveau_absent))
    assert dit not in offerts and len(offerts) <= BOUTONS_MAX


def test_un_bouton_de_niveau_porte_le_sujet(textes: ReponsesDatees) -> None:
    message = textes.composer("utter_faq/duree")
    assert message is not None
    niveaux = [b["payload"] for b in message["buttons"] if b["payload"].startswith(("/approfondir", "/reformuler"))]
    assert niveaux and all('"sujet": "duree"' in payload for payload in niveaux)


def test_une_reponse_de_connaissance_finit_par_sa_source_et_sa_date(textes: ReponsesDatees) -> None:
    message = textes.composer("utter_faq/duree")
    assert message is not None
    derniere = message["text"].splitlines()[-1]
    assert any(caractere.isdigit() for caractere in derniere)
    simple = textes.composer("utter_saluer")
    assert simple is not None and "\n" not in simple["text"].strip()


def test_le_texte_donne_une_ligne_par_source_sans_doublon(textes: ReponsesDatees) -> None:
    contenus = contenus_en_place()
    faits = contenus.faits("utter_faq/duree") + contenus.faits("utter_detail_duree")
    message = textes.composer("utter_le_texte", faits=[*faits, *faits], sujet="duree")
    assert message is not None
    lignes = [ligne for ligne in message["text"].splitlines() if "http" in ligne]
    assert lignes and len(lignes) == len(set(lignes))


def test_une_valeur_absente_devient_une_phrase_et_ne_boucle_jamais(
    textes: ReponsesDatees, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remplir(texte: str, *suite: Any) -> str:
        if any(manquant in texte for manquant in manquants):
            raise ValeurAbsente("essai")
        return texte

    monkeypatch.setattr("actions.droit.Droit.remplir", lambda droit, *suite: remplir(*suite))
    manquants = [textes.contenus.variante("utter_faq/duree")["text"]]
    assert textes.composer("utter_faq/duree") == textes.composer("utter_valeur_absente")
    manquants.append(textes.contenus.variante("utter_valeur_absente")["text"])
    indisponible = textes.composer("utter_indisponible")
    assert indisponible and textes.composer("utter_faq/duree") == indisponible
    manquants.append(textes.contenus.variante("utter_indisponible")["text"])
    assert textes.composer("utter_faq/duree") is None


@pytest.mark.parametrize(("slots", "attendu"), [({"metier": "soudeur"}, "Soudeur."), ({}, "Sans métier.")])
def test_la_variante_suit_les_slots(
    textes: ReponsesDatees, monkeypatch: pytest.MonkeyPatch, slots: dict[str, str], attendu: str
) -> None:
    condition = [{"type": "slot", "name": "metier", "value": "soudeur"}]
    variantes = [{"text": "Soudeur.", "condition": condition}, {"text": "Sans métier."}]
    contenus = Contenus({**textes.contenus.reponses, "utter_essai": variantes})
    monkeypatch.setattr(reponses_datees, "contenus_en_place", lambda: contenus)
    monkeypatch.setattr(reponses_datees, "_choix", reponses_datees._choix.__wrapped__)
    message = textes.composer("utter_essai", slots)
    assert message is not None and message["text"] == attendu


def test_en_savoir_plus_mene_au_guide_quand_il_est_publie(
    textes: ReponsesDatees, monkeypatch: pytest.MonkeyPatch
) -> None:
    sans = textes.composer("utter_detail_duree")
    monkeypatch.setattr(adresses, "URL_GUIDE", "https://guide.exemple.fr/")
    avec, bulle = textes.composer("utter_detail_duree"), textes.composer("utter_faq/duree")
    assert sans is not None and avec is not None and bulle is not None
    assert avec["text"] == f"{sans['text']}\nLire cette page du guide\u00a0: {adresses.lien_du_guide('duree')}"
    assert "guide.exemple.fr" not in bulle["text"] and "guide" not in sans["text"].lower()
