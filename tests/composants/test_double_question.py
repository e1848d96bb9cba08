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
        ("confidentiel ? payant ?", ["confidentiel", "payant"]),
        ("mon contrat + mon salaire", ["mon contrat", "mon salaire"]),
        ("comment en parler ? et s'il refuse, je fais quoi ?", ["comment en parler", "s'il refuse, je fais quoi"]),
        (
            "si j'arrête en route, est-ce que je rembourse, et qui prévient le centre ?",
            ["si j'arrête en route, est-ce que je rembourse", "qui prévient le centre"],
        ),
        (
            "si je règle seul faut-il un devis, et la boîte le voit comment",
            ["si je règle seul faut-il un devis", "la boîte le voit comment"],
        ),
        ("une RQTH m'apporterait-elle quelque chose de plus ?", []),
        ("j'ai droit à plus d'argent ? et qui m'aide", ["j'ai droit à plus d'argent", "qui m'aide"]),
        (
            "ma voisine dit que le cpf expire, c'est vrai ? et combien ça coûte",
            ["ma voisine dit que le cpf expire, c'est vrai", "combien ça coûte"],
        ),
        ("", []),
    ],
)
def test_un_message_se_coupe_en_propositions(texte: str, attendues: list[str]) -> None:
    assert [partie.texte for partie in propositions(texte)] == attendues


def test_d_un_long_recit_on_garde_la_fin() -> None:
    parties = propositions(", ".join(f"phrase numéro {rang}" for rang in range(20)))
    assert len(parties) == 8 and parties[-1].texte == "phrase numéro 19"


@pytest.mark.parametrize(
    ("texte", "demandes"),
    [
        ("j'ai 52 ans, je suis maçon. mon patron le saura ?", ["mon patron le saura"]),
        ("calculez mon reste, le centre prend 1900", ["calculez mon reste"]),
        ("le centre prend 1900 et dites moi si il est qualiopi", ["dites moi si il est qualiopi"]),
        ("oui oui, qualifié, donc content", []),
        ("le centre peut-il répéter ça, il est sympa", ["le centre peut-il répéter ça"]),
        ("prenez rendez-vous, et dites-moi le prix", ["dites-moi le prix"]),
        ("si je suis en CDD, et que je pars en mars, je fais quoi", []),
        ("kan jpeu comencé, é sa coute cb", ["kan jpeu comencé", "sa coute cb"]),
        ("je suis en arrêt, est-ce que je peux", ["est-ce que je peux"]),
        (
            "bonsoir, je voudrais savoir si le chef signe, et si les collègues le sauront",
            ["je voudrais savoir si le chef signe", "si les collègues le sauront"],
        ),
    ],
)
def test_une_proposition_demande_ou_raconte(texte: str, demandes: list[str]) -> None:
    assert [partie.texte for partie in propositions(texte) if partie.demande] == demandes
