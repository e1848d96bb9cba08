"""Un bouton resté à l'écran répond à sa question ; cliqué deux fois, il ne répond pas à la suivante."""

import pytest

from actions.parcours.boutons import est_un_double_clic, question_du_bouton


@pytest.mark.parametrize(
    ("code", "posee", "deja", "visee"),
    [
        ("salarie_prive", "statut", [], "statut"),
        ("agent_public", "arret", ["statut"], "statut"),
        ("aucun", "arret", ["statut"], "arret"),
        ("salarie_prive", "arret", [], None),
        ("inventé", "statut", ["arret"], None),
        ("moyen", "solde_cpf", ["statut", "prix"], "prix"),
    ],
)
def test_un_bouton_vise_la_question_qui_l_offrait(code: str, posee: str, deja: list[str], visee: str | None) -> None:
    assert question_du_bouton(code, posee, deja) == visee


def _recu(texte: str, quand: float) -> dict[str, object]:
    return {"event": "user", "text": texte, "timestamp": quand}


@pytest.mark.parametrize(
    ("recus", "double"),
    [
        ([_recu("/repondre{}", 10.0), {"event": "bot"}, _recu("/repondre{}", 10.4)], True),
        ([_recu("/repondre{}", 10.0), _recu("/repondre{}", 14.0)], False),
        ([_recu("/repondre{}", 10.0), _recu("/autre", 10.2)], False),
        ([_recu("non", 10.0), _recu("non", 10.2)], False),
        ([_recu("/repondre{}", 10.0)], False),
        ([], False),
    ],
)
def test_un_double_clic_est_le_meme_bouton_aussitot(recus: list[dict[str, object]], double: bool) -> None:
    assert est_un_double_clic(recus) is double
