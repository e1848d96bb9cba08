"""La priorité d'un agent public : ce qui la donne, ce qui la retire, ce qui n'en dit rien."""

from datetime import date

import pytest

from actions.comprehension import extraire

JOUR = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("texte", "question", "attendu"),
    [
        ("je suis agent territorial, catégorie C sans le bac", None, True),
        ("j'ai la rqth", None, True),
        ("gardien de prison, catégorie C, usure pro constatée par le médecin", None, True),
        ("je me suis trompée, j'ai le bac, ça change ?", None, False),
        ("en fait j'ai le bac", None, False),
        ("pardon, j'ai une licence", None, False),
        ("refais le calcul, je ne suis pas prioritaire", None, False),
        ("non j'ai un bac pro", "agent_prioritaire", False),
        ("oui j'ai pas le bac, j'ai le diplome d'aide soignante niveau 4", "agent_prioritaire", False),
        ("j'ai la rqth mais j'ai le bac", "agent_prioritaire", True),
        ("est-ce que je suis prioritaire ?", None, None),
        ("j'ai le bac + une licence", None, None),
        ("en fait j'ai la rqth et j'ai le bac", None, True),
    ],
)
def test_la_priorite_se_lit(texte: str, question: str | None, attendu: bool | None) -> None:
    assert extraire(texte, JOUR, question).valeurs.get("agent_prioritaire") is attendu


def test_un_message_repete_ne_fait_pas_tourner() -> None:
    for bout in ("j'ai bien deja ", "diplome niveau ", "bilan fait paye "):
        extraire(bout * 130, JOUR)
