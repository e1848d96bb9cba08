"""Le guide dit ce que dit l'assistant : mêmes textes, mêmes sources, mêmes chemins."""

import re
from collections.abc import Iterator
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest

from actions.adresses import adresse
from actions.documents.modeles import modeles_en_place
from actions.documents.texte import en_texte
from actions.eligibilite import Situation, evaluer
from actions.eligibilite.cout import cout
from actions.eligibilite.situation import Arret, Statut
from actions.entreprise import entreprise_en_place
from actions.humains import humains
from actions.parcours.comparateur import raisons
from actions.parcours.faits import situation_de
from actions.parcours.messages import libelles
from bilan.guide import Redacteur
from bilan.guide.droits import HYPOTHESES, nom_de, profils
from bilan.guide.lettres import vierge
from bilan.guide.redacteur import mots_du_guide
from composants.reponses_datees import ReponsesDatees
from tests.guide.conftest import JOUR
from tests.guide.lecteur import Lecteur
from tests.guide.test_pages import CONNAISSANCES

_ADRESSE = re.compile(r"https?://[^\s)]+")
# L'assistant n'ajoute sa ligne de date qu'à celles-ci ; le guide la met partout où un fait est affirmé.
_AVEC_MENTION = ("utter_faq/", "utter_detail_", "utter_idee_recue/")


def lignes(texte: str) -> list[str]:
    return [re.sub(r"^(- |\d+\. )", "", ligne.strip()) for ligne in texte.split("\n") if ligne.strip()]


def soigne(texte: str) -> str:
    return re.sub(r"\s+", " ", texte).strip()


def composer(nom: str, **mots: Any) -> list[str]:
    """Ce que dit l'assistant ; « utter_faq/x@militaire » : à un militaire."""
    nom, _, profil = nom.partition("@")
    slots = mots_du_guide()["profils"][profil]["quand"] if profil else {}
    # L'assistant déduit « public » des faits.
    connus = {**slots, **({"agent_public": True} if slots.get("public") else {})}
    message = ReponsesDatees().composer(nom, connus, **mots)
    assert message is not None
    return lignes(message["text"])


@pytest.mark.parametrize("sujet", CONNAISSANCES)
def test_un_sujet_se_lit_mot_pour_mot(sujet: str, lus: dict[str, Lecteur]) -> None:
    page = lus[adresse(f"faq/{sujet}")]
    for nom in (f"utter_faq/{sujet}", f"utter_detail_{sujet}", f"utter_simple_{sujet}"):
        assert page.reponses[nom] == composer(nom), nom


@pytest.mark.parametrize("sujet", CONNAISSANCES)
def test_les_textes_de_loi_sont_ceux_de_l_assistant(sujet: str, lus: dict[str, Lecteur], redacteur: Redacteur) -> None:
    faits = [*redacteur.contenus.faits(f"utter_faq/{sujet}"), *redacteur.contenus.faits(f"utter_detail_{sujet}")]
    dites = composer("utter_le_texte", faits=list(dict.fromkeys(faits)), sujet=sujet)[1:]
    attendues = [soigne(_ADRESSE.sub(lambda a: urlsplit(a[0]).netloc.removeprefix("www."), li)) for li in dites]
    assert attendues
    ecrites = [soigne(li) for li in lus[adresse(f"faq/{sujet}")].textes_de_loi]
    # L'assistant s'arrête à six lignes dans une bulle ; deux sources d'un même site peuvent se dire pareil ici.
    assert [li for li in attendues if li not in ecrites] == []
    assert len(ecrites) >= len(set(attendues))


def test_toute_reponse_reprise_est_celle_de_l_assistant(lus: dict[str, Lecteur], redacteur: Redacteur) -> None:
    vues = 0
    for page in lus.values():
        for nom, ecrites in page.reponses.items():
            texte = redacteur.contenus.variante(nom.partition("@")[0])["text"]
            libres = set(re.findall(r"\{([a-z_]+)\}", texte)) - set(redacteur.droit.parametres)
            if libres - {
                "conservation_inactivite",
                "message_longueur_max",
                "duree_lien",
                "date_du_jour",
                "lieu_du_fil",
            }:
                continue
            attendues = composer(nom)
            assert (ecrites if nom.startswith(_AVEC_MENTION) else ecrites[: len(attendues)]) == attendues, nom
            vues += 1
    assert vues > 500


def situations() -> Iterator[tuple[Any, str]]:
    for profil in profils():
        for arret in get_args(Arret):
            yield profil, arret


def test_tous_les_statuts_ont_leur_tableau() -> None:
    assert {profil["statut"] for profil in profils()} == set(get_args(Statut))


@pytest.mark.parametrize(("profil", "arret"), situations())
def test_chaque_tableau_dit_le_verdict_du_coeur(
    profil: Any, arret: str, fichiers: dict[str, bytes], redacteur: Redacteur
) -> None:
    page = Lecteur(fichiers[adresse("droits")].decode())
    titre = ", ".join(libelles()["champs"][c]["valeurs"][v] for c, v in profil.items())
    debut = next(i for i, (b, t) in enumerate(page.lignes) if b == "h2" and t.lower() == titre.lower())
    suite = page.lignes[debut + 1 :]
    fin = next(i for i, (b, _) in enumerate(suite) if b == "h2")
    cellules = [(b, soigne(t)) for b, t in suite[:fin] if b in ("th", "td")]
    entetes = [t for b, t in cellules][: [b for b, _ in cellules].index("td") - 1]
    verdict = evaluer(situation_de({**HYPOTHESES, **profil, "arret": arret}, JOUR), redacteur.droit)
    colonne = (
        1
        if arret == "aucun" or len(entetes) == 3
        else 2
        if len(entetes) == 4
        else ("", "", "maladie", "at_mp").index(arret)
    )
    corps = [t for _, t in cellules[len(entetes) :]]
    rangees = [corps[i : i + len(entetes)] for i in range(0, len(corps), len(entetes))]
    assert len(rangees) == len(verdict.chemins)
    for chemin in verdict.chemins:
        rangee = next(r for r in rangees if r[0] == soigne(libelles()["chemins"][chemin.chemin]))
        attendu = soigne(libelles()["statuts"][chemin.statut]).lower()
        assert attendu in rangee[colonne].lower()
        assert soigne(raisons(chemin, JOUR, redacteur.droit)) in rangee[colonne]


def test_chaque_profil_a_ses_chemins_en_detail(lus: dict[str, Lecteur]) -> None:
    for profil in profils():
        assert len(lus[adresse(nom_de(profil))].lignes) > 20


def test_les_exemples_de_calcul_sont_ceux_du_coeur(lus: dict[str, Lecteur], redacteur: Redacteur) -> None:
    mots = redacteur.mots["calcul"]
    cellules = [t for b, t in lus[adresse("calcul")].lignes if b == "td"]
    attendues = []
    for statut in ("salarie_prive", "demandeur_emploi"):
        for prix in mots["prix_exemples"]:
            for solde in mots["solde_exemples"]:
                reste = cout(Situation(JOUR, statut=statut, prix=prix, solde_cpf=solde), redacteur.droit).reste_a_payer
                attendues.append(f"{reste}")
    nombres = [re.sub(r"[^\d,]", "", c.split("€")[-2].split(":")[-1] if c.count("€") > 1 else c) for c in cellules]
    assert nombres == attendues


def test_une_lettre_vierge_ne_porte_ni_date_ni_nom(redacteur: Redacteur, fichiers: dict[str, bytes]) -> None:
    for nom in modeles_en_place():
        texte = en_texte(vierge(redacteur, nom).page)
        assert "novembre" not in texte and texte.count("[à compléter") >= 5
        assert texte.encode() in fichiers.values()
    formats = {nom.rsplit(".", 1)[1] for nom in fichiers if nom.startswith("courrier")}
    assert formats == {"docx", "odt", "txt"}
    assert sum(nom.startswith("courrier") for nom in fichiers) == 3 * len(modeles_en_place())


def test_chaque_personne_dit_ce_que_l_employeur_saura(lus: dict[str, Lecteur], redacteur: Redacteur) -> None:
    texte = soigne(" ".join(t for _, t in lus[adresse("humains")].lignes))
    for humain in humains(JOUR, redacteur.droit, entreprise_en_place()):
        assert soigne(humain.nom) in texte and soigne(humain.role) in texte and soigne(humain.employeur) in texte
