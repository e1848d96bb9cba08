"""Un cas reconnu à ses seuls mots ne prend pas les messages d'un autre sujet."""

from __future__ import annotations

from collections import defaultdict

import pytest

from actions.contenus import contenus_en_place
from actions.precisions import MessageDit, dite_partout
from tests.evaluation.jeux import exemples

_TOLERES = 3
_TROUVES = [
    ("utter_cas_arnaque_subie", "jme suis fait voler mon cpf"),
    ("utter_cas_arnaque_subie", "ils m'ont vidé mon compte formation, je fais quoi"),
    ("utter_cas_arnaque_subie", "on m'a appelé pour le cpf et j'ai communiqué mon mot de passe"),
    ("utter_cas_ca_nul", "je suis micro entrepreneur, pas de chiffre d'affaires cette année, mon cpf ?"),
    ("utter_cas_ca_nul", "auto entrepreneuse avec un CA de 0€, j'ai des droits ?"),
    ("utter_cas_aide_sur_place", "je sais pas me servir d'internet, y a quelqu'un pour m'aider près de chez moi ?"),
    ("utter_cas_aide_sur_place", "l'identité numérique, je peux la faire au guichet ?"),
    ("utter_faq/majorite", "l'identité numérique refuse, j'ai 16 ans"),
    ("utter_cas_pendant_conges", "est-ce que je peux faire les séances pendant mes vacances"),
    ("utter_cas_disponibilite", "je suis titulaire en disponibilité, mon cpf marche ?"),
    ("utter_cas_discret", "la rh me fait peur, je veux pas la voir en face"),
]
_LAISSES = [
    "après quinze ans de guichet, mon cpf sert encore ?",
    "j'ai utilisé mon cpf l'an dernier, mon chef le voit ?",
    "mon collègue m'a envoyé le lien, ça sert à quoi ce site",
    "si ça ne donne rien, j'aurai perdu mon temps ?",
    "ça coûte zéro euro ou pas",
    "je préfère venir en vrai que sur internet, le bilan se fait où",
    "mon N+1 m'a répondu non par sms",
    "hôtesse de caisse, mon employeur est d'accord pour dire oui au bilan",
    "j'ai peur de parler de ma santé au cabinet",
]


def _reponse(texte: str) -> str | None:
    trouvee = dite_partout(MessageDit([texte], set(), {}, {}))
    return trouvee.reponse if trouvee else None


def test_aucun_cas_ne_prend_les_exemples_d_un_autre_sujet() -> None:
    contenus, pris = contenus_en_place(), defaultdict(list)
    for texte, etiquette in zip(*exemples(), strict=True):
        reponse = _reponse(texte)
        if reponse and set(contenus.sujets(reponse)).isdisjoint(contenus.sujets_d_etiquette(etiquette)):
            pris[reponse].append((etiquette, texte))
    assert not {reponse: autres for reponse, autres in pris.items() if len(autres) > _TOLERES}


@pytest.mark.parametrize(("attendue", "texte"), _TROUVES)
def test_ce_qu_un_cas_doit_encore_reconnaitre(attendue: str, texte: str) -> None:
    assert _reponse(texte) == attendue


@pytest.mark.parametrize("texte", _LAISSES)
def test_ce_qui_n_en_dit_que_des_mots(texte: str) -> None:
    assert _reponse(texte) is None
