"""Chaque seuil à −1, 0 et +1 : jour, mois, euro, centime."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from actions.eligibilite.dates import ajouter_mois, anniversaire
from tests.eligibilite.cas import bilan, chemin, depuis, il_y_a, juger, montant, resume, veille

CARENCE = int(montant("cpf_carence_bilan"))
INTERVALLE = int(montant("public_intervalle"))
INTERVALLE_PRIORITAIRE = int(montant("public_intervalle_prioritaire"))
ANCIENNETE = int(montant("fph_anciennete")) * 12


def statut(nom: str, **champs: Any) -> str:
    return resume(nom, **champs)[0]


@pytest.mark.parametrize(("decalage", "attendu"), [(-1, "ouvert"), (0, "ouvert"), (1, "ferme")])
def test_carence_au_jour_de_l_anniversaire(decalage: int, attendu: str) -> None:
    assert statut("cpf_hors_temps", dernier_bilan=bilan(il_y_a(CARENCE, decalage))) == attendu


@pytest.mark.parametrize(("decalage", "attendu"), [(-1, "ouvert"), (0, "ouvert"), (1, "a_verifier")])
def test_carence_au_jour_de_l_anniversaire_financeur_inconnu(decalage: int, attendu: str) -> None:
    assert statut("cpf_hors_temps", dernier_bilan=bilan(il_y_a(CARENCE, decalage), "inconnu")) == attendu


@pytest.mark.parametrize(("decalage", "attendu"), [(-1, "ouvert"), (0, "ferme"), (1, "ferme")])
def test_carence_au_jour_de_son_entree_en_vigueur(decalage: int, attendu: str) -> None:
    jour = depuis("cpf_carence_bilan") + timedelta(days=decalage)
    champs = {"date_evaluation": str(jour), "dernier_bilan": bilan("2025-01-01")}
    assert statut("cpf_hors_temps", **champs) == attendu
    inconnu = {**champs, "dernier_bilan": None}
    assert statut("cpf_hors_temps", **inconnu) == ("ouvert" if attendu == "ouvert" else "a_verifier")


def test_un_29_fevrier_arrive_le_28() -> None:
    dernier = bilan("2024-02-29")
    attendus = {"2029-02-27": "ferme", "2029-02-28": "ouvert", "2029-03-01": "ouvert"}
    for jour, attendu in attendus.items():
        assert statut("cpf_hors_temps", date_evaluation=jour, dernier_bilan=dernier) == attendu


@pytest.mark.parametrize(
    ("prioritaire", "ans"), [(False, INTERVALLE), (True, INTERVALLE_PRIORITAIRE), (None, INTERVALLE)]
)
@pytest.mark.parametrize("decalage", [-1, 0, 1])
def test_intervalle_public_au_jour_de_l_anniversaire(prioritaire: bool | None, ans: int, decalage: int) -> None:
    dernier = bilan(il_y_a(ans, decalage), "soi_meme")
    trop_tot = "a_verifier" if prioritaire is None else "ferme"
    attendu = trop_tot if decalage > 0 else "sous_accord"
    assert statut("conge_public", statut="agent_fpe", dernier_bilan=dernier, agent_prioritaire=prioritaire) == attendu


@pytest.mark.parametrize(("decalage", "attendu"), [(-1, "a_verifier"), (0, "a_verifier"), (1, "ferme")])
def test_intervalle_public_de_priorite_inconnue_aux_trois_ans(decalage: int, attendu: str) -> None:
    dernier = bilan(il_y_a(INTERVALLE_PRIORITAIRE, decalage))
    assert statut("conge_public", statut="agent_fpt", dernier_bilan=dernier, agent_prioritaire=None) == attendu


@pytest.mark.parametrize(("decalage", "attendu"), [(-1, "ferme"), (0, "sous_accord"), (1, "sous_accord")])
def test_anciennete_hospitaliere_au_mois(decalage: int, attendu: str) -> None:
    mois = ANCIENNETE + decalage
    assert statut("conge_public", statut="agent_fph", services_effectifs_mois=mois) == attendu


@pytest.mark.parametrize(("solde", "attendu"), [(0, "ferme"), (0.01, "ouvert"), (1, "ouvert")])
def test_solde_au_centime(solde: float, attendu: str) -> None:
    assert statut("cpf_hors_temps", solde_cpf=solde) == attendu


@pytest.mark.parametrize(("mois", "parametre"), [(5, ""), (5.99, ""), (6, "_longue"), (7, "_longue"), (None, "")])
def test_duree_au_mois(mois: float | None, parametre: str) -> None:
    verdict = juger(duree_mois=mois, date_debut="2027-06-01").en_json()
    limite = verdict["dates"]["cpf_temps_travail"]["demande_absence_au_plus_tard"]["date"]
    delai = int(montant(f"absence_demande{parametre}"))
    assert limite == str(date(2027, 6, 1) - timedelta(days=delai))


@pytest.mark.parametrize(("decalage", "tenu"), [(-1, False), (0, True), (1, True)])
@pytest.mark.parametrize(
    ("qui", "nom", "parametre"),
    [
        ("salarie_prive", "cpf_temps_travail", "absence_demande"),
        ("agent_fpt", "conge_public", "fpt_demande"),
        ("agent_fph", "conge_public", "fph_demande"),
    ],
)
def test_delai_de_demande_au_jour(qui: str, nom: str, parametre: str, decalage: int, tenu: bool) -> None:
    debut = date(2026, 11, 23) + timedelta(days=int(montant(parametre)) + decalage)
    dates = juger(statut=qui, date_debut=str(debut)).en_json()["dates"][nom]
    assert dates["delai_tenu"] is tenu
    assert dates["demande_absence_au_plus_tard"]["date"] == str(date(2026, 11, 23) + timedelta(days=decalage))


def reste(**champs: Any) -> Decimal:
    cout = juger(**champs).cout
    assert cout is not None and cout.reste_a_payer is not None
    return cout.reste_a_payer


@pytest.mark.parametrize("ecart", [Decimal("-1"), Decimal("-0.01"), 0, Decimal("0.01"), Decimal(1)])
def test_prix_autour_du_plafond_plus_participation(ecart: Decimal) -> None:
    plafond, participation = montant("cpf_plafond_bilan"), montant("participation_forfaitaire")
    attendu = participation + max(Decimal(0), ecart)
    assert reste(prix=plafond + participation + ecart, solde_cpf=5000) == attendu


@pytest.mark.parametrize("ecart", [Decimal("-1"), Decimal("-0.01"), 0, Decimal("0.01"), Decimal(1)])
def test_prix_autour_du_plafond_pour_un_exonere(ecart: Decimal) -> None:
    prix = montant("cpf_plafond_bilan") + ecart
    assert reste(statut="demandeur_emploi", prix=prix, solde_cpf=5000) == max(Decimal(0), ecart)


@pytest.mark.parametrize("ecart", [Decimal("-1"), Decimal("-0.01"), 0, Decimal("0.01"), Decimal(1)])
def test_solde_autour_du_plafond(ecart: Decimal) -> None:
    plafond = montant("cpf_plafond_bilan")
    assert reste(statut="demandeur_emploi", prix=2000, solde_cpf=plafond + ecart) == 2000 - min(
        plafond, plafond + ecart
    )


@pytest.mark.parametrize("ecart", [Decimal("-1"), Decimal("-0.01"), 0, Decimal("0.01"), Decimal(1)])
def test_prix_autour_de_la_participation(ecart: Decimal) -> None:
    participation = montant("participation_forfaitaire")
    prix = participation + ecart
    assert reste(prix=prix, solde_cpf=5000) == min(participation, prix)


@pytest.mark.parametrize("ecart", [Decimal("-1"), Decimal("-0.01"), 0, Decimal("0.01"), Decimal(1)])
def test_abondements_autour_du_prix(ecart: Decimal) -> None:
    cout = juger(prix=1000, autres_financements=1000 + ecart).cout
    assert cout is not None
    assert cout.abondements == min(Decimal(1000), 1000 + ecart)
    assert cout.reste_a_payer == max(Decimal(0), -ecart)
    assert cout.part_cpf == 0


@pytest.mark.parametrize("rang", range(4))
def test_participation_au_jour_de_chaque_reforme(rang: int) -> None:
    jour = depuis("participation_forfaitaire", rang)
    avant = Decimal(0) if rang == 0 else montant("participation_forfaitaire", veille(jour))
    for jour_evalue, attendu in ((veille(jour), avant), (jour, montant("participation_forfaitaire", jour))):
        cout = juger(date_evaluation=str(jour_evalue)).cout
        assert cout is not None and cout.participation == attendu


@pytest.mark.parametrize(("decalage", "plafonne"), [(-1, False), (0, True), (1, True)])
def test_plafond_au_jour_de_son_entree_en_vigueur(decalage: int, plafonne: bool) -> None:
    jour = depuis("cpf_plafond_bilan") + timedelta(days=decalage)
    paye = reste(date_evaluation=str(jour), statut="demandeur_emploi", prix=1900, solde_cpf=1900)
    assert paye == (1900 - montant("cpf_plafond_bilan") if plafonne else 0)


@pytest.mark.parametrize("champ", ["dotation_employeur", "financement_opco"])
@pytest.mark.parametrize("euros", [0, 0.01, 1])
def test_exoneration_au_premier_centime(champ: str, euros: float) -> None:
    cout = juger(**{champ: euros}).cout
    assert cout is not None and cout.exoneration is (euros > 0)


@pytest.mark.parametrize(
    ("depart", "mois", "arrivee"),
    [
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-10-31", 2, "2026-12-31"),
        ("2026-11-01", 14, "2028-01-01"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_un_mois_plus_tard_au_dernier_jour_existant(depart: str, mois: int, arrivee: str) -> None:
    assert ajouter_mois(date.fromisoformat(depart), mois) == date.fromisoformat(arrivee)


def test_l_anniversaire_d_un_29_fevrier() -> None:
    assert anniversaire(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert anniversaire(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert anniversaire(date(2023, 2, 28), 5) == date(2028, 2, 28)


def test_l_intervalle_d_un_29_fevrier() -> None:
    champs = {"statut": "agent_fpe", "dernier_bilan": bilan("2024-02-29"), "agent_prioritaire": True}
    assert chemin("conge_public", **champs, date_evaluation="2027-02-27").ferme
    assert not chemin("conge_public", **champs, date_evaluation="2027-02-28").ferme
