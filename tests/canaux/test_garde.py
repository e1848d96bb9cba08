"""Un texte tapé n'est jamais une commande ; un message illisible reçoit une phrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.reglages import MESSAGE_LONGUEUR_MAX
from canaux.garde import controler, nettoyer

OFFERT = '/faq{"sujet": "duree"}'
FIL = DialogueStateTracker.from_events("essai", [BotUttered("x", {"buttons": [{"title": "t", "payload": OFFERT}]})])

COMMANDES = [
    "/restart", "/session_start", "/back", "/effacer_donnees", "/admin_reset", '/faq{"sujet":"duree"}', "/faq/duree",
    " /restart", "\t/restart", "\n/restart", "//restart", "/ /restart", "/ / /restart", "\u200b/restart",
    "\ufeff/restart",
    "\u2060/restart", "\x00/restart", "\u202e/restart", "\uff0frestart", "\u2044restart", "\u2215restart", "\\/restart",
    "/SetSlots(statut=public)", "/set statut=public", "/statut=public",
    "/restart@1.0", '/admin_reset{"matricule":{"x":[1]}}', "/\u200brestart", "\u00a0/restart",
]  # fmt: skip


@pytest.mark.parametrize("texte", COMMANDES)
def test_une_commande_tapee_est_refusee(texte: str) -> None:
    controle = controler(texte, FIL)
    assert controle.refus in ("utter_commande_refusee", "utter_bouton_perime")
    assert controle.texte == ""


def test_seul_un_bouton_offert_dans_la_conversation_passe() -> None:
    assert controler(OFFERT, FIL).texte == OFFERT
    assert controler(OFFERT).refus == "utter_bouton_perime"
    vide = DialogueStateTracker.from_events("autre", [])
    assert controler(OFFERT, vide).refus == "utter_bouton_perime"


@pytest.mark.parametrize(
    ("texte", "refus"),
    [
        ("", "utter_message_vide"),
        (" \n\t ", "utter_message_vide"),
        ("\u200b\ufeff", "utter_message_vide"),
        ("😀😀", "utter_message_illisible"),
        ("???!", "utter_message_illisible"),
        ("///", "utter_message_illisible"),
        ("a" * (MESSAGE_LONGUEUR_MAX + 1), "utter_message_trop_long"),
        ("a" * 10_000, "utter_message_trop_long"),
    ],
)
def test_un_message_impossible_a_lire_le_dit(texte: str, refus: str) -> None:
    assert controler(texte, FIL).refus == refus


@pytest.mark.parametrize("longueur", [1, MESSAGE_LONGUEUR_MAX - 1, MESSAGE_LONGUEUR_MAX])
def test_un_message_a_la_limite_passe(longueur: int) -> None:
    assert controler("a" * longueur).refus is None


def test_une_phrase_apres_une_barre_est_lue_comme_une_phrase() -> None:
    assert controler("/ combien de temps dure un bilan").texte == "combien de temps dure un bilan"


def test_le_nettoyage_garde_les_accents_et_retire_l_invisible() -> None:
    assert nettoyer(" du\u0301re\u0301e \x00\u200b\ud800") == "dúré" + "e"


@given(st.text(max_size=60))
def test_rien_de_transmis_ne_commence_par_une_barre_ni_n_est_vide(texte: str) -> None:
    controle = controler(texte)
    if controle.refus is None:
        assert controle.texte.strip() and not controle.texte.strip().startswith("/")


def test_le_titre_tape_d_un_bouton_affiche_vaut_le_bouton() -> None:
    boutons = {"buttons": [{"title": "D'autres, à l'extérieur", "payload": "/ailleurs"}]}
    affiche = DialogueStateTracker.from_events("essai", [UserUttered("x"), BotUttered("y", boutons)])
    passe = DialogueStateTracker.from_events("essai", [BotUttered("y", boutons), UserUttered("x"), BotUttered("z")])
    assert controler("d’autres, a l'exterieur", affiche).texte == "/ailleurs"
    assert controler("d'autres", affiche).texte == "d'autres"
    assert controler("D'autres, à l'extérieur", passe).texte == "D'autres, à l'extérieur"
