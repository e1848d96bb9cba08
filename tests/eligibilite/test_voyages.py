"""Voyages dans le temps : la même personne, jugée autour de chaque réforme."""

from decimal import Decimal

import pytest

from tests.eligibilite.cas import bilan, chemin, depuis, juger, montant, veille

PARTICIPATION = [depuis("participation_forfaitaire", rang) for rang in range(4)]
REFORME = depuis("cpf_carence_bilan")


@pytest.mark.parametrize(
    ("jour", "statut", "participation", "plafonne"),
    [
        # Cas-témoins, en toutes lettres : un bilan payé par le CPF le 1er mai 2024, un prix de 2 000 €.
        ("2024-05-01", "ouvert", "0", False),
        ("2024-05-02", "ouvert", "100", False),
        ("2025-01-01", "ouvert", "102.23", False),
        ("2026-01-01", "ouvert", "103.20", False),
        ("2026-02-25", "ouvert", "103.20", False),
        ("2026-02-26", "ferme", None, True),
        ("2029-04-30", "ferme", None, True),
        ("2029-05-01", "ouvert", "150", True),
    ],
)
def test_la_meme_personne_a_huit_dates(jour: str, statut: str, participation: str | None, plafonne: bool) -> None:
    verdict = juger(date_evaluation=jour, dernier_bilan=bilan("2024-05-01"), prix=2000, solde_cpf=2000)
    assert verdict.chemins[0].statut == statut
    if participation is None:
        assert verdict.cout is None
        return
    assert verdict.cout is not None and verdict.cout.participation == Decimal(participation)
    assert verdict.cout.reste_a_payer == (400 if plafonne else Decimal(participation))


@pytest.mark.parametrize("jour", [REFORME, *PARTICIPATION])
def test_le_droit_se_lit_au_jour_de_l_evaluation(jour: object) -> None:
    for jour_evalue in (veille(jour), jour):  # type: ignore[arg-type]
        verdict = juger(date_evaluation=str(jour_evalue), prix=1900, solde_cpf=1900)
        plafond = montant("cpf_plafond_bilan", jour_evalue) if jour_evalue >= REFORME else Decimal(1900)
        participation = (
            montant("participation_forfaitaire", jour_evalue) if jour_evalue >= PARTICIPATION[0] else Decimal(0)
        )
        assert verdict.cout is not None
        assert verdict.cout.reste_a_payer == max(1900 - plafond, participation)


def test_avant_la_reforme_un_bilan_inconnu_ne_bloque_rien() -> None:
    voie = chemin("cpf_hors_temps", date_evaluation=str(veille(REFORME)), dernier_bilan=None)
    assert (voie.statut, voie.manquant) == ("ouvert", ())
    assert "cpf.carence_5_ans" not in voie.references


def test_un_bilan_d_avant_la_reforme_compte_apres_elle() -> None:
    voie = chemin("cpf_hors_temps", date_evaluation=str(REFORME), dernier_bilan=bilan("2021-02-27"))
    assert voie.statut == "ferme"
    assert "cpf.carence_bilans_anciens" in voie.references


@pytest.mark.parametrize("jour", ["1990-06-01", "2007-06-01", "2015-06-01", "2024-06-01", "2030-06-01"])
def test_l_intervalle_public_s_applique_a_toute_date(jour: str) -> None:
    annee = int(jour[:4])
    champs = {"statut": "agent_fpt", "date_evaluation": jour}
    assert chemin("conge_public", **champs, dernier_bilan=bilan(f"{annee - 2}-06-01")).ferme
    assert not chemin("conge_public", **champs, dernier_bilan=bilan(f"{annee - 5}-06-01")).ferme


def test_la_priorite_des_agents_date_de_sa_reforme() -> None:
    jour = depuis("public_intervalle_prioritaire", 1)
    champs = {"statut": "agent_fpe", "agent_prioritaire": True, "dernier_bilan": bilan("2018-07-25")}
    avant = chemin("conge_public", date_evaluation=str(veille(jour)), **champs)
    apres = chemin("conge_public", date_evaluation=str(jour), **champs)
    assert (avant.statut, avant.remuneration) == ("ferme", "maintenue_24_heures")
    assert (apres.statut, apres.remuneration) == ("sous_accord", "maintenue_72_heures")


def test_le_montant_connu_vaut_au_dela_de_la_derniere_reforme() -> None:
    cout = juger(date_evaluation="2031-01-01").cout
    assert cout is not None and cout.participation == montant("participation_forfaitaire")
