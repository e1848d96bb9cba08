"""Les propositions d'un message, chacune pouvant être une question."""

import pytest

from composants.double_question import propositions


@pytest.mark.parametrize(
    ("texte", "attendues"),
    [
        ("ça dure combien de temps ? et qui paie ?", ["ça dure combien de temps", "qui paie"]),
        ("sa dure combien é ki pai", ["sa dure combien", "ki pai"]),
        ("j'ai 52 ans, je suis maçon. mon patron le saura ?", ["j'ai 52 ans", "je suis maçon", "mon patron le saura"]),
        ("combien ça coûte ?", []),
        ("", []),
    ],
)
def test_un_message_se_coupe_en_propositions(texte: str, attendues: list[str]) -> None:
    assert propositions(texte) == attendues


def test_d_un_long_recit_on_garde_la_fin() -> None:
    parties = propositions(", ".join(f"phrase numéro {rang}" for rang in range(20)))
    assert len(parties) == 8 and parties[-1] == "phrase numéro 19"
