"""Les données lues : une fois, remplacées d'un coup, jamais mêlées dans un tour."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions import en_place


@pytest.fixture
def compteur(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Lecteurs et données à part : rien de ce test ne touche ceux du projet."""
    monkeypatch.setattr(en_place, "_LECTEURS", [])
    monkeypatch.setattr(en_place, "_courante", {})
    yield [0]


def test_une_lecture_par_version_et_un_tour_garde_la_sienne(compteur: list[int]) -> None:
    @en_place.lu_une_fois
    def nombre() -> int:
        compteur[0] += 1
        return compteur[0]

    assert (nombre(), nombre()) == (1, 1)
    with en_place.meme_version():
        version = en_place.relire(lambda: None)
        assert nombre() == 1
        en_place.mettre_en_place(version)
        assert nombre() == 1  # le tour commencé avant finit avec ce qu'il a lu
    assert nombre() == 2


def test_une_version_ecartee_ne_laisse_rien(compteur: list[int]) -> None:
    @en_place.lu_une_fois
    def fragile() -> int:
        compteur[0] += 1
        if compteur[0] == 2:
            raise ValueError("fichier faux")
        return compteur[0]

    assert fragile() == 1
    with pytest.raises(ValueError, match="fichier faux"):
        en_place.relire(lambda: None)

    def refuser() -> None:
        raise LookupError(fragile())

    with pytest.raises(LookupError, match="3"):
        en_place.relire(refuser)
    assert fragile() == 1
