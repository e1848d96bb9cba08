"""Une date dite est une période : elle s'écrit et se relit sans que le jour s'invente."""

from datetime import date

import pytest

from actions.comprehension import extraire, periodes
from actions.parcours.messages import dire_fait

JOUR = date(2026, 11, 27)
DITES = {
    "en 2021": ("2021", "2021"),
    "mars 2024": ("2024-03", "mars 2024"),
    "12/03/2020": ("2020-03-12", "12 mars 2020"),
    "il y a 3 semaines": ("2026-11-06~", "vers le 6 novembre 2026"),
    "moins de 5 ans": ("2021-11-27/..", "après le 27 novembre 2021"),
    "plus de 5 ans": ("../2021-11-27", "avant le 27 novembre 2021"),
    "cet été": ("2026-06-01/2026-09-30", "entre juin 2026 et septembre 2026"),
    "pendant le covid": ("2020-03-17/2021-12-31", "entre le 17 mars 2020 et le 31 décembre 2021"),
}


@pytest.mark.parametrize(("texte", "attendu"), DITES.items())
def test_une_date_se_redit_comme_elle_a_ete_dite(texte: str, attendu: tuple[str, str]) -> None:
    ecrite = extraire(texte, JOUR, "dernier_bilan_date").valeurs["dernier_bilan_date"]
    dit = dire_fait("dernier_bilan_date", ecrite).replace("\u00a0", " ")
    assert (ecrite, dit.removeprefix("Date du dernier bilan : ")) == attendu


@pytest.mark.parametrize("ecrite", [ecrite for ecrite, _ in DITES.values()])
def test_une_periode_se_relit_telle_quelle(ecrite: str) -> None:
    assert periodes.ecrire(periodes.lire(ecrite)) == ecrite


@pytest.mark.parametrize("illisible", ["", "hier", "2026-13", "2026-02-30", "..", "1900"])
def test_une_periode_illisible_est_refusee(illisible: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        periodes.lire(illisible)
