"""Ce qu'un message change au calendrier ou à la lettre qui vient d'être donné, et ce qu'il n'y change pas."""

from datetime import date
from typing import Any

import pytest

from actions.parcours import a_cote, retouches

JOUR = date(2026, 11, 28)
CALENDRIER, LETTRE = "planifier", "rediger_lettre"


@pytest.mark.parametrize(
    ("texte", "dits"),
    [
        ("en fait ça sera plutot début mai, c'est trop tard ?", {"date_debut": "2027-05-01/2027-05-10"}),
        ("change pour le 3 mai", {"date_debut": "2027-05-03"}),
        ("nouvelle date de début : 3 mai", {"date_debut": "2027-05-03"}),
        ("mets plutôt le 10/05", {"date_debut": "2027-05-10"}),
        ("et si je commence en juin ?", {"date_debut": "2027-06"}),
        ("le 3 mai", {"date_debut": "2027-05-03"}),
        ("et si je le fais pendant le boulot plutot ?", {"moment": "temps_travail"}),
        ("pendant mes heures finalement, refais le calendrier", {"moment": "temps_travail"}),
        ("je le fais sur mon temps de travail maintenant", {"moment": "temps_travail"}),
        ("non, hors de mes heures", {"moment": "hors_temps"}),
        ("mais le bilan dure 7 mois, c'est pas 120 jours ?", {"duree_mois": 7.0}),
        ("faut que ca soit fini avant l'été", {"date_debut": "2027-04-02"}),
    ],
)
def test_le_calendrier_se_corrige_en_une_phrase(texte: str, dits: dict[str, Any]) -> None:
    assert retouches.lire(texte, CALENDRIER, {}, JOUR) == dits


@pytest.mark.parametrize(
    ("texte", "dits"),
    [
        (
            "mais non !! le 12 octobre c'est la demande, le bilan commence le 3 fevrier",
            {"date_demande": "2026-10-12", "date_debut": "2027-02-03"},
        ),
        ("du 12 janvier au 20 mars 2027", {"date_debut": "2027-01-12", "duree_mois": 2.2}),
        ("moi je veux bien commencer en septembre", {"date_debut": "2027-09"}),
    ],
)
def test_la_lettre_se_date_en_une_phrase(texte: str, dits: dict[str, Any]) -> None:
    assert retouches.lire(texte, LETTRE, {}, JOUR) == dits


@pytest.mark.parametrize(
    "texte",
    [
        "euh si le vendredi après midi",
        "merci",
        "c'est trop tard ?",
        "et si mon chef refuse en mars ?",
        "j'ai envoyé ma demande le 12 octobre",
        "on m'a répondu hier",
        "combien ça coûte finalement",
        "il faut changer de prestataire ?",
    ],
)
@pytest.mark.parametrize("resultat", [CALENDRIER, LETTRE])
def test_le_reste_ne_change_aucune_date(texte: str, resultat: str) -> None:
    assert "date_debut" not in retouches.lire(texte, resultat, {}, JOUR)


def test_sans_calendrier_ni_lettre_rien_ne_se_retouche() -> None:
    assert retouches.lire("change pour le 3 mai", "simuler_cout", {}, JOUR) == {}
    assert retouches.lire("change pour le 3 mai", None, {}, JOUR) == {}


def test_finir_trop_tot_ne_date_rien() -> None:
    assert retouches.debut_pour_finir("finir avant noël, le 25 décembre", {}, JOUR) == {}
    assert retouches.debut_pour_finir("finir avant juin", {"duree_mois": 3.0}, JOUR) == {"date_debut": "2027-03-02"}


def test_une_date_d_ouverture_est_celle_du_debut() -> None:
    texte = "je voudrais la lettre pour m'absenter, mi mars, cdi dans une banque, bilan sur 7 mois"
    assert a_cote.debut_dit(texte, JOUR) == {"date_debut": "2027-03-10/2027-03-20"}
    assert a_cote.debut_dit("une relance, demande envoyée le 12 octobre", JOUR) == {}
