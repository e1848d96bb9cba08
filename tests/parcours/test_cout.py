"""Le reste à payer quand un montant manque : ce qui est sûr, et « si… / si… » ; jamais un montant ferme à tort."""

from typing import Any

import pytest

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours import cout
from tests.parcours.profils import JOUR
from tests.parcours.test_conclusions import PRIVE, texte

DROIT, CONTENUS = droit_en_place(), contenus_en_place()


def dit(**faits: Any) -> str:
    return texte(cout.presenter({**PRIVE, **faits}, JOUR, DROIT, CONTENUS))


@pytest.mark.parametrize(
    ("faits", "voulus"),
    [
        (
            {"prix": 1800, "solde_cpf": 1200, "autre_payeur": "employeur"},
            ["vous ne payez pas la participation", "Si elle atteint 600 €", "600 € moins cette somme"],
        ),
        ({"prix": 1400, "solde_cpf": 1500, "autre_payeur": "employeur"}, ["vous n'avez rien à payer"]),
        ({"prix": 1800, "solde_cpf": 1200, "autre_payeur": "opco"}, ["Selon la Caisse des dépôts", "600 €"]),
        ({"prix": 1800, "solde_cpf": 1000, "autre_payeur": "autre"}, ["Sans cette aide", "800 €", "150 €"]),
        ({"solde_cpf": 1000, "autre_payeur": "employeur"}, ["vous ne payez pas la participation", "le prix, moins"]),
        ({"prix": 1800, "solde_cpf": 0, "autre_payeur": "aucun"}, ["n'entre pas en jeu", "1 800 €", "conseiller"]),
        ({"solde_cpf": 0, "autre_payeur": "aucun"}, ["n'entre pas en jeu", "le prix entier est pour vous"]),
        (
            {"solde_cpf": 1200, "autre_payeur": "aucun"},
            ["1 350 € ou moins : vous payez 150 €", "le prix moins 1 200 €"],
        ),
        ({"prix": 1800, "autre_payeur": "aucun"}, ["au moins 200 €", "1 600 € ou plus", "1 800 € moins"]),
        ({"prix": 1500, "autre_payeur": "aucun"}, ["au moins 150 €", "1 350 € ou plus"]),
        ({"prix": 1800, "solde_cpf": 1700}, ["200 €", "si personne d'autre ne paie"]),
    ],
)
def test_ce_qui_est_sur_puis_si(faits: dict[str, Any], voulus: list[str]) -> None:
    rendu = dit(**faits)
    assert [voulu for voulu in voulus if voulu not in rendu] == [], rendu


def test_qui_ne_paie_pas_la_participation_est_dit_avec_le_calcul() -> None:
    due = dit(prix=1800, solde_cpf=1200, autre_payeur="aucun").split("Le calcul")[0]
    assert "n'est pas due si l'employeur ajoute une somme" in due and "cherchez un emploi" in due
    dispense = dit(prix=1800, solde_cpf=1200, statut="demandeur_emploi")
    assert "vous en êtes dispensé, car vous cherchez un emploi" in dispense and "150 €" not in dispense


def test_seul_un_montant_sur_entre_dans_les_notes_et_la_trace() -> None:
    ferme = {**PRIVE, "prix": 1800, "solde_cpf": 1200, "autre_payeur": "aucun"}
    assert cout.sur(ferme, JOUR, DROIT) is not None
    for change in ({"autre_payeur": "employeur"}, {"solde_cpf": 0}, {"prix": None}, {"statut": "agent_fpt"}):
        assert cout.sur({**ferme, **change}, JOUR, DROIT) is None, change
        assert cout.trace({**ferme, **change}, JOUR, DROIT, CONTENUS) is None
