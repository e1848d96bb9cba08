"""Les réponses tapées comme on écrit : fautes, abréviations, demi-phrases."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.droit import droit_en_place
from actions.parcours.faits import mettre_a_jour
from actions.parcours.lecture import MessageRecu
from actions.parcours.reponse import lire
from tests.decodeur import decodeur_appris
from tests.parcours.profils import JOUR


def cas(nom: str) -> list[tuple[str, str, Any]]:
    lus = yaml.safe_load(Path(__file__).with_name(f"{nom}.yml").read_text(encoding="utf-8"))
    return [(question, str(texte), attendu) for question, cas in lus.items() for texte, attendu in cas.items()]


@pytest.mark.parametrize(("question", "texte", "attendu"), cas("reponses_ecrites"))
def test_une_reponse_tapee_est_lue(question: str, texte: str, attendu: Any) -> None:
    verifier(MessageRecu(texte, "nlu_fallback", "nlu_fallback", 0.2), question, attendu)


@pytest.mark.parametrize(("question", "texte", "attendu"), cas("reponses_a_l_oreille"))
def test_une_reponse_ecrite_a_l_oreille_est_lue(question: str, texte: str, attendu: Any) -> None:
    relu = decodeur_appris().relire(texte)
    verifier(MessageRecu(texte, "nlu_fallback", "nlu_fallback", 0.2, dechiffre=relu), question, attendu)


def verifier(message: MessageRecu, question: str, attendu: Any) -> None:
    lu = lire(message, question, {}, JOUR, droit_en_place())
    if attendu == "inconnu":
        assert question in lu.inconnus and question not in lu.faits
    elif attendu == "rien":
        assert lu.incompris or (question not in lu.faits and question not in lu.inconnus), lu
    else:
        obtenu = mettre_a_jour({}, lu.faits)
        for champ, valeur in attendu.items():
            egal = str(obtenu.get(champ)).startswith(valeur) if isinstance(valeur, str) else obtenu.get(champ) == valeur
            assert egal, (champ, obtenu)
