"""Mise en page : chaque réponse se lit mot pour mot en carte et en blocs, dans les limites des deux outils."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.contenus import contenus_en_place
from canaux import slack_blocs, teams_cartes
from canaux.mise_en_page import couper, lire
from tests.canaux.clients import actions_de_blocs, actions_de_carte, texte_de_blocs, texte_de_carte
from tests.canaux.faux_agent import GENERATEUR
from tests.canaux.pairs import Valideur, defauts_de_blocs

NOMS = sorted(contenus_en_place().reponses)


def lignes(texte: str) -> str:
    """Texte sans ses lignes vides ni ses espaces de bord : ce qui reste est le texte même."""
    return "\n".join(ligne.strip() for ligne in texte.split("\n") if ligne.strip())


def sceau(envoi: str) -> str:
    return f"{abs(hash(envoi)):032x}"[:32]


@pytest.mark.parametrize("nom", NOMS)
def test_chaque_reponse_se_lit_mot_pour_mot_sur_les_deux_outils(nom: str, valideur: Valideur) -> None:
    message = GENERATEUR.composer(nom)
    cartes, blocs = teams_cartes.contenus(message, sceau), slack_blocs.contenus(message, sceau)
    attendu = lignes(message["text"])
    assert "\n".join(map(texte_de_carte, cartes)) == attendu
    assert lignes("\n".join(map(texte_de_blocs, blocs))) == attendu
    assert lignes("\n".join(b["text"] for b in blocs)) == attendu
    titres = [b["title"] for b in message.get("buttons") or []]
    assert [a["title"] for c in cartes for a in actions_de_carte(c)] == titres
    assert [a["text"]["text"] for b in blocs for a in actions_de_blocs(b)] == titres
    for carte in cartes:
        assert valideur.defauts(carte["attachments"][0]["content"]) == []
    for bloc in blocs:
        assert defauts_de_blocs(bloc["blocks"]) == []


TEXTES = [
    "Ni *gras*, ni _italique_, ni `code`, ni [lien](javascript:alert(1)), ni <b>balise</b>, ni ~barré~ & co.",
    "<!channel> <@U1> <https://intrus.exemple|cliquez>",
    "{{TIME(2026-01-01)}} {{DATE(x)}} ${x}",
    "- puce\n- autre puce\n\nfin",
    "Voir https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037385744 (lu).",
]


@pytest.mark.parametrize("texte", TEXTES)
def test_rien_n_est_interprete(texte: str, valideur: Valideur) -> None:
    (carte,), (bloc,) = teams_cartes.contenus({"text": texte}, sceau), slack_blocs.contenus({"text": texte}, sceau)
    assert texte_de_carte(carte) == lignes(texte) == lignes(texte_de_blocs(bloc))
    types = set(re.findall(r'"type": "([^"]+)"', json.dumps(bloc["blocks"])))
    assert types <= {"rich_text", "rich_text_section", "rich_text_list", "text", "link"}
    assert "TextBlock" not in re.findall(r'"type": "([^"]+)"', json.dumps(carte))
    assert valideur.defauts(carte["attachments"][0]["content"]) == [] and defauts_de_blocs(bloc["blocks"]) == []


def test_une_adresse_devient_un_lien_sans_sa_ponctuation() -> None:
    (ligne,) = lire("Voir https://x.fr/a?b=1. Et « https://y.fr » ; fin")
    assert [m.lien for m in ligne.morceaux if m.lien] == ["https://x.fr/a?b=1", "https://y.fr"]
    assert "".join(m.texte for m in ligne.morceaux) == "Voir https://x.fr/a?b=1. Et « https://y.fr » ; fin"


def test_un_long_texte_se_coupe_entre_paragraphes_puis_phrases_puis_mots() -> None:
    assert couper("aaaa\n\nbbbb", 6) == ["aaaa", "bbbb"]
    assert couper("Un deux. Trois quatre.", 15) == ["Un deux.", "Trois quatre."]
    assert couper("un deux trois", 8) == ["un deux", "trois"]
    assert couper("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert couper("", 10) == [""]


@given(st.text(alphabet="aé e\u0301.\n-1", max_size=400), st.integers(5, 60))
def test_couper_ne_perd_rien_et_tient_dans_la_limite(texte: str, limite: int) -> None:
    parties = couper(texte, limite)
    assert all(len(partie) <= limite for partie in parties)
    assert "".join("".join(parties).split()) == "".join(texte.split())


def test_un_tres_long_message_part_en_plusieurs_et_ses_boutons_sur_le_dernier(valideur: Valideur) -> None:
    texte = "\n\n".join(f"Paragraphe {rang}. " + "Une phrase assez longue pour remplir. " * 12 for rang in range(40))
    message = {"text": texte, "buttons": [{"title": "Suite", "payload": "/demander_aide"}]}
    cartes, blocs = teams_cartes.contenus(message, sceau), slack_blocs.contenus(message, sceau)
    assert len(cartes) == len(blocs) > 5
    assert [len(actions_de_carte(c)) for c in cartes] == [0] * (len(cartes) - 1) + [1]
    assert "\n".join(map(texte_de_carte, cartes)) == lignes(texte)
    for carte, bloc in zip(cartes, blocs, strict=True):
        assert valideur.defauts(carte["attachments"][0]["content"]) == [] and defauts_de_blocs(bloc["blocks"]) == []


def test_le_valideur_voit_les_defauts(valideur: Valideur) -> None:
    (bonne,) = teams_cartes.contenus({"text": "x"}, sceau)
    carte = bonne["attachments"][0]["content"]
    assert valideur.defauts(carte) == []
    for fausse in (
        {**carte, "version": "1.4"},
        {**carte, "type": "Autre"},
        {**carte, "zorglub": 1},
        {**carte, "body": [{"type": "RichTextBloc", "inlines": []}]},
        {**carte, "body": [{"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": "x"}]}]},
        {**carte, "body": [{"type": "ActionSet", "actions": [{"type": "Action.Inconnue", "title": "x"}]}]},
    ):
        assert valideur.defauts(fausse), fausse


def test_le_faux_slack_voit_les_defauts() -> None:
    bouton = {"type": "button", "action_id": "a", "value": "v", "text": {"type": "plain_text", "text": "x"}}
    assert defauts_de_blocs([{"type": "actions", "elements": [bouton]}]) == []
    assert defauts_de_blocs([{"type": "actions", "elements": [bouton, bouton]}])
    assert defauts_de_blocs([{"type": "inconnu"}])
    assert defauts_de_blocs([{"type": "actions", "elements": [{**bouton, "value": "v" * 151}]}])
