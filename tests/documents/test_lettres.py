"""Les lettres : complètes, sourcées, sans chiffre tapé ; ce qui manque se voit ; les conditions disent vrai."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.documents.champs import ErreurChamp
from actions.documents.garde_sante import MotDeSante
from actions.documents.lettres import LettreInconnue
from actions.documents.modeles import SANS_SANTE, ErreurModele, charger, commun_en_place
from tests.documents.outils import DROIT, JOUR, MODELES, PLEINS, lettre, texte_de

NOMS = sorted(MODELES)
A_LA_MAIN = set(commun_en_place()["a_la_main"])


def jours(nombre: int, depuis: date = JOUR) -> str:
    return (depuis + timedelta(days=nombre)).isoformat()


def test_les_lettres_attendues_existent() -> None:
    assert len(NOMS) >= 9 and set(NOMS) == set(PLEINS)
    assert {m.destinataire for m in MODELES.values()} == {"employeur", "employeur_public", "caisse", "anfh"}


@pytest.mark.parametrize("nom", NOMS)
def test_pleine_il_ne_manque_que_ce_qui_s_ecrit_a_la_main(nom: str) -> None:
    redigee = lettre(nom)
    assert all(m.a_la_main for m in redigee.manquants)
    assert {"nom", "adresse", "ville"} <= {m.champ for m in redigee.manquants} <= A_LA_MAIN


@pytest.mark.parametrize("nom", NOMS)
def test_vide_tout_ce_qui_est_obligatoire_se_voit_et_se_liste(nom: str) -> None:
    redigee, modele = lettre(nom, {}), MODELES[nom]
    manquants = {m.champ for m in redigee.manquants}
    assert {c.nom for c in modele.champs.values() if c.obligatoire} <= manquants
    visibles = set(re.findall(r"\[à compléter : ([^\]]+)\]", texte_de(redigee)))
    assert visibles == {m.libelle.replace("'", "’") for m in redigee.manquants}
    assert "{" not in texte_de(redigee) + "".join(redigee.conseils)


@pytest.mark.parametrize("nom", NOMS)
@pytest.mark.parametrize("plein", [True, False])
def test_typographie_et_ponctuation(nom: str, plein: bool) -> None:
    redigee = lettre(nom, None if plein else {})
    for paragraphe in redigee.page.paragraphes:
        assert not re.search(r"  | [.,)]|\.\.|\( |['!]", paragraphe.texte), paragraphe.texte
        assert not re.search(r" (?=[:;?»€])", paragraphe.texte), paragraphe.texte
        if paragraphe.style == "corps" and "[" not in paragraphe.texte and paragraphe.texte:
            assert paragraphe.texte[-1] in ".,", paragraphe.texte


@pytest.mark.parametrize("nom", NOMS)
def test_le_nom_de_fichier_et_les_metadonnees_sont_neutres(nom: str) -> None:
    redigee = lettre(nom)
    assert redigee.page.titre == "Courrier"
    assert re.fullmatch(r"courrier-(demande|suite|reponse)", redigee.fichier)


@pytest.mark.parametrize("nom", NOMS)
def test_l_identite_n_est_jamais_lue(nom: str) -> None:
    intrus = {champ: "Zoé Canari" for champ in A_LA_MAIN}
    assert lettre(nom, {**PLEINS[nom], **intrus}).page == lettre(nom).page


@pytest.mark.parametrize("nom", [n for n in NOMS if MODELES[n].destinataire in SANS_SANTE])
def test_aucun_mot_de_sante_dans_un_modele_a_l_employeur(nom: str) -> None:
    """Chaque combinaison de champs présents ou absents passe la garde : rediger lèverait."""
    champs = list(PLEINS[nom])
    for masque in range(2 ** len(champs)):
        lettre(nom, {c: PLEINS[nom][c] for i, c in enumerate(champs) if masque >> i & 1})


def test_un_prestataire_au_nom_de_sante_est_refuse_chez_l_employeur_et_admis_a_la_caisse() -> None:
    with pytest.raises(MotDeSante):
        lettre("demande_plan", {"organisme": "Institut du Burn-Out"})
    assert "Institut du Burn-Out" in texte_de(lettre("demande_caisse", {"organisme": "Institut du Burn-Out"}))


# Ce que dit chaque lettre selon la situation


def test_la_demande_d_absence_ne_nomme_le_bilan_que_si_on_le_veut() -> None:
    assert "bilan" not in texte_de(lettre("demande_absence", {}))
    assert "un bilan de compétences financé" in texte_de(lettre("demande_absence"))


@pytest.mark.parametrize(("ecart", "tenu"), [(59, False), (60, True), (61, True)])
def test_le_delai_de_la_demande_d_absence(ecart: int, tenu: bool) -> None:
    texte = texte_de(lettre("demande_absence", {"date_debut": jours(ecart)}))
    assert ("au moins 60 jours calendaires avant le début" in texte) is tenu
    assert ("au plus tôt le 22 janvier 2027" in texte) is not tenu
    assert "D. 6323-4, I, 1°" in texte


@pytest.mark.parametrize(("mois", "delai", "article"), [(5.9, "60", "1°"), (6, "120", "2°"), (7, "120", "2°")])
def test_un_bilan_etale_demande_plus_tot(mois: float, delai: str, article: str) -> None:
    redigee = lettre("demande_absence", {"date_debut": jours(200), "duree_mois": mois})
    assert f"au moins {delai} jours calendaires" in texte_de(redigee)
    assert f"D. 6323-4, I, {article}" in texte_de(redigee)
    assert f"{delai} jours" in redigee.conseils[0].replace("\u00a0", " ")


@pytest.mark.parametrize(("age", "acquis"), [(29, False), (30, False), (31, True)])
def test_le_silence_ne_vaut_accord_qu_apres_le_delai(age: int, acquis: bool) -> None:
    texte = texte_de(lettre("relance_silence", {"date_reception": jours(-age), "date_debut": jours(60)}))
    assert ("L’absence est donc acceptée" in texte) is acquis
    assert ("au plus tard le" in texte) is not acquis


def test_le_silence_n_est_pas_acquis_sans_date_de_reception() -> None:
    assert "donc acceptée" not in texte_de(lettre("relance_silence", {}))


def test_la_reponse_a_un_report_dit_un_seul_choix() -> None:
    oui, non, vide = (
        texte_de(lettre("reponse_report", f))
        for f in ({"accepte": True}, {"accepte": False}, {"date_report": jours(9)})
    )
    assert "J’accepte cette date" in oui and "ne me convient pas" not in oui
    assert "ne me convient pas" in non and "J’accepte" not in non
    assert "[à compléter : votre choix" in vide and "J’accepte" not in vide


def test_la_convention_se_signe_dans_les_dix_jours_de_sa_reception() -> None:
    assert "jusqu’au 30 novembre 2026" in texte_de(lettre("bilan_propose_acceptation"))


@pytest.mark.parametrize(
    ("versant", "dit", "tait"),
    [
        ("agent_fpe", "2 mois", "60 jours"),
        ("agent_fpt", "décret 2007-1845 art. 21", "2 mois"),
        ("agent_fph", "décret 2008-824", "2 mois"),
    ],
)
def test_la_demande_d_un_agent_cite_sa_fonction_publique(versant: str, dit: str, tait: str) -> None:
    texte = texte_de(lettre("demande_agent_public", {**PLEINS["demande_agent_public"], "versant": versant}))
    assert dit in texte and tait not in texte


@pytest.mark.parametrize(
    ("financement", "demande", "attendue"), [(None, True, True), (True, True, True), (False, False, False)]
)
def test_une_territoriale_demande_le_financement_dont_elle_attend_la_reponse(
    financement: bool | None, demande: bool, attendue: bool
) -> None:
    faits = {"versant": "agent_fpt"} | ({} if financement is None else {"financement": financement})
    redigee = lettre("demande_agent_public", faits)
    assert ("Je demande aussi la prise en charge du prix" in texte_de(redigee)) is demande
    assert ("sur le congé et sur le financement" in texte_de(redigee)) is attendue
    assert "intervient dans les" in texte_de(redigee)
    assert not re.search("ANFH|hôpital|hospitalière", " ".join(redigee.conseils))


@pytest.mark.parametrize(
    ("versant", "dit", "tait"),
    [
        ("agent_fpe", "dans les 2 mois", "30 jours"),
        ("agent_fpt", "30 jours", "report ne"),
        ("agent_fph", "6 mois", "2 mois"),
    ],
)
def test_la_decision_ecrite_se_demande_selon_la_fonction_publique(versant: str, dit: str, tait: str) -> None:
    redigee = lettre("decision_ecrite", {"versant": versant})
    assert dit in texte_de(redigee) and tait not in texte_de(redigee)
    assert "la décision écrite, avec sa date, ses raisons" in texte_de(redigee)
    assert any("2 mois" in conseil.replace("\u00a0", " ") for conseil in redigee.conseils)


@pytest.mark.parametrize(("ecart", "tenu"), [(59, False), (60, True)])
@pytest.mark.parametrize("versant", ["agent_fpt", "agent_fph"])
def test_le_delai_d_un_agent(versant: str, ecart: int, tenu: bool) -> None:
    texte = texte_de(lettre("demande_agent_public", {"versant": versant, "date_debut": jours(ecart)}))
    assert ("au moins 60 jours avant le début" in texte) is tenu
    assert ("je ne tiens pas le délai" in texte) is not tenu


def test_la_lettre_a_la_caisse_cite_l_article_de_l_arret() -> None:
    assert "article L. 323-3-1)" in texte_de(lettre("demande_caisse", {"arret": "maladie"}))
    assert "article L. 433-1 al. 5)" in texte_de(lettre("demande_caisse", {"arret": "at_mp"}))


def test_les_delais_suivent_le_droit_a_la_date() -> None:
    """Un paramètre changé change la lettre : aucun chiffre n'y est tapé."""
    from dataclasses import replace
    from decimal import Decimal

    from actions.documents.lettres import rediger

    parametre = DROIT.parametres["absence_reponse"]
    valeurs = (replace(parametre.valeurs[0], montant=Decimal(45)),)
    droit = replace(DROIT, parametres={**DROIT.parametres, "absence_reponse": replace(parametre, valeurs=valeurs)})
    texte = "\n".join(p.texte for p in rediger("demande_absence", {}, JOUR, droit).page.paragraphes)
    assert "45\u00a0jours" in texte and "30\u00a0jours" not in texte


# Entrées refusées


@pytest.mark.parametrize(
    ("nom", "champ", "valeur"),
    [
        ("demande_absence", "date_debut", "demain"),
        ("demande_absence", "date_debut", "1999-01-01"),
        ("demande_absence", "date_debut", 20270101.5),
        ("demande_absence", "heures", -1),
        ("demande_absence", "heures", "beaucoup"),
        ("demande_absence", "heures", True),
        ("demande_absence", "heures", float("nan")),
        ("demande_absence", "heures", 1.234),
        ("demande_absence", "nommer_bilan", "oui"),
        ("demande_plan", "organisme", ""),
        ("demande_plan", "organisme", "x" * 61),
        ("demande_plan", "organisme", "{absence_demande}"),
        ("demande_plan", "organisme", "[à compléter : rien]"),
        ("demande_plan", "organisme", "<b>gras</b>"),
        ("demande_plan", "organisme", "Ваня"),
        ("demande_plan", "organisme", 12),
        ("demande_caisse", "arret", "grippe"),
    ],
)
def test_une_valeur_hors_champ_est_refusee_sans_etre_repetee(nom: str, champ: str, valeur: Any) -> None:
    with pytest.raises(ErreurChamp) as refus:
        lettre(nom, {champ: valeur})
    assert refus.value.champ == champ
    assert not valeur or isinstance(valeur, bool) or str(valeur) not in str(refus.value)


def test_une_lettre_inconnue_est_refusee() -> None:
    with pytest.raises(LettreInconnue):
        lettre("demande_impossible", {})


# Modèles refusés

BASE: dict[str, Any] = {
    "titre": "Une lettre d'essai",
    "destinataire": "employeur",
    "fichier": "courrier-essai",
    "objet": "un essai",
    "champs": {"date_debut": {"type": "date", "libelle": "la date"}},
    "corps": ["Le {date_debut}, sous {absence_reponse}."],
    "pieces": [],
    "faits": ["temps.reponse_30_jours"],
    "conseils": ["Gardez une preuve."],
}


@pytest.mark.parametrize(
    ("changement", "raison"),
    [
        ({}, None),
        ({"corps": ["Sous 30 jours."]}, "chiffre tapé"),
        ({"corps": ["Sous {delai_inconnu}."]}, "accolade inconnue"),
        ({"corps": ["Le {premiere_date}."]}, "accolade inconnue"),
        ({"corps": ["Le {Date}."]}, "accolade mal formée"),
        ({"corps": [{"texte": "Oui.", "si": ["humeur=bonne"]}]}, "condition inconnue"),
        ({"corps": ["Article {article:temps.delai_60_jours}."]}, "article d'un fait non cité"),
        ({"faits": ["cpf.inexistant"]}, "fait non établi"),
        ({"faits": ["def.duree_min_13h"]}, "fait non établi"),
        ({"champs": {"absence_demande": {"type": "date", "libelle": "la date"}}}, "nom de champ déjà pris"),
        ({"champs": {"nom": {"type": "texte", "libelle": "votre nom"}}}, "nom de champ déjà pris"),
        ({"fichier": "Bilan 2026"}, "does not match"),
        ({"destinataire": "medecin"}, "is not one of"),
    ],
)
def test_un_modele_mal_ecrit_est_refuse(tmp_path: Path, changement: dict[str, Any], raison: str | None) -> None:
    contenu = yaml.safe_dump({**BASE, **changement}, allow_unicode=True)
    (tmp_path / "essai.yml").write_text(contenu, encoding="utf-8")
    if raison is None:
        assert list(charger(tmp_path, DROIT, commun_en_place())) == ["essai"]
        return
    with pytest.raises(ErreurModele, match=f"essai.yml : .*{re.escape(raison)}"):
        charger(tmp_path, DROIT, commun_en_place())
