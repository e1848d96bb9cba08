"""Deux dates d'une même demande, et l'année d'un bilan reprise en quelques mots."""

from datetime import date

import pytest

from actions.parcours import dates_dites

JOUR = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("texte", "lues"),
    [
        (
            "il l'a recu le 20 octobre, je commence le 12 janvier",
            {"date_demande": "2026-10-20", "date_debut": "2027-01-12"},
        ),
        ("reçue par mail le 20 octobre", {"date_demande": "2026-10-20"}),
        ("recu ma demande le 20 octobre 2026", {"date_demande": "2026-10-20"}),
        ("il débute le 12 janvier, et dure 2 mois", {"date_debut": "2027-01-12"}),
        ("elle a posé sa demande d'absence le 3 novembre", {"date_demande": "2026-11-03"}),
        ("elle me l'a envoyé il y a 5 semaines et j'ai pas répondu", {"date_demande": "2026-10-24~"}),
        ("le 20 octobre", {}),
        ("j'ai demandé 3 fois", {}),
    ],
)
def test_le_verbe_dit_quelle_date(texte: str, lues: dict[str, str]) -> None:
    assert dates_dites.lire(texte, JOUR) == lues


@pytest.mark.parametrize("motif", [" le la", " ma demande", " par le", " le"])
def test_un_message_hostile_ne_fait_pas_tourner(motif: str) -> None:
    assert dates_dites.lire("recue" + motif * (1_900 // len(motif)) + " x", JOUR) == {}


@pytest.mark.parametrize(
    ("texte", "annee"),
    [
        ("non en fait 2019", "2019"),
        ("c'est 2020 pas 2023", "2020"),
        ("en fait en mars 2021", "2021-03"),
        ("non, 2023", None),
        ("2019", None),
        ("non j'ai 2000€", None),
    ],
)
def test_l_annee_d_un_bilan_se_corrige(texte: str, annee: str | None) -> None:
    assert dates_dites.annee_corrigee(texte, "2023") == annee
    assert dates_dites.annee_corrigee(texte, None) is None
