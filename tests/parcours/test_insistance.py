"""Combien de fois d'affilée une question vient d'être posée."""

from typing import Any

from actions.parcours.insistance import fois_posee


def _dits(*noms: str) -> list[dict[str, Any]]:
    """Événements du plus récent au plus ancien."""
    genres = {"historique": {"event": "slot", "name": "historique"}, "ouvre": {"event": "active_loop"}}
    return [genres.get(nom, {"event": "bot", "metadata": {"utter_action": nom}}) for nom in noms]


def test_les_reponses_a_cote_ne_remettent_pas_le_compte_a_zero() -> None:
    recents = _dits("utter_ask_prix", "utter_faq/duree", "utter_ask_prix", "utter_faq/prix", "utter_ask_prix")
    assert fois_posee(recents, "utter_ask_prix") == 3
    assert fois_posee(recents, "utter_ask_statut") == 0


def test_un_fait_appris_une_autre_question_ou_une_reprise_recommencent_le_compte() -> None:
    for coupe in ("historique", "ouvre", "utter_ask_statut"):
        assert fois_posee(_dits("utter_ask_prix", coupe, "utter_ask_prix"), "utter_ask_prix") == 1


def test_demander_a_quoi_sert_la_question_n_est_pas_la_laisser() -> None:
    recents = _dits("utter_pourquoi_prix", "utter_ask_prix", "utter_faq/prix", "utter_ask_prix")
    assert fois_posee(recents, "utter_ask_prix") == 1
