"""Ce qu'une lettre ne reprend pas d'un message, et ce qui n'a pas à s'en excuser."""

import pytest

from actions.contenus import contenus_en_place
from actions.parcours import ecartes

ADMIS = contenus_en_place().metadonnees(ecartes.SANTE)["admis"]


@pytest.mark.parametrize(
    "texte", ["j'ai un cancer", "mets que je suis en dépression", "je fai une depresion", "burn out depuis mars"]
)
def test_un_mot_de_sante_est_dit_ecarte(texte: str) -> None:
    assert ecartes.reponse(texte, ADMIS) == ecartes.SANTE


@pytest.mark.parametrize(
    "texte", ["1 85 05 78 006 084 91", "mon numéro : 285057800608491", "2 94 03 2A 123 456", "1.85.05.78.006.084"]
)
def test_un_numero_de_securite_sociale_est_dit_ecarte(texte: str) -> None:
    assert ecartes.reponse(texte, ADMIS) == ecartes.NUMERO


@pytest.mark.parametrize("texte", ["cpam de lille", "la CPAM du Rhône", "MSA des Charentes", "caisse primaire d'Évry"])
def test_le_nom_d_une_caisse_s_ecrit_a_la_main(texte: str) -> None:
    assert ecartes.reponse(texte, ADMIS) == ecartes.CAISSE


@pytest.mark.parametrize(
    "texte",
    [
        "pas encore", "je suis en arrêt maladie", "mon médecin traitant est d'accord", "le 12/01/2027",
        "2000", "06 12 34 56 78", "après mon accident du travail", "la sécurité sociale", "le service social",
    ],
)  # fmt: skip
def test_le_reste_n_appelle_rien(texte: str) -> None:
    assert ecartes.reponse(texte, ADMIS) is None
