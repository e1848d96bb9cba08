"""Un message d'argent demande-t-il le calcul de son reste à payer, ou la règle ?"""

import pytest

from composants.calcul_demande import demande_un_calcul

EN_PLUS = {"name": "idee_recue", "etiquette": "idee_recue/participation_en_plus"}


@pytest.mark.parametrize(
    ("texte", "intention", "champs", "attendu"),
    [
        ("donc il me reste 1500 a payer de ma poche ??", EN_PLUS, [], True),
        ("il me reste 300 plus les 150, donc 450 de ma poche ??", EN_PLUS, [], False),
        ("je cumule le reste à payer et la participation ?", EN_PLUS, [], False),
        ("qui paye le reste", {"name": "faq", "etiquette": "faq/financement"}, ["prix", "solde_cpf"], True),
        ("bilan 1500, cpf 900, patron 300", EN_PLUS, ["prix", "solde_cpf", "dotation_employeur"], True),
        (
            "je suis à bout, bilan 1500, cpf 900, patron 300",
            {"name": "exprimer_detresse"},
            ["prix", "solde_cpf"],
            False,
        ),
    ],
)
def test_un_calcul_est_demande(texte: str, intention: dict[str, str], champs: list[str], attendu: bool) -> None:
    assert demande_un_calcul(texte, intention, champs) is attendu
