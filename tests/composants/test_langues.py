"""La langue d'un message se reconnaît à ses mots ; inconnue, toutes les langues se disent."""

import pytest

from actions.contenus import contenus_en_place
from composants.langues import AUTRE_LANGUE, dans_sa_langue

DONNEES = contenus_en_place().metadonnees(AUTRE_LANGUE)
TOUTES = contenus_en_place().variante(AUTRE_LANGUE)["text"]


@pytest.mark.parametrize(
    ("texte", "langue"),
    [
        ("hello, can I do a skills assessment?", "English"),
        ("I am on sick leave, can I do it?", "English"),
        ("hola, no hablo francés, ¿puede ayudarme?", "Español"),
        ("tengo contrato temporal, puedo hacer un balance", "Español"),
        ("olá, não falo francês, preciso de ajuda com o meu trabalho", "Português"),
        ("buongiorno, non parlo francese, può aiutarmi?", "Italiano"),
        ("Guten Tag, ich spreche kein Französisch, können Sie mir helfen?", "Deutsch"),
        ("merhaba, fransızca bilmiyorum, yardım istiyorum", "Türkçe"),
        ("dzień dobry, nie mówię po francusku", "Polski"),
        ("bună ziua, nu vorbesc franceza, am nevoie de ajutor", "Română"),
        ("مرحبا، أريد المساعدة من فضلك", "العربية"),
        ("Добрий день, я не розмовляю французькою", "Українська"),
    ],
)
def test_une_langue_reconnue_repond_seule(texte: str, langue: str) -> None:
    lignes = dans_sa_langue(TOUTES, texte, DONNEES).split("\n")
    assert len(lignes) == 2 and all(ligne.startswith(langue) for ligne in lignes)


def test_une_langue_inconnue_entend_toutes_les_lignes() -> None:
    assert dans_sa_langue(TOUTES, "你好", DONNEES) == TOUTES
    assert len(TOUTES.split("\n")) == len(DONNEES["langues"]) + 1


def test_chaque_langue_se_reconnait_et_avertit() -> None:
    assert {*DONNEES["mots"], *DONNEES["alphabets"]} == {*DONNEES["langues"]} == {*DONNEES["arret"]}
