"""Le guide est complet : toute réponse de connaissance s'y lit, pour chaque profil qui entend autre chose."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import yaml

from actions.adresses import adresse
from actions.documents.modeles import modeles_en_place
from actions.reglages import RACINE
from bilan import guide
from bilan.guide import Redacteur, profils
from bilan.guide.pages import Page, Section
from bilan.guide.rendu import ErreurGuide
from tests.guide.conftest import JOUR
from tests.guide.lecteur import Lecteur

SUJETS = ("utter_faq/", "utter_detail_", "utter_simple_", "utter_idee_recue/", "utter_hors_sujet/")
# Ce qui n'a de sens que dans une conversation, et la page qui dit la même chose sans elle.
DE_CONVERSATION = {
    "utter_hors_sujet/autre": "le refus d'une question inconnue",
    "utter_hors_sujet/injection": "le refus d'une consigne",
    "utter_notice_canal": "la notice de Teams et Slack",
    "utter_repli_2": "l'incompréhension : page humains",
    "utter_indisponible": "la panne : page humains",
    "utter_lettre_employeur_paie": "la suite d'une lettre : page convention_tripartite",
    "utter_cout": "le calcul de la personne : page calcul",
    "utter_cout_aide_dispense": "page calcul",
    "utter_cout_aide_rien": "page calcul",
    "utter_cout_aide_simple": "page calcul",
    "utter_cout_aide_dispense_sans_prix": "page calcul",
    "utter_cout_aide_simple_sans_prix": "page calcul",
    "utter_cout_prix_inconnu": "page calcul",
    "utter_cout_solde_inconnu": "page calcul",
    "utter_cout_solde_nul": "page calcul",
    "utter_cout_points": "le reste de la personne : page c2p",
    "utter_cout_manque": "le reste de la personne : page calcul",
    "utter_cout_versement": "une supposition : page cpf_definition",
    "utter_conversion_en_euros": "un nombre dit : page public_cpf",
    "utter_conversion_en_heures": "un nombre dit : page public_cpf",
    "utter_aide_visible": "une réponse du calcul : page employeur_informe",
    "utter_solde_suffit": "une réponse du calcul : page plafond_cpf",
    "utter_solde_selon_le_prix": "une réponse du calcul : page plafond_cpf",
    "utter_cpf_depart": "la liste des étapes : page demande",
    "utter_cpf_fin": "« tout est coché »",
    "utter_cpf_ferme": "un résultat : page droits",
    "utter_calendrier_sous_accord": "les dates de la personne : page calendrier",
    "utter_calendrier_fin_contrat": "page calendrier",
    "utter_calendrier_ancien_bilan": "page calendrier",
    "utter_calendrier_fin_arret": "les dates de la personne : pages calendrier et reprise",
    "utter_calendrier_impossible": "page calendrier",
    "utter_employeur_statut_inconnu": "« dites-le, je change les règles »",
    "utter_repetition_sante": "un retour sur ce qui vient d'être dit",
    "utter_repetition_fin_propose": "la fin de la répétition ; refuser sans faute : page refuser_bilan",
    "utter_accord_note": "un fait noté : page arret_maladie",
    "utter_arret_fini": "un fait noté : pages visites_medicales et difference_entretien_pro",
    "utter_lettre_pas_la_caisse": "la reprise d'une lettre : page arret_maladie, agent public",
    "utter_debut_pour_finir": "une date calculée : page calendrier",
    "utter_donnees_d_autrui": "le refus des données d'autrui : page confidentialite",
    "utter_numero_de_securite_sociale": "le refus d'un numéro dit : page cpf_solde",
    "utter_lettre_employeur": "une lettre demandée par l'employeur : page convention_tripartite",
}


# Une date dite, un cas distingué dans la conversation : les pages de leurs sujets disent la règle.
_D_UN_FIL = ("utter_delai_", "utter_refaire_", "utter_cas_", "utter_article_", "utter_arret_bilan_")


def de_connaissance(r: Redacteur) -> set[str]:
    """Réponses de sujet, et toutes celles qui affirment quelque chose du droit."""
    affirment = {n for n in r.contenus.reponses if n.startswith(SUJETS) or r.contenus.faits(n)}
    return {n for n in affirment if not n.startswith(_D_UN_FIL)} - set(DE_CONVERSATION)


def manquantes(r: Redacteur, lus: dict[str, Lecteur]) -> set[str]:
    """Réponses de connaissance qu'aucune page ne reprend ; « nom@profil » pour celle d'un profil."""
    dites = {nom for page in lus.values() for nom in (*page.reponses, *page.remplies)}
    attendues = de_connaissance(r)
    propres = {
        f"{nom}@{profil.nom}"
        for nom in attendues
        for profil in profils.profils(r)
        # Une réponse que les faits complètent se lit sur la page du statut.
        if profils.a_sa_reponse(r, nom, profil) and nom not in _remplies(lus)
    }
    return (attendues | propres) - dites


def _remplies(lus: dict[str, Lecteur]) -> set[str]:
    return {nom for page in lus.values() for nom in page.remplies}


def test_aucune_reponse_de_connaissance_ne_manque(redacteur: Redacteur, lus: dict[str, Lecteur]) -> None:
    assert len(de_connaissance(redacteur)) > 450
    assert sorted(manquantes(redacteur, lus)) == []


@pytest.mark.parametrize("nom", ["utter_simple_duree", "utter_idee_recue/dif", "utter_faq/financement@agent_fph"])
def test_une_reponse_oubliee_se_verrait(nom: str, redacteur: Redacteur, lus: dict[str, Lecteur]) -> None:
    ampute: dict[str, Any] = {}
    for fichier, page in lus.items():
        ampute[fichier] = copie = Lecteur("")
        copie.reponses = {n: lignes for n, lignes in page.reponses.items() if n != nom}
        copie.remplies = page.remplies
    assert manquantes(redacteur, ampute) == {nom}


def test_les_exceptions_existent_et_ne_sont_pas_deja_dites(redacteur: Redacteur, lus: dict[str, Lecteur]) -> None:
    dites = {nom for page in lus.values() for nom in (*page.reponses, *page.remplies)}
    for nom in DE_CONVERSATION:
        assert nom in redacteur.contenus.reponses and nom not in dites, nom


def test_chaque_hors_sujet_dit_a_quelle_porte_frapper(lus: dict[str, Lecteur], redacteur: Redacteur) -> None:
    page = lus[adresse("hors_sujet")]
    for nom in (
        n for n in redacteur.contenus.reponses if n.startswith("utter_hors_sujet/") and n not in DE_CONVERSATION
    ):
        boutons = redacteur.contenus.variante(nom).get("buttons") or []
        assert nom in page.reponses and (redacteur.contenus.faits(nom) or boutons), nom


def test_calculs_lettres_et_demarches_sont_la(lus: dict[str, Lecteur]) -> None:
    for nom in ("droits", "calcul", "demande", "echange", "calendrier", "humains", "secours", "questions", "essentiel"):
        assert adresse(nom) in lus, nom
    assert {adresse(f"lettre/{nom}") for nom in modeles_en_place()} <= set(lus)


def test_chaque_variante_a_son_profil_dans_le_guide(redacteur: Redacteur) -> None:
    connus = [profil.quand for profil in profils.profils(redacteur)]
    for fichier in sorted((RACINE / "data/variantes").glob("*.yml")):
        assert yaml.safe_load(fichier.read_text(encoding="utf-8"))["quand"] in connus, fichier.name


def test_un_profil_sans_titre_arrete_l_export(monkeypatch: pytest.MonkeyPatch) -> None:
    r = Redacteur(JOUR)
    condition = [{"type": "slot", "name": "statut", "value": "marin"}]
    reponses = {**r.contenus.reponses}
    reponses["utter_faq/duree"] = [{"text": "Marin.", "condition": condition}, *reponses["utter_faq/duree"]]
    r.contenus = dataclasses.replace(r.contenus, reponses=reponses)
    with pytest.raises(ErreurGuide, match="marin"):
        guide.pages(r)


@pytest.mark.parametrize(
    ("profil", "dit"),
    [
        ("agent_fpe", "payé par elle"),
        ("agent_fpt", "Votre collectivité"),
        ("agent_fph", "ANFH"),
        ("militaire", "Défense"),
    ],
)
def test_chaque_versant_a_sa_section_avec_ses_sources(profil: str, dit: str, toutes: list[Page]) -> None:
    page = next(p for p in toutes if p.nom == "faq/financement")
    section = _section(page, profil)
    assert dit in section.parties[0].corps
    assert "Vérifié" in section.parties[0].corps
    assert section.parties[-1].niveau == "texte" and section.parties[-1].liste
    # Le haut de la page y mène.
    assert f'href="#{section.ancre}"' in page.intro


def _section(page: Page, profil: str) -> Section:
    return next(s for s in page.sections if s.niveau == "profil" and s.parties[0].profil == profil)


def test_un_agent_public_ne_lit_pas_la_regle_du_prive_dans_sa_section(toutes: list[Page]) -> None:
    section = _section(next(p for p in toutes if p.nom == "faq/employeur_refus"), "public")
    assert [p.titre for p in section.parties] == ["En bref", "Plus simple", "En détail", "Les textes et leurs dates"]
    lu = " ".join(str(p.corps) for p in section.parties)
    assert "tribunal administratif" in lu and "prud'hom" not in lu
