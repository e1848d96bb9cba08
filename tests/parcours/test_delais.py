"""Les délais d'une démarche en cours : la bonne conclusion, à la bonne date, ou la seule date qui manque."""

import time
from datetime import date
from typing import Any

import pytest

from actions.comprehension import delais_dits
from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.parcours.delais import Contexte, Reponse, repondre

JOUR = date(2026, 11, 28)


def dire(texte: str, precedente: str = "", lettre: str | None = None, **faits: Any) -> Reponse | None:
    return repondre(texte, Contexte(faits, precedente, lettre), JOUR, droit_en_place(), contenus_en_place())


def premiere(texte: str, precedente: str = "", **faits: Any) -> tuple[str, dict[str, Any]]:
    rendue = dire(texte, precedente, **faits)
    assert rendue is not None and rendue.messages, texte
    return rendue.messages[0].reponse.removeprefix("utter_delai_"), {
        mot: str(valeur).replace("\u00a0", " ") for mot, valeur in rendue.messages[0].mots.items()
    }


@pytest.mark.parametrize(
    ("texte", "nom", "limite"),
    [
        (
            "j'ai demandé à mon chef le 20 octobre pour mon bilan et depuis rien, pas de réponse",
            "accepte",
            "19 novembre",
        ),
        ("ma demande il l'a reçue le 20 octobre, je veux juste savoir si le délai est passé", "accepte", "19 novembre"),
        ("ça fait 35 jours qu'il a ma demande et il répond pas", "accepte", "23 novembre"),
        ("elle me l'a envoyé il y a 5 semaines et j'ai pas répondu du coup...", "accepte", "26 novembre"),
        ("sans nouvelles depuis le 15 octobre c'est bon ?", "accepte", "14 novembre"),
        ("elle a demandé le 3 novembre, on est le 28, j'ai jusqu'à quand", "en_cours", "3 décembre"),
        ("j'ai demandé mon absence il y a 12 jours, il répond pas", "en_cours", "16 décembre"),
        ("je leur ai donné la lettre le 15/11, ils ont jusqu'à quand pour répondre", "en_cours", "15 décembre"),
    ],
)
def test_le_silence_se_date(texte: str, nom: str, limite: str) -> None:
    dite, mots = premiere(texte)
    assert (dite, mots["limite"]) == (nom, f"{limite} 2026")


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("mon chef a refusé ma demande par mail hier, j'avais demandé le 2 novembre. c'est legal ?", "reponse_a_temps"),
        ("il m'a répondu le 27 novembre, j'ai envoyé le 2. c'est bon pour lui ou pas ?", "reponse_a_temps"),
        ("mon patron a dit non 3 semaines après ma demande, il peut ?", "reponse_a_temps"),
        ("c'etait pendant mes heures, il a repondu au bout de 40 jours", "reponse_tardive"),
        ("j'ai demandé le 1er octobre, elle a refusé le 20 novembre", "reponse_tardive"),
        ("il a refusé hier, le délai est passé ?", "demande_inconnue"),
        ("j'ai demandé en octobre et toujours rien, c'est accepté ?", "demande_inconnue"),
    ],
)
def test_une_reponse_arrive_a_temps_ou_trop_tard(texte: str, nom: str) -> None:
    assert premiere(texte)[0] == nom


def test_une_demande_trop_pres_du_debut_se_dit() -> None:
    rendue = dire("elle a posé sa demande le 3 novembre pour un bilan qui commence le 20 decembre, je peux dire non ?")
    assert rendue is not None
    assert [m.reponse for m in rendue.messages] == ["utter_delai_en_cours", "utter_delai_depot_court"]
    assert rendue.retenus == {"date_demande": "2026-11-03", "date_debut": "2026-12-20"}
    suite = dire("la date de début c'est le 15 mars", "utter_delai_en_cours", date_demande="2026-11-03")
    assert suite is not None and suite.messages[1].reponse == "utter_delai_depot_tenu"


@pytest.mark.parametrize(
    ("texte", "faits", "nom", "limite"),
    [
        ("je voudrais commencer mi-mars, je dois faire la demande quand", {}, "depot_a_venir", "9 janvier 2027"),
        ("bilan de 7 mois en mars, quand envoyer ma lettre", {"duree_mois": 7.0}, "depot_passe", "1 novembre 2026"),
        ("on m'a dit 60 jours avant, je commence le 15 janvier, c'est foutu ?", {}, "depot_passe", "16 novembre 2026"),
        ("quand envoyer la demande au patron", {"date_debut": "2027-03-10"}, "depot_a_venir", "9 janvier 2027"),
        (
            "c'est combien de temps avant que je dois envoyer ma demande ?",
            {"statut": "agent_fpt", "date_debut": "2027-09"},
            "depot_a_venir",
            "3 juillet 2027",
        ),
        (
            "je dois envoyer la lettre quand",
            {"statut": "agent_fpe", "date_debut": "2027-03-10"},
            "depot_a_venir",
            "10 janvier 2027",
        ),
    ],
)
def test_quand_envoyer_se_calcule(texte: str, faits: dict[str, Any], nom: str, limite: str) -> None:
    dite, mots = premiere(texte, **faits)
    assert (dite, mots["limite"]) == (nom, limite.replace("1 novembre", "1er novembre"))


def test_quand_envoyer_demande_le_debut_puis_conclut() -> None:
    assert premiere("quand envoyer la demande au patron")[0] == "debut_inconnu"
    assert premiere("mi-mars", "utter_delai_debut_inconnu")[0] == "depot_a_venir"
    assert premiere("si j'envoie ma demande le 3 décembre je peux commencer quand")[1]["debut"] == "1er février 2027"


@pytest.mark.parametrize(
    ("texte", "precedente", "nom"),
    [
        ("mais la convention je l'ai déjà, il me l'a envoyée vendredi", "", "convention_a_signer"),
        ("vendredi + 10 jours ca fait quel jour", "utter_delai_convention_a_signer", "convention_a_signer"),
        ("le 27 novembre", "utter_delai_convention_inconnue", "convention_a_signer"),
        ("je dois signer avant quand", "utter_faq/convention_tripartite", "convention_inconnue"),
        ("j'ai reçu la convention le 2 novembre, j'ai jusqu'à quand", "", "convention_passee"),
    ],
)
def test_la_convention_se_date(texte: str, precedente: str, nom: str) -> None:
    dite, mots = premiere(texte, precedente)
    assert dite == nom and (nom != "convention_a_signer" or mots["limite"] == "7 décembre 2026")


def test_un_agent_public_ne_tire_pas_d_accord_du_silence() -> None:
    assert (
        premiere("j'ai demandé le 1er novembre et pas de réponse", statut="agent_fph")[1]["limite"]
        == "1er décembre 2026"
    )
    assert premiere("j'ai demandé le 1er novembre et pas de réponse", agent_public=True)[0] == "versant_inconnu"


@pytest.mark.parametrize("texte", ["donc c'est acceptée ?", "donc c'est bon c'est accepté alors ? on est quel jour"])
def test_la_meme_question_recoit_la_meme_conclusion(texte: str) -> None:
    rendue = dire(texte, "utter_delai_reponse_tardive")
    assert rendue is not None and rendue.redire
    assert dire(texte) is None


@pytest.mark.parametrize(
    "texte",
    [
        "combien de temps ça dure un bilan",
        "l'employeur a combien de temps pour répondre ?",
        "j'ai demandé 3 fois à mon chef",
        "j'ai envoyé ma demande le 2 novembre",
        "fais moi une lettre de relance, j'ai demandé le 2 novembre et il répond pas",
        "l'organisme m'a pas répondu depuis 3 jours",
        "j'ai demandé le 20 octobre que l'employeur paie, pas de réponse",
        "quand est-ce que je reçois la synthèse, je dois la demander quand",
        "la caisse a pas répondu depuis le 2 novembre",
        "je commence le 15 janvier",
        "quand demander une vae",
    ],
)
def test_le_reste_garde_sa_reponse(texte: str) -> None:
    assert dire(texte) is None


@pytest.mark.parametrize(
    "bout",
    ["a ", "demande le ", "j'ai demande ", "quand envoyer ", "delai ", "a pas repondu ", "12 jours ", "commence "],
)
def test_un_message_hostile_ne_fait_pas_tourner(bout: str) -> None:
    depart = time.perf_counter()
    delais_dits.lire(bout * (2_000 // len(bout)), JOUR)
    assert time.perf_counter() - depart < 2
