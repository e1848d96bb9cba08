"""Ce qu'un agent public entend à la place du privé : court, fondé, complet d'un niveau à l'autre."""

import re
from typing import Any

import pytest
import yaml

from actions.contenus import ErreurContenu, charger, contenus_en_place
from actions.droit import droit_en_place
from actions.parcours.faits import est_public
from actions.reglages import RACINE
from composants.reponses_datees import ReponsesDatees

CONTENUS, DROIT = contenus_en_place(), droit_en_place()
PUBLIC = {"public": True}
AGENT = {"statut": "agent_fph"}
VARIANTES = yaml.safe_load((RACINE / "data/variantes/agent_public.yml").read_text(encoding="utf-8"))["reponses"]
DU_PRIVE = re.compile(r"prud'homm|convention à trois se signe, sous|l'absence est acceptée|en passant par l'OPCO")


def rendu(nom: str) -> str:
    message = ReponsesDatees().composer(nom, AGENT)
    assert message is not None
    return str(message["text"]).replace("\u00a0", " ")


@pytest.mark.parametrize("nom", sorted(VARIANTES))
def test_un_agent_public_entend_sa_variante(nom: str) -> None:
    assert rendu(nom) != rendu_de(nom, {}).replace("\u00a0", " ") or "buttons" in VARIANTES[nom]
    faits = CONTENUS.metadonnees(nom, PUBLIC).get("faits", [])
    assert [f for f in faits if f not in DROIT.faits or DROIT.faits[f].confiance == "a_verifier"] == []
    assert not DU_PRIVE.search(rendu(nom))


@pytest.mark.parametrize("sujet", sorted(n.removeprefix("utter_faq/") for n in VARIANTES if "/" in n))
def test_la_bulle_le_detail_et_la_version_simple_changent_ensemble(sujet: str) -> None:
    assert {f"utter_faq/{sujet}", f"utter_detail_{sujet}", f"utter_simple_{sujet}"} <= set(VARIANTES)
    assert len(rendu(f"utter_faq/{sujet}").rsplit("\n", 1)[0]) <= 350
    assert len(rendu(f"utter_simple_{sujet}").split()) <= 60
    assert 2 <= len(CONTENUS.variante(f"utter_faq/{sujet}", PUBLIC)["buttons"]) <= 4


def test_le_statut_dit_suffit_a_changer_la_reponse() -> None:
    for connu in ({"statut": "agent_fpt"}, {"agent_public": True}):
        message = ReponsesDatees().composer("utter_faq/employeur_refus", connu)
        assert message is not None and "tribunal administratif" in message["text"]
    assert (
        "Dans le privé" in ReponsesDatees().composer("utter_faq/employeur_refus", {"statut": "salarie_prive"})["text"]
    )


@pytest.mark.parametrize(
    ("fichier", "statut"),
    [("hospitalier", "agent_fph"), ("territorial", "agent_fpt"), ("etat", "agent_fpe")],
)
def test_chaque_fonction_publique_entend_ses_propres_delais(fichier: str, statut: str) -> None:
    propres = yaml.safe_load((RACINE / f"data/variantes/agent_public_{fichier}.yml").read_text(encoding="utf-8"))
    for nom in propres["reponses"]:
        message = ReponsesDatees().composer(nom, {"statut": statut})
        assert message is not None and message["text"] != rendu_de(nom, {"agent_public": True})
        assert len(message["text"].rsplit("\n", 1)[0]) <= 350, (nom, len(message["text"]))
        publics = {b["payload"] for b in CONTENUS.variante(nom, PUBLIC)["buttons"]}
        assert publics & {b["payload"] for b in message["buttons"]}
    assert "hôpital" not in rendu_de("utter_faq/hors_temps", {"statut": "agent_fpt"})


def rendu_de(nom: str, slots: dict[str, object]) -> str:
    message = ReponsesDatees().composer(nom, slots)
    assert message is not None
    return str(message["text"])


@pytest.mark.parametrize(
    ("contrat", "dit", "tait"), [("titulaire", "avis médical", "caisse"), ("contractuel", "caisse", "avis médical")]
)
def test_pendant_un_arret_chaque_agent_entend_sa_voie(contrat: str, dit: str, tait: str) -> None:
    bulle = rendu_de("utter_faq/arret_maladie", {"statut": "agent_fph", "contrat": contrat})
    assert dit in bulle and tait not in bulle and len(bulle.rsplit("\n", 1)[0]) <= 350


IDEES = yaml.safe_load((RACINE / "data/variantes/agent_public_idees.yml").read_text(encoding="utf-8"))["reponses"]


@pytest.mark.parametrize("nom", sorted(IDEES))
def test_une_idee_recue_dite_par_un_agent_n_est_pas_corrigee_par_le_prive(nom: str) -> None:
    texte = rendu_de(nom, {"agent_public": True})
    assert 80 <= len(texte.rsplit("\n", 1)[0]) <= 350 and texte != rendu_de(nom, {})
    assert "€" not in texte and not DU_PRIVE.search(texte)
    assert [f for f in CONTENUS.metadonnees(nom, PUBLIC)["faits"] if f not in DROIT.faits] == []


MILITAIRE = yaml.safe_load((RACINE / "data/variantes/militaire.yml").read_text(encoding="utf-8"))["reponses"]


@pytest.mark.parametrize("nom", sorted(MILITAIRE))
def test_un_militaire_entend_la_bonne_porte_et_aucun_chiffre_d_un_autre(nom: str) -> None:
    texte = rendu_de(nom, {"statut": "militaire"})
    assert "Défense mobilité" in texte and texte != rendu_de(nom, {})
    assert len(texte.rsplit("\n", 1)[0]) <= 350 or "detail" in nom
    sujet = nom.split("_", 1)[1].removeprefix("faq/")
    if nom.startswith("utter_faq/"):
        assert {f"utter_detail_{sujet}", f"utter_simple_{sujet}"} <= set(MILITAIRE)


# Ce que seul un salarié a : ses heures, son employeur, son solde.
DU_SALARIE = re.compile(
    r"\b(votre (employeur|patron|salaire|cpf|solde|compte|handicap|arrêt|caisse)|vos (heures|indemnités|droits))\b"
)
# Ce que chaque place entend : hors du public, dans le public, dans une collectivité.
PLACES = (
    ("employeur", "employeur", {"agent_public": False}),
    ("employeur", "employeur", {"agent_public": True}),
    ("employeur_public", "employeur", {"agent_public": True}),
    ("employeur_public_territorial", "employeur", {"statut": "agent_fpt"}),
    ("elu", "elu", {"agent_public": False}),
    ("service_social", "service_social", {}),
)
# Une liste de portes, une date calculée : ni une bulle seule, ni un texte sans ses dates.
_PAS_UNE_BULLE = ("utter_humains", "utter_cas_employeur_delai", "utter_cas_employeur_convention")
DE_ROLE = [
    (nom, {"role": role, **faits})
    for fichier, role, faits in PLACES
    for nom in yaml.safe_load((RACINE / f"data/variantes/{fichier}.yml").read_text(encoding="utf-8"))["reponses"]
    if nom not in _PAS_UNE_BULLE
]


@pytest.mark.parametrize(("nom", "slots"), DE_ROLE)
def test_un_employeur_ou_un_elu_entend_sa_place_et_court(nom: str, slots: dict[str, Any]) -> None:
    texte = rendu_de(nom, slots).replace("\u00a0", " ")
    corps = texte.rsplit("\n", 1)[0] if "simple" not in nom else texte
    assert not DU_SALARIE.search(texte.lower()), DU_SALARIE.search(texte.lower())
    assert len(corps.split()) <= 150 if "detail" in nom else 60 <= len(corps) <= 350
    faits = CONTENUS.metadonnees(nom, {**slots, "public": est_public(slots)})["faits"]
    assert [f for f in faits if f not in DROIT.faits or DROIT.faits[f].confiance == "a_verifier"] == []


def test_ce_que_l_employeur_entend_change_a_chaque_niveau() -> None:
    """« En savoir plus » et « Plus simple » ne lui rendent pas la réponse du salarié."""
    brut = yaml.safe_load((RACINE / "data/variantes/employeur.yml").read_text(encoding="utf-8"))["reponses"]
    for sujet in (nom.removeprefix("utter_faq/") for nom in brut if nom.startswith("utter_faq/")):
        assert {f"utter_detail_{sujet}", f"utter_simple_{sujet}"} <= set(brut), sujet


def test_une_variante_ne_reprend_pas_les_faits_du_prive() -> None:
    assert "temps.silence_acceptation" not in CONTENUS.faits("utter_faq/temps_travail", PUBLIC)
    assert "temps.silence_acceptation" in CONTENUS.faits("utter_faq/temps_travail")


def test_une_variante_sans_reponse_est_refusee(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "v.yml").write_text("quand: {public: true}\nreponses: {utter_inexistante: {text: x}}\n")
    with pytest.raises(ErreurContenu, match="utter_inexistante"):
        charger(RACINE / "data/responses", tmp_path)
