"""La coupe entre phrases : deux au plus par partie, rien de perdu."""

import re

import pytest

from actions.contenus import contenus_en_place
from actions.phrases import compter, couper
from composants.reponses_datees import ReponsesDatees

REPONSES = sorted(contenus_en_place().reponses)
# Compte à part : une fin de phrase est un point, un point d'interrogation ou des points de suspension, puis une espace.
# Hors d'une citation qui se ferme, et une question de liste compte avec sa réponse (« - Qui paie ? Le CPF. »).
_FIN = re.compile(r"(?<!\b[A-Z])(?<!art)(?:[.…]|(?<!\n)\?)(?![\u00a0 ]»)(?=\s|$)")
_QUESTION_DE_LISTE = re.compile(r"(?m)^(- [^\n?]*)\?")


@pytest.mark.parametrize(
    ("texte", "parties"),
    [
        ("Une. Deux. Trois.", ["Une. Deux.", "Trois."]),
        ("Voir L. 6313-4 et art. R. 6313-4. Suite ? Fin.", ["Voir L. 6313-4 et art. R. 6313-4. Suite ?", "Fin."]),
        ("Il y a :\n- un ;\n- deux.\nEnsuite. Enfin.", ["Il y a :\n- un ;\n- deux.\nEnsuite.", "Enfin."]),
        ("Le site mon-cep.org répond. Oui.", ["Le site mon-cep.org répond. Oui."]),
        ("- Qui paie ? Le CPF.\n- Quand ? Vite. Fin.", ["- Qui paie ? Le CPF.\n- Quand ? Vite.", "Fin."]),
        ("Dites « je peux ? »\nEnsuite. Enfin.", ["Dites « je peux ? »\nEnsuite.", "Enfin."]),
        ("", []),
    ],
)
def test_couper(texte: str, parties: list[str]) -> None:
    assert couper(texte) == parties


@pytest.mark.parametrize("nom", REPONSES)
def test_en_messages_courts_aucune_reponse_ne_depasse_deux_phrases_et_rien_n_est_perdu(nom: str) -> None:
    textes = ReponsesDatees()
    court, entier = textes.composer(nom, {"pause": True}), textes.composer(nom)
    assert court is not None and entier is not None
    if contenus_en_place().metadonnees(nom).get("entier"):
        assert court["text"] == entier["text"] and "suite" not in court
        return
    parties = [court["text"], *court.get("suite", [])]
    # La ligne « Vérifié le… · source » suit toujours ce qui est dit.
    sans_mention = [re.sub(r"\n(Vérifié le|Recoupé le|Probable au) [^\n]*$", "", partie) for partie in parties]
    assert all(
        compter(partie) <= 2 and len(_FIN.findall(_QUESTION_DE_LISTE.sub(r"\1", partie))) <= 2
        for partie in sans_mention
    )
    if not nom.startswith("utter_faq/"):
        assert _remise(parties).split() == entier["text"].split()
    if court.get("suite"):
        assert court["buttons"][0]["payload"] == "/suite"


def _remise(parties: list[str]) -> str:
    """Remet la mention, dite avec la première partie, à la fin du texte."""
    trouve = re.search(r"\n(Vérifié le|Recoupé le|Probable au) [^\n]*$", parties[0])
    if not trouve:
        return "\n".join(parties)
    return "\n".join([parties[0][: trouve.start()], *parties[1:], trouve[0]])


@pytest.mark.parametrize("nom", [n for n in REPONSES if n.startswith("utter_faq/")])
def test_en_messages_courts_un_sujet_se_dit_dans_sa_version_simple(nom: str) -> None:
    court = ReponsesDatees().composer(nom, {"pause": True})
    simple = ReponsesDatees().composer(nom.replace("utter_faq/", "utter_simple_"))
    assert court is not None and simple is not None
    assert simple["text"].startswith(court["text"].split("\n")[0][:40])
    assert court["metadata"] == contenus_en_place().metadonnees(nom)


def test_une_liste_numerotee_garde_ses_numeros() -> None:
    texte = "Voici la suite. Elle a deux étapes.\n1. Identité numérique.\n2. Solde du compte.\n3. Comparer. Bien."
    assert all(not re.search(r"\b\d\.$", partie) for partie in couper(texte))
