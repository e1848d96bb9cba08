"""Effacer obéit à un ordre ; une question, une négation ou un doute se confirment d'abord."""

import pytest

from actions.effacer_donnees import _est_un_ordre


@pytest.mark.parametrize(
    ("texte", "ordre"),
    [
        ("/effacer_donnees", True),
        ("efface tout", True),
        ("supprimez mes messages svp", True),
        ("faut pas effacer", False),
        ("comment effacer mes messages", False),
        ("c'est bien effacé ?", False),
        ("vous etes sur que c'est effacé", False),
        ("vous pouvez effacer ou pas ?", False),
        ("j'ai dit plein de choses sur moi et mon chef, tu peux tout supprimer de partout", False),
    ],
)
def test_seul_un_ordre_efface_sans_confirmer(texte: str, ordre: bool) -> None:
    assert _est_un_ordre({"text": texte, "intent": {"confidence": 0.99}}) is ordre
