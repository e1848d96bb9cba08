"""Un message peu sûr, dit juste après une réponse, se lit avec elle ; sûr, long ou hors sujet, il se lit seul."""

import pytest

from actions.rattachement import rattacher


def _sens(**parts: float) -> list[dict[str, object]]:
    noms = {"prix": "faq/prix", "annulation": "faq/annulation", "duree": "faq/duree", "hors_sujet": "hors_sujet/autre"}
    return [{"name": noms.get(nom, nom), "confidence": part} for nom, part in parts.items()]


@pytest.mark.parametrize(
    ("texte", "sens", "precedent", "attendu"),
    [
        ("je récupère mes sous ?", _sens(hors_sujet=0.15, prix=0.1, annulation=0.02), "annulation", "faq/annulation"),
        ("et les sous", _sens(prix=0.9, annulation=0.02), "annulation", None),
        ("je récupère mes sous ?", _sens(hors_sujet=0.45, annulation=0.1), "annulation", None),
        ("mot " * 13, _sens(prix=0.2, annulation=0.1), "annulation", None),
        ("c'est tous les combien", _sens(prix=0.2, duree=0.1), "annulation", None),
        ("ok ok", _sens(affirmer=0.4, prix=0.001), "annulation", None),
        ("", [], "annulation", None),
    ],
)
def test_un_message_peu_sur_se_rattache_au_sujet_qui_precede(
    texte: str, sens: list[dict[str, object]], precedent: str, attendu: str | None
) -> None:
    assert rattacher(texte, sens, precedent) == attendu


def test_les_boutons_de_la_reponse_comptent_aussi() -> None:
    sens = [*_sens(duree=0.2), {"name": "faq/mesures_maintien", "confidence": 0.1}]
    assert rattacher("et à mi-temps, ça existe ?", sens, "visites_medicales") == "faq/mesures_maintien"
