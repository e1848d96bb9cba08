"""Les champs d'une lettre viennent de ce que la personne a dit, jamais d'un jour qu'elle n'a pas dit."""

import pytest

from actions.parcours.lettres import champs_de


@pytest.mark.parametrize("dite", ["2026-10", "2026-11-06~", "../2026-11-06", "plus_tot"])
def test_une_date_dite_a_peu_pres_reste_a_completer(dite: str) -> None:
    assert "date_reception" not in champs_de("relance_silence", {"date_demande": dite})


def test_un_jour_dit_est_repris() -> None:
    assert champs_de("relance_silence", {"date_demande": "2026-11-10"})["date_reception"] == "2026-11-10"
