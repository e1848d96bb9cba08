"""Les personnes à qui parler : dedans, dehors, ce que l'employeur saura, sans chiffre tapé ni fait douteux."""

import re
from datetime import date

import pytest

from actions.droit import droit_en_place, parametres_cites
from actions.eligibilite import Situation
from actions.entreprise import Contact, Entreprise
from actions.humains import Humain, cas_connus, humains, textes

DROIT = droit_en_place()
JOUR = date(2026, 11, 23)
VIDE = Entreprise()


def noms(situation: Situation | None = None, cote: str | None = None) -> list[str]:
    return [h.id for h in humains(JOUR, DROIT, VIDE, situation, cote)]  # type: ignore[arg-type]


def test_sans_rien_savoir_tout_le_monde_est_la() -> None:
    assert {"medecin_travail", "referent_handicap", "cse", "rh"} <= set(noms(cote="interne"))
    assert {"cep", "service_social_am", "cap_emploi", "france_travail"} <= set(noms(cote="externe"))
    assert noms() == [*noms(cote="interne"), *noms(cote="externe")] == noms(Situation(JOUR))


@pytest.mark.parametrize("humain", humains(JOUR, DROIT, VIDE), ids=lambda h: h.id)
def test_chacun_dit_ce_qu_il_fait_et_ce_que_l_employeur_saura(humain: Humain) -> None:
    assert humain.role and humain.employeur and humain.faits
    assert [f for f in humain.faits if DROIT.faits[f].confiance == "a_verifier"] == []
    assert "{" not in f"{humain}"
    if humain.cote == "externe":
        assert humain.renseigne


def test_les_externes_ont_leurs_coordonnees_officielles() -> None:
    coordonnees = {h.id: " ".join(h.coordonnees).replace("\u00a0", " ") for h in humains(JOUR, DROIT, VIDE)}
    assert coordonnees["service_social_am"].startswith("36 46, à confirmer")
    assert coordonnees["cep"].startswith("mon-cep.org")
    assert "capemploi.info" in coordonnees["cap_emploi"]
    assert "09 70 82 35 51" in coordonnees["mcf"]


@pytest.mark.parametrize(
    ("statut", "dedans", "dehors"),
    [
        ("salarie_prive", {"rh", "cse", "cep"}, {"cep_public", "france_travail"}),
        ("agent_fpt", {"rh", "cep_public", "referent_handicap"}, {"cep", "cse", "opco", "inspection"}),
        ("independant", {"cep", "service_social_am"}, {"rh", "medecin_travail", "cse"}),
        ("demandeur_emploi", {"france_travail", "cep"}, {"rh", "medecin_travail", "cse"}),
    ],
)
def test_selon_le_statut(statut: str, dedans: set[str], dehors: set[str]) -> None:
    trouves = set(noms(Situation(JOUR, statut=statut)))  # type: ignore[arg-type]
    assert dedans <= trouves and not dehors & trouves


def test_un_agent_en_arret_voit_aussi_l_assurance_maladie() -> None:
    assert "service_social_am" not in noms(Situation(JOUR, statut="agent_fpe"))
    assert "service_social_am" in noms(Situation(JOUR, statut="agent_fpe", arret="maladie"))


def test_les_contacts_de_l_entreprise_s_ajoutent_sans_rien_retirer() -> None:
    contacts = {"rh": Contact("Service RH", "01 02 03 04 05", "rh@exemple.fr", horaires="9 h - 17 h")}
    avec = {h.id: h for h in humains(JOUR, DROIT, Entreprise(contacts))}
    sans = {h.id: h for h in humains(JOUR, DROIT, VIDE)}
    assert avec["rh"].coordonnees == ("Service RH", "01 02 03 04 05", "rh@exemple.fr", "9 h - 17 h")
    assert not sans["rh"].renseigne and avec["rh"].role == sans["rh"].role
    assert {i: h for i, h in avec.items() if i != "rh"} == {i: h for i, h in sans.items() if i != "rh"}


def test_aucun_chiffre_n_est_tape() -> None:
    for groupe in ("internes", "externes"):
        for brut in textes()[groupe].values():
            for texte in (
                brut["nom"],
                brut["fait"],
                brut["employeur"],
                brut.get("a_savoir", ""),
                *brut.get("joindre", []),
            ):
                assert not re.search(r"\d", texte), texte
                assert parametres_cites(texte) <= set(DROIT.parametres)


@pytest.mark.parametrize(
    ("faits", "reponses", "en_tete"),
    [
        ({"contrat": "apprentissage"}, set(), {"mission_locale"}),
        ({}, {"utter_faq/alternance"}, {"mission_locale"}),
        ({"conge_reclassement": True}, set(), {"rh", "cse", "inspection"}),
        ({}, {"utter_faq/activite_partielle"}, {"rh", "cse", "inspection"}),
        ({}, {"utter_faq/frontalier_expatrie"}, {"mcf"}),
        ({}, {"utter_faq/employeur_refus"}, {"inspection"}),
    ],
)
def test_selon_le_cas_les_bonnes_portes_passent_devant(
    faits: dict[str, object], reponses: set[str], en_tete: set[str]
) -> None:
    cas = cas_connus(faits, reponses)
    situation = Situation(JOUR, statut="salarie_prive")
    trouves = [h.id for h in humains(JOUR, DROIT, VIDE, situation, premiers=True, cas=cas)]
    assert set(trouves[: len(en_tete)]) == en_tete
    sans = [h.id for h in humains(JOUR, DROIT, VIDE, situation, premiers=True)]
    assert not {"mission_locale", "cse", "inspection"} & set(sans)


def test_par_telephone_les_numeros_viennent_d_abord() -> None:
    trouves = humains(JOUR, DROIT, VIDE, Situation(JOUR, statut="salarie_prive"), premiers=True, au_telephone=True)
    joignables = [h.se_telephone for h in trouves]
    assert joignables == sorted(joignables, reverse=True)
    assert {"mcf", "inspection"} <= {h.id for h in trouves if h.se_telephone}


def test_un_agent_public_n_a_pas_les_portes_du_prive() -> None:
    cas = cas_connus({"contrat": "apprentissage"}, {"utter_faq/employeur_refus"})
    trouves = {h.id for h in humains(JOUR, DROIT, VIDE, Situation(JOUR, statut="agent_fpt"), premiers=True, cas=cas)}
    assert not trouves & {"inspection", "mission_locale", "cse"}
