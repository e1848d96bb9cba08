"""Les champs d'une lettre viennent de ce que la personne a dit, jamais d'un jour qu'elle n'a pas dit."""

import pytest

from actions.parcours.lettres import champs_de
from actions.parcours.precisions_de_lettre import lire
from tests.parcours.profils import JOUR


@pytest.mark.parametrize("dite", ["2026-10", "2026-11-06~", "../2026-11-06", "plus_tot"])
def test_une_date_dite_a_peu_pres_reste_a_completer(dite: str) -> None:
    assert "date_reception" not in champs_de("relance_silence", {"date_demande": dite})


def test_un_jour_dit_est_repris() -> None:
    assert champs_de("relance_silence", {"date_demande": "2026-11-10"})["date_reception"] == "2026-11-10"


@pytest.mark.parametrize(
    ("texte", "heures"),
    [
        ("CDI 35h, je veux demander l'absence, commence le 9 mars 2027, écris la lettre", None),
        ("jsuis femme de menage. Je travaille 19 heures par semaine", None),
        ("je travaille chez deux particuliers en cesu 10h et 18h, je veux l'absence", None),
        ("aide à domicile 10h chez l'un et 18h chez l'autre", None),
        ("24 h", 24),
        ("je suis en cdi et le bilan dure 20h", 20),
        ("mon contrat est de 35h, absence de 12h", 12),
    ],
)
def test_l_horaire_de_la_semaine_n_est_pas_la_duree_du_bilan(texte: str, heures: int | None) -> None:
    assert lire(texte, "demande_absence", JOUR).get("heures") == heures
