"""Des heures de CPF en euros, et l'inverse : ce qui se convertit, et ce qui n'en demande pas tant."""

import pytest

from actions.conversions import converti


@pytest.mark.parametrize(
    ("dit", "reponse", "avant", "apres"),
    [
        ("90 heures de CPF de la mairie, ça fait combien d'euros ?", "utter_conversion_en_euros", "90", "1 350"),
        ("ancien contractuel public au chômage, 75 heures", "utter_conversion_en_euros", "75", "1 125"),
        ("75 heures ca fait combien en euros", "utter_conversion_en_euros", "75", "1 125"),
        ("j'ai quitté l'hôpital, 120h sur mon cpf, converti en euros ?", "utter_conversion_en_euros", "120", "1 800"),
        ("400 € ça fait combien d'heures", "utter_conversion_en_heures", "400", "26"),
    ],
)
def test_une_conversion_demandee_se_calcule(dit: str, reponse: str, avant: str, apres: str) -> None:
    rendu = converti(dit)
    assert rendu is not None and rendu.reponse == reponse
    mots = {cle: str(mot).replace("\u202f", " ").replace("\u00a0", " ") for cle, mot in rendu.mots.items()}
    assert mots["avant"].startswith(avant) and mots["apres"].startswith(apres)


@pytest.mark.parametrize(
    "dit",
    [
        "je suis payé 35 heures ca fait combien en euros",
        "un bilan de 24 heures ça coute combien en euros",
        "je bosse 28 h par semaine, ça fait combien",
        "150 heures d'absence, c'est des droits ?",
        "j'ai 400 € sur mon cpf",
        "/faq/public_cpf",
    ],
)
def test_d_autres_heures_ne_se_convertissent_pas(dit: str) -> None:
    assert converti(dit) is None
