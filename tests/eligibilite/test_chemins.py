"""Les onze règles et leurs précisions : quels chemins, quel statut, quels motifs, ce qui manque."""

from itertools import product

import pytest

from actions.eligibilite import DernierBilan
from tests.eligibilite.cas import AGENTS, FINANCEURS_COMPTES, STATUTS, bilan, chemin, il_y_a, juger, resume

LIBRE = ("ouvert", (), ())
RECENT = bilan(il_y_a(2))


# Quels chemins


@pytest.mark.parametrize(
    ("statut", "attendus"),
    [
        ("salarie_prive", "cpf_hors_temps cpf_temps_travail plan_employeur autofinancement"),
        ("agent_fpe", "conge_public cpf_public autofinancement"),
        ("agent_fpt", "conge_public cpf_public autofinancement"),
        ("agent_fph", "conge_public cpf_public autofinancement"),
        ("independant", "cpf_hors_temps autofinancement"),
        ("demandeur_emploi", "cpf_hors_temps autofinancement"),
        ("retraite_taux_plein", "cpf_hors_temps autofinancement"),
        ("etudiant_sans_activite", "cpf_hors_temps autofinancement"),
        (None, "cpf_hors_temps autofinancement"),
    ],
)
@pytest.mark.parametrize("reclassement", [None, False, True])
def test_seuls_les_chemins_qui_ont_un_sens(statut: str | None, attendus: str, reclassement: bool | None) -> None:
    noms = [voie.chemin for voie in juger(statut=statut, conge_reclassement=reclassement).chemins]
    if statut == "salarie_prive" and reclassement:
        attendus = attendus.replace(" autofinancement", " conge_reclassement autofinancement")
    assert noms == attendus.split()


def test_une_situation_vide_laisse_deux_chemins() -> None:
    vide = dict.fromkeys(
        ("statut", "contrat", "initiative", "solde_cpf", "prix", "abondement_c2p_ou_atmp", "dernier_bilan", "arret")
    )
    assert resume("cpf_hors_temps", **vide) == ("a_verifier", (), ("statut", "dernier_bilan"))
    assert resume("autofinancement", **vide) == LIBRE
    assert juger(**vide).manquant == ("statut", "solde_cpf", "prix", "dernier_bilan")


# Règle 1 : carence


@pytest.mark.parametrize("statut", ["salarie_prive", "independant", "demandeur_emploi"])
@pytest.mark.parametrize("financeur", FINANCEURS_COMPTES)
def test_un_bilan_finance_il_y_a_moins_de_cinq_ans_ferme_le_cpf(statut: str, financeur: str) -> None:
    champs = {"statut": statut, "dernier_bilan": bilan(il_y_a(5, 1), financeur)}
    assert resume("cpf_hors_temps", **champs) == ("ferme", ("carence_5_ans",), ())


@pytest.mark.parametrize("financeur", ["employeur", "soi_meme"])
@pytest.mark.parametrize("jour", [il_y_a(1), None])
def test_un_bilan_paye_par_l_employeur_ou_par_soi_ne_compte_pas(financeur: str, jour: object) -> None:
    voie = chemin("cpf_hors_temps", dernier_bilan=bilan(jour and str(jour), financeur))
    assert (voie.statut, voie.manquant) == ("ouvert", ())
    assert "cpf.carence_non_comptes" in voie.references


@pytest.mark.parametrize(
    "inconnu",
    [None, {}, bilan(None), bilan(None, None), bilan(il_y_a(4), None), bilan(il_y_a(4), "inconnu")],
)
@pytest.mark.parametrize("nom", ["cpf_hors_temps", "cpf_temps_travail"])
def test_un_dernier_bilan_mal_connu_rend_a_verifier(inconnu: object, nom: str) -> None:
    statut, _, manquant = resume(nom, dernier_bilan=inconnu)
    assert (statut, manquant) == ("a_verifier", ("dernier_bilan",))


@pytest.mark.parametrize("financeur", [None, "inconnu", "cpf"])
def test_un_bilan_de_cinq_ans_ne_compte_plus_quel_que_soit_son_payeur(financeur: str | None) -> None:
    assert resume("cpf_hors_temps", dernier_bilan=bilan(il_y_a(5), financeur)) == LIBRE


def test_la_carence_ferme_malgre_un_abondement() -> None:
    champs = {"dotation_employeur": 500, "financement_opco": 500, "abondement_c2p_ou_atmp": True}
    assert resume("cpf_hors_temps", dernier_bilan=RECENT, **champs) == ("ferme", ("carence_5_ans",), ())


def test_statut_inconnu_la_carence_rend_a_verifier() -> None:
    assert resume("cpf_hors_temps", statut=None, dernier_bilan=RECENT) == ("a_verifier", (), ("statut",))
    attendu = ("a_verifier", (), ("statut", "dernier_bilan"))
    assert resume("cpf_hors_temps", statut=None, dernier_bilan=None) == attendu
    assert resume("cpf_hors_temps", statut=None) == ("a_verifier", (), ("statut",))


@pytest.mark.parametrize("statut", ["retraite_taux_plein", "etudiant_sans_activite", *AGENTS])
def test_la_carence_ne_touche_que_les_titulaires_de_droits_en_euros(statut: str) -> None:
    for voie in juger(statut=statut, dernier_bilan=RECENT).chemins:
        assert "carence_5_ans" not in voie.motifs


# Règle 2 : retraite, absence d'activité


@pytest.mark.parametrize(
    ("statut", "motif"),
    [("retraite_taux_plein", "retraite_taux_plein"), ("etudiant_sans_activite", "sans_activite")],
)
def test_le_cpf_est_ferme_sans_activite_ouvrant_droit(statut: str, motif: str) -> None:
    assert resume("cpf_hors_temps", statut=statut) == ("ferme", (motif,), ())
    assert resume("cpf_hors_temps", statut=statut, dernier_bilan=None) == ("ferme", (motif,), ())
    assert resume("cpf_hors_temps", statut=statut, solde_cpf=0) == ("ferme", (motif, "solde_nul"), ())
    assert resume("autofinancement", statut=statut) == LIBRE
    assert juger(statut=statut).cout is None


# Règle 3 : solde nul


@pytest.mark.parametrize("statut", ["salarie_prive", "independant", "demandeur_emploi", None])
def test_un_solde_nul_sans_abondement_ferme_le_cpf(statut: str | None) -> None:
    assert resume("cpf_hors_temps", statut=statut, solde_cpf=0) == ("ferme", ("solde_nul",), ())
    assert juger(statut=statut, solde_cpf=0).cout is None


@pytest.mark.parametrize("champ", ["dotation_employeur", "financement_opco", "autres_financements"])
def test_un_solde_nul_avec_un_financement_reste_ouvert(champ: str) -> None:
    assert resume("cpf_hors_temps", solde_cpf=0, **{champ: 0.01})[0] == "ouvert"
    assert resume("cpf_hors_temps", solde_cpf=0, abondement_c2p_ou_atmp=None, **{champ: 0.01})[0] == "ouvert"


def test_un_solde_nul_avec_c2p_ou_atmp_reste_ouvert() -> None:
    assert resume("cpf_hors_temps", solde_cpf=0, abondement_c2p_ou_atmp=True) == LIBRE


def test_un_solde_nul_a_l_abondement_inconnu_est_a_verifier() -> None:
    inconnu = {"solde_cpf": 0, "abondement_c2p_ou_atmp": None}
    assert resume("cpf_hors_temps", **inconnu) == ("a_verifier", (), ("abondement_c2p_ou_atmp",))
    nuls = {"dotation_employeur": 0, "financement_opco": None, "autres_financements": 0}
    assert resume("cpf_hors_temps", **inconnu, **nuls)[0] == "a_verifier"


def test_un_solde_inconnu_ne_ferme_rien_et_ne_manque_qu_au_cout() -> None:
    verdict = juger(solde_cpf=None)
    assert [voie.manquant for voie in verdict.chemins] == [()] * 4
    assert verdict.chemins[0].statut == "ouvert"
    assert verdict.cout is not None and verdict.cout.manquant == ("solde_cpf",)
    assert verdict.manquant == ("solde_cpf",)


@pytest.mark.parametrize("statut", AGENTS)
def test_le_solde_ne_touche_pas_le_cpf_en_heures(statut: str) -> None:
    assert resume("cpf_public", statut=statut, solde_cpf=0) == ("sous_accord", ("accord_employeur_public",), ())


# Règle 4 : pendant le temps de travail


def test_l_absence_se_demande_et_la_paie_est_maintenue() -> None:
    voie = chemin("cpf_temps_travail")
    assert (voie.statut, voie.motifs) == ("sous_accord", ("autorisation_absence",))
    assert (voie.employeur_informe, voie.payeur, voie.remuneration) == ("absence_seulement", "cpf", "maintenue")


@pytest.mark.parametrize("arret", ["maladie", "at_mp"])
@pytest.mark.parametrize("accord", [None, False, True])
def test_aucune_absence_a_demander_pendant_un_arret(arret: str, accord: bool | None) -> None:
    voie = chemin("cpf_temps_travail", arret=arret, accord_caisse=accord)
    assert (voie.statut, voie.motifs) == ("ferme", ("arret_en_cours",))
    assert (voie.employeur_informe, voie.remuneration) == ("absence_seulement", "maintenue")


def test_un_chemin_ferme_porte_toutes_ses_causes() -> None:
    champs = {"arret": "maladie", "solde_cpf": 0, "dernier_bilan": RECENT, "accord_caisse": None}
    attendu = ("ferme", ("carence_5_ans", "solde_nul", "arret_en_cours"), ())
    assert resume("cpf_temps_travail", **champs) == attendu
    assert resume("cpf_hors_temps", **champs) == ("ferme", ("carence_5_ans", "solde_nul"), ())


# Règle 5 : plan


@pytest.mark.parametrize(
    ("initiative", "motif"),
    [("salarie", "accord_employeur"), (None, "accord_employeur"), ("employeur", "consentement_salarie")],
)
def test_le_plan_suppose_un_accord(initiative: str | None, motif: str) -> None:
    voie = chemin("plan_employeur", initiative=initiative, dernier_bilan=RECENT, solde_cpf=0)
    assert (voie.statut, voie.motifs, voie.manquant) == ("sous_accord", (motif,), ())
    assert (voie.employeur_informe, voie.payeur, voie.remuneration) == (
        "existence_du_bilan",
        "employeur",
        "maintenue",
    )
    assert "employeur.convention_tripartite" in voie.references


def test_l_initiative_n_a_d_effet_que_sur_le_plan() -> None:
    for statut in STATUTS:
        autres = [
            [voie for voie in juger(statut=statut, initiative=i).chemins if voie.chemin != "plan_employeur"]
            for i in ("salarie", "employeur", None)
        ]
        assert autres[0] == autres[1] == autres[2]


# Règle 6 : arrêt


@pytest.mark.parametrize("statut", [*STATUTS, None])
@pytest.mark.parametrize("arret", ["maladie", "at_mp"])
@pytest.mark.parametrize(("accord", "motif"), [(None, "accord_caisse"), (False, "accord_caisse_refuse")])
def test_un_arret_demande_l_accord_de_la_caisse(
    statut: str | None, arret: str, accord: bool | None, motif: str
) -> None:
    champs = {"statut": statut, "conge_reclassement": True}
    sans = {voie.chemin: voie for voie in juger(**champs, arret="aucun").chemins}
    for voie in juger(**champs, arret=arret, accord_caisse=accord).chemins:
        assert voie.employeur_informe == sans[voie.chemin].employeur_informe
        if voie.chemin == "cpf_temps_travail" or sans[voie.chemin].ferme:
            assert voie.ferme and motif not in voie.motifs
        else:
            assert voie.motifs == (*sans[voie.chemin].motifs, motif)
            assert voie.statut == ("a_verifier" if sans[voie.chemin].statut == "a_verifier" else "sous_accord")
            assert voie.manquant == sans[voie.chemin].manquant
            assert "sante.risque_sans_accord" in voie.references


@pytest.mark.parametrize("statut", [*STATUTS, None])
def test_l_accord_obtenu_n_ajoute_rien(statut: str | None) -> None:
    for avec, sans in zip(
        juger(statut=statut, arret="maladie", accord_caisse=True).chemins,
        juger(statut=statut, arret="aucun").chemins,
        strict=True,
    ):
        if avec.chemin != "cpf_temps_travail":
            assert (avec.statut, avec.motifs) == (sans.statut, sans.motifs)


@pytest.mark.parametrize("statut", [*STATUTS, None])
def test_un_arret_inconnu_est_sans_effet(statut: str | None) -> None:
    for accord in (None, True, False):
        inconnu, aucun = (juger(statut=statut, arret=a, accord_caisse=accord) for a in (None, "aucun"))
        assert inconnu == aucun


@pytest.mark.parametrize("statut", AGENTS)
@pytest.mark.parametrize("accord", [None, False, True])
@pytest.mark.parametrize("arret", ["maladie", "at_mp"])
def test_un_agent_titulaire_en_arret_demande_un_avis_medical(statut: str, accord: bool | None, arret: str) -> None:
    champs = {"statut": statut, "contrat": "titulaire", "arret": arret, "accord_caisse": accord}
    attendu = ("sous_accord", ("accord_employeur_public", "avis_medical"), ())
    assert resume("conge_public", **champs) == attendu
    assert resume("cpf_public", **champs) == attendu
    assert resume("autofinancement", **champs) == ("sous_accord", ("avis_medical",), ())
    assert "pub.bilan_pendant_arret" in chemin("autofinancement", **champs).references


@pytest.mark.parametrize("contrat", [None, "contractuel", "cdi"])
def test_un_agent_non_titulaire_demande_l_accord_de_la_caisse(contrat: str | None) -> None:
    voie = chemin("conge_public", statut="agent_fpt", contrat=contrat, arret="maladie", accord_caisse=None)
    assert voie.motifs == ("accord_employeur_public", "accord_caisse")
    assert "pub.bilan_pendant_arret_contractuel" in voie.references


@pytest.mark.parametrize("statut", ["salarie_prive", "independant", None])
def test_titulaire_ne_vaut_que_pour_un_agent_public(statut: str | None) -> None:
    voie = chemin("autofinancement", statut=statut, contrat="titulaire", arret="maladie", accord_caisse=None)
    assert voie.motifs == ("accord_caisse",)
    assert "pub.bilan_pendant_arret_contractuel" not in voie.references


def test_le_contrat_n_a_d_effet_que_pendant_un_arret() -> None:
    for statut in STATUTS:
        verdicts = [juger(statut=statut, contrat=c) for c in ("cdi", "titulaire", "contractuel", "interim", None)]
        assert all(verdict == verdicts[0] for verdict in verdicts)


@pytest.mark.parametrize(
    ("arret", "fait"),
    [("maladie", "sante.bilan_pendant_arret"), ("at_mp", "sante.bilan_pendant_arret_atmp")],
)
def test_chaque_arret_cite_son_texte(arret: str, fait: str) -> None:
    for accord in (None, False, True):
        references = chemin("autofinancement", arret=arret, accord_caisse=accord).references
        assert fait in references
        assert len({"sante.bilan_pendant_arret", "sante.bilan_pendant_arret_atmp"} & {*references}) == 1


def test_pendant_un_arret_le_plan_ne_verse_pas_de_salaire() -> None:
    voie = chemin("plan_employeur", arret="maladie")
    assert voie.remuneration == "indemnites_journalieres"
    assert "sante.ij_maintenues" in voie.references and "employeur.temps_travail" not in voie.references


# Règle 7 : congé public


@pytest.mark.parametrize("statut", AGENTS)
def test_le_conge_public_suppose_l_accord_de_l_employeur(statut: str) -> None:
    voie = chemin("conge_public", statut=statut)
    assert (voie.statut, voie.motifs, voie.manquant) == ("sous_accord", ("accord_employeur_public",), ())
    assert voie.employeur_informe == "existence_du_bilan"
    assert f"{statut.removeprefix('agent_')}.financement" in voie.references
    assert voie.payeur == ("anfh_facultatif" if statut == "agent_fph" else "employeur_public_facultatif")


@pytest.mark.parametrize("financeur", [*FINANCEURS_COMPTES, "employeur", "soi_meme", "inconnu", None])
@pytest.mark.parametrize("statut", AGENTS)
def test_l_intervalle_public_vaut_quel_que_soit_le_payeur(statut: str, financeur: str | None) -> None:
    champs = {"statut": statut, "dernier_bilan": bilan(il_y_a(4), financeur)}
    assert resume("conge_public", **champs) == ("ferme", ("intervalle_public",), ())
    assert resume("conge_public", **champs, agent_prioritaire=True)[0] == "sous_accord"


@pytest.mark.parametrize(
    ("ans", "prioritaire", "statut", "manquant"),
    [
        (2, True, "ferme", ()),
        (2, False, "ferme", ()),
        (2, None, "ferme", ()),
        (4, True, "sous_accord", ()),
        (4, False, "ferme", ()),
        (4, None, "a_verifier", ("agent_prioritaire",)),
        (6, True, "sous_accord", ()),
        (6, False, "sous_accord", ()),
        (6, None, "sous_accord", ()),
    ],
)
def test_l_intervalle_depend_de_la_priorite(
    ans: int, prioritaire: bool | None, statut: str, manquant: tuple[str, ...]
) -> None:
    champs = {"statut": "agent_fpe", "dernier_bilan": bilan(il_y_a(ans)), "agent_prioritaire": prioritaire}
    motifs = ("intervalle_public",) if statut == "ferme" else ("accord_employeur_public",)
    assert resume("conge_public", **champs) == (statut, motifs, manquant)


@pytest.mark.parametrize("inconnu", [None, {}, bilan(None), bilan(None, "employeur")])
@pytest.mark.parametrize("prioritaire", [None, False, True])
def test_un_dernier_bilan_sans_date_rend_le_conge_a_verifier(inconnu: object, prioritaire: bool | None) -> None:
    champs = {"statut": "agent_fpt", "dernier_bilan": inconnu, "agent_prioritaire": prioritaire}
    attendu = ("a_verifier", ("accord_employeur_public",), ("dernier_bilan",))
    assert resume("conge_public", **champs) == attendu


def test_l_anciennete_ne_vaut_que_pour_l_hospitaliere() -> None:
    court = {"services_effectifs_mois": 3}
    assert resume("conge_public", statut="agent_fph", **court) == ("ferme", ("anciennete_fph",), ())
    for statut in ("agent_fpe", "agent_fpt"):
        for mois in (3, None):
            assert resume("conge_public", statut=statut, services_effectifs_mois=mois)[0] == "sous_accord"
    inconnus = resume("conge_public", statut="agent_fph", services_effectifs_mois=None)
    assert inconnus == ("a_verifier", ("accord_employeur_public",), ("services_effectifs_mois",))


def test_le_conge_ferme_cumule_ses_causes_et_oublie_ce_qui_manque() -> None:
    champs = {"statut": "agent_fph", "services_effectifs_mois": 23, "arret": "maladie"}
    attendu = ("ferme", ("intervalle_public", "anciennete_fph"), ())
    assert resume("conge_public", **champs, dernier_bilan=RECENT) == attendu
    assert resume("conge_public", **champs, dernier_bilan=None) == ("ferme", ("anciennete_fph",), ())


def test_ce_qui_manque_suit_l_ordre_des_champs() -> None:
    champs = {"statut": "agent_fph", "services_effectifs_mois": None, "dernier_bilan": None}
    assert chemin("conge_public", **champs).manquant == ("dernier_bilan", "services_effectifs_mois")


@pytest.mark.parametrize(
    ("prioritaire", "paie", "fait"),
    [
        (False, "maintenue_24_heures", "pub.duree_conge"),
        (None, "maintenue_24_heures", "pub.duree_conge"),
        (True, "maintenue_72_heures", "pub.duree_conge_prioritaire"),
    ],
)
def test_les_heures_de_conge(prioritaire: bool | None, paie: str, fait: str) -> None:
    voie = chemin("conge_public", statut="agent_fpe", agent_prioritaire=prioritaire)
    assert voie.remuneration == paie
    assert fait in voie.references


# Règle 8 : CPF en heures


@pytest.mark.parametrize("statut", AGENTS)
@pytest.mark.parametrize("dernier", [None, RECENT, "aucun"])
def test_le_cpf_public_n_a_ni_carence_ni_cout(statut: str, dernier: object) -> None:
    verdict = juger(statut=statut, dernier_bilan=dernier, services_effectifs_mois=None, solde_cpf=None)
    voie = verdict.chemins[1]
    assert (voie.statut, voie.motifs, voie.manquant) == ("sous_accord", ("accord_employeur_public",), ())
    assert (voie.employeur_informe, voie.payeur) == ("existence_du_bilan", "employeur_public")
    assert "pub.plafond_1600_non_vise" in voie.references
    assert verdict.cout is None


# Règles 9 à 11


@pytest.mark.parametrize("statut", [*STATUTS, None])
@pytest.mark.parametrize("dotation", [0, 300])
def test_se_payer_son_bilan_est_toujours_possible(statut: str | None, dotation: int) -> None:
    voie = chemin("autofinancement", statut=statut, dotation_employeur=dotation, dernier_bilan=RECENT, solde_cpf=0)
    assert (voie.statut, voie.motifs, voie.manquant) == LIBRE
    assert (voie.employeur_informe, voie.payeur, voie.remuneration) == ("non", "soi_meme", "aucune")


def test_le_cpf_hors_temps_ne_dit_rien_a_l_employeur() -> None:
    voie = chemin("cpf_hors_temps")
    assert (voie.statut, voie.employeur_informe, voie.payeur, voie.remuneration) == (
        "ouvert",
        "non",
        "cpf",
        "aucune",
    )
    assert "conf.employeur_cpf_hors_temps" in voie.references


@pytest.mark.parametrize(
    ("nom", "dernier"), [*product(["cpf_hors_temps", "cpf_temps_travail"], ["aucun", RECENT, None])]
)
def test_une_dotation_revele_le_bilan(nom: str, dernier: object) -> None:
    sans = {"cpf_hors_temps": "non", "cpf_temps_travail": "absence_seulement"}[nom]
    assert chemin(nom, dernier_bilan=dernier).employeur_informe == sans
    assert chemin(nom, dernier_bilan=dernier, financement_opco=50, autres_financements=50).employeur_informe == sans
    assert chemin(nom, dernier_bilan=dernier, dotation_employeur=0.01).employeur_informe == "existence_du_bilan"


def test_la_dotation_visible_est_citee_a_la_place_de_la_discretion() -> None:
    references = chemin("cpf_hors_temps", dotation_employeur=10).references
    assert "conf.dotation_visible" in references and "conf.employeur_cpf_hors_temps" not in references


def test_statut_inconnu_l_employeur_ne_sait_rien() -> None:
    assert [voie.employeur_informe for voie in juger(statut=None).chemins] == ["non", "non"]


def test_le_conge_de_reclassement_est_ouvert_et_paye() -> None:
    voie = chemin("conge_reclassement", conge_reclassement=True, dernier_bilan=RECENT, solde_cpf=0)
    assert (voie.statut, voie.motifs, voie.manquant) == LIBRE
    assert (voie.employeur_informe, voie.payeur) == ("existence_du_bilan", "employeur")
    assert voie.remuneration == "conge_reclassement"
    assert "reclassement.convention" in voie.references


def test_le_verdict_rassemble_ce_qui_manque() -> None:
    verdict = juger(prix=None, solde_cpf=0, abondement_c2p_ou_atmp=None, dernier_bilan=None)
    assert verdict.manquant == ("prix", "abondement_c2p_ou_atmp", "dernier_bilan")
    assert juger(statut="agent_fpe", prix=None, solde_cpf=None).manquant == ()


def test_aucun_bilan_se_construit_sans_lecture() -> None:
    assert DernierBilan().financeur == "inconnu"
