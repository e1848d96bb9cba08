"""Oui, non, je ne sais pas, et reconnaître une question : les mots de tous les jours."""

import pytest

from actions.comprehension import est_une_question, ne_sait_pas, oui_non
from tests.comprehension.test_cas import lire

CAS = lire("petites_reponses")


@pytest.mark.parametrize("texte", CAS["oui"])
def test_un_oui(texte: str) -> None:
    assert oui_non(texte) is True


@pytest.mark.parametrize("texte", CAS["non"])
def test_un_non(texte: str) -> None:
    assert oui_non(texte) is False


@pytest.mark.parametrize("texte", CAS["ni_l_un_ni_l_autre"])
def test_ni_oui_ni_non(texte: str) -> None:
    assert oui_non(texte) is None


@pytest.mark.parametrize("texte", CAS["ne_sait_pas"])
def test_un_doute_ou_un_refus_de_repondre(texte: str) -> None:
    assert ne_sait_pas(texte)


@pytest.mark.parametrize("texte", CAS["sait"])
def test_pas_un_doute(texte: str) -> None:
    assert not ne_sait_pas(texte)


@pytest.mark.parametrize("texte", CAS["question"])
def test_une_question(texte: str) -> None:
    assert est_une_question(texte)


@pytest.mark.parametrize("texte", CAS["reponse"])
def test_pas_une_question(texte: str) -> None:
    assert not est_une_question(texte)
