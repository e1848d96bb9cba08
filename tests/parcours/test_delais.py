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


def dire(
    texte: str, precedente: str = "", lettre: str | None = None, cas: dict[str, Any] | None = None, **faits: Any
) -> Reponse | None:
    return repondre(texte, Contexte(faits, precedente, lettre, cas or {}), JOUR, droit_en_place(), contenus_en_place())


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


@pytest.mark.parametrize(
    ("texte", "faits", "nom", "limite"),
    [
        (
            "ma soeur est agent d'Etat au ministère, demande de bilan du 29 octobre 2026 sans réponse, c'est accepté ?",
            {},
            "en_cours",
            "29 décembre 2026",
        ),
        (
            "ma soeur est à l'Etat, au ministère : elle a demandé son bilan le 29 octobre 2026, c'est bon ?",
            {"statut": "agent_fpt"},
            "en_cours",
            "29 décembre 2026",
        ),
        (
            "mon mari est à la mairie, il a demandé le 2 novembre, ils ont jusqu'à quand pour répondre",
            {"statut": "salarie_prive"},
            "en_cours",
            "2 décembre 2026",
        ),
        (
            "agent de l'Etat catégorie A, demande de congé bilan déposée le 29 septembre, la réponse arrive quand ?",
            {},
            "en_cours",
            "29 novembre 2026",
        ),
        (
            "je suis du privé, pas fonctionnaire, demande envoyée le 2 novembre, j'attends jusqu'à quand",
            {"statut": "salarie_prive"},
            "en_cours",
            "2 décembre 2026",
        ),
    ],
)
def test_le_versant_dit_prime(texte: str, faits: dict[str, Any], nom: str, limite: str) -> None:
    dite, mots = premiere(texte, **faits)
    assert (dite, mots["limite"]) == (nom, limite)


def test_d_un_proche_rien_n_est_retenu_et_les_textes_sont_les_siens() -> None:
    rendue = dire("ma soeur est au ministère, elle a demandé le 29 octobre, c'est accepté ?", statut="salarie_prive")
    assert rendue is not None and rendue.retenus == {}
    assert rendue.messages[0].mots["profil"] == {"statut": "agent_fpe"}
    suite = dire("et si silence ?", "utter_delai_en_cours", cas=dict(rendue.cas), statut="salarie_prive")
    assert suite is not None and "29\u00a0décembre" in suite.messages[0].mots["dates"]
    moi = dire("et moi, j'ai demandé le 2 novembre, c'est accepté ?", "utter_delai_silence", cas=dict(rendue.cas))
    assert moi is not None and moi.messages[0].mots["limite"].startswith("2\u00a0décembre")


@pytest.mark.parametrize(
    ("texte", "precedente", "faits", "nom"),
    [
        (
            "fonctionnaire territorial, le silence de la mairie vaut acceptation donc je pars le 4 janvier, ok ?",
            "",
            {},
            "silence",
        ),
        ("s'il me répond toujours pas ?", "utter_delai_en_cours", {"date_demande": "2026-11-20"}, "silence"),
        ("et s'il répond pas", "utter_delai_en_cours", {"date_demande": "2026-11-20"}, "silence"),
        ("il m'a dit à l'oral hier que non", "utter_delai_accepte", {"date_demande": "2026-10-05"}, "reponse_tardive"),
        ("j'ai pas de preuve je lui ai donné en main propre", "utter_delai_accepte", {}, "preuve"),
        ("12 octobre 2026, mais il a refusé le 15 novembre", "utter_ask_date_demande", {}, "reponse_tardive"),
        ("la semaine derniere", "utter_faq/employeur_refus", {}, "demande_inconnue"),
        ("hier", "utter_faq/employeur_refus", {"date_demande": "2026-11-02"}, "reponse_a_temps"),
        (
            "je dois prévenir mon chef même si c'est le samedi avec mon CPF, combien de temps avant ?",
            "",
            {},
            "hors_heures",
        ),
        ("je veux demander le 3 janvier 2027 pour commencer le 3 mars 2027, ça passe ?", "", {}, "deux_dates_court"),
        ("je peux demander le 2 janvier pour commencer le 3 mars 2027 ?", "", {}, "deux_dates_tenu"),
        (
            "je demande le 15 décembre, pas que je commence le 15 décembre",
            "utter_delai_depot_passe",
            {},
            "debut_possible",
        ),
        (
            "mon employeur veut me payer un bilan il ma donné un papier a signer y a 8 jours",
            "",
            {},
            "convention_a_signer",
        ),
        ("et si jrepond rien ?", "utter_faq/employeur_propose", {}, "convention_silence"),
        ("et si je reponds pas", "utter_delai_convention_a_signer", {}, "convention_silence"),
        ("un bilan prevu le 15 decembre, je veux annuler", "", {}, "annulation_inconnue"),
        ("c'est remboursé ?", "utter_faq/annulation", {}, "annulation_remboursee"),
    ],
)
def test_ce_qui_suit_se_conclut(texte: str, precedente: str, faits: dict[str, Any], nom: str) -> None:
    assert premiere(texte, precedente, **faits)[0] == nom


@pytest.mark.parametrize(
    ("texte", "nom", "mots"),
    [
        (
            "fonctionnaire à la mairie, refus notifié le 22 octobre 2026, jusqu'à quand le tribunal ?",
            "recours_ouvert",
            {"limite": "22 décembre 2026"},
        ),
        (
            "refus reçu le 2 novembre, je suis à l'hôpital public, délai pour le recours ?",
            "recours_ouvert",
            {"limite": "2 janvier 2027"},
        ),
        ("si je demande le 15 décembre je commence quand", "debut_possible", {"debut": "13 février 2027"}),
        (
            "csp, on m'a remis le dossier le 7 décembre, comptez les jours",
            "csp_a_temps",
            {"limite": "28 décembre 2026", "intro": ""},
        ),
        (
            "le CSP j'ai 8 jours, papier le 20 novembre 2026 ?",
            "csp_a_temps",
            {"limite": "11 décembre 2026", "intro": "Non. "},
        ),
        (
            "j'ai commandé hier, début le 10 décembre 2026 : les 11 jours ouvrés sont respectés ?",
            "commande_trop_tot",
            {"ecart": "9 jours ouvrés", "promise": "14 décembre 2026"},
        ),
        (
            "j'ai commandé hier, début le 14 décembre 2026 : les 11 jours ouvrés sont respectés ?",
            "commande_tenue",
            {"ecart": "11 jours ouvrés"},
        ),
        (
            "taux de 12% d'ipp le 3 novembre 2026, jusqu'à quand demander les 7500",
            "atmp_ouvert",
            {"limite": "3 novembre 2028"},
        ),
        ("taux de 15% notifié en janvier 2024, j'ai droit aux 7500 ?", "atmp_passe", {"limite": "1er janvier 2026"}),
        ("taux d'ipp de 9,5 %, j'ai droit aux 7500 ?", "atmp_taux_bas", {}),
        ("en arrêt depuis 30 jours exactement, visite de préreprise possible ?", "seuil_prereprise_non", {}),
        ("en arrêt depuis 31 jours, visite de préreprise possible ?", "seuil_prereprise_oui", {}),
        ("249 salariés, référent handicap obligatoire ?", "seuil_referent_non", {}),
        ("250 salariés, référent handicap obligatoire ?", "seuil_referent_oui", {}),
        ("demande CPF faite le 1er avril 2026, 103,20 ou 150 ?", "seuil_participation", {"montant": "103,20 €"}),
        (
            "bilan du 4 janvier au 4 juillet 2027 sur mes heures, combien de jours avant ?",
            "depot_passe",
            {"plan": "120 jours calendaires"},
        ),
        (
            "bilan du 4 janvier au 3 juillet 2027 sur mes heures, combien de jours avant ?",
            "depot_passe",
            {"plan": "60 jours calendaires"},
        ),
    ],
)
def test_un_seuil_ou_un_delai_a_part_conclut_d_abord(texte: str, nom: str, mots: dict[str, str]) -> None:
    dite, dits = premiere(texte)
    assert dite == nom and {mot: dits[mot] for mot in mots} == mots


def test_signer_un_autre_jour_se_compare_au_dernier() -> None:
    recue = dire("l'employeur m'a remis la convention le 18 novembre 2026, dernier jour pour signer ?")
    assert recue is not None
    for jour, nom in (("29 novembre", "tard"), ("28 novembre", "a_temps")):
        suite = dire(f"et si je signe le {jour} ?", "utter_delai_convention_a_signer", cas=dict(recue.cas))
        assert suite is not None and suite.messages[0].reponse == f"utter_delai_convention_signee_{nom}"


def test_la_date_d_un_refus_attend_celle_de_la_demande() -> None:
    refus = dire("le 20 novembre", "utter_faq/employeur_refus")
    assert refus is not None and refus.cas == {"reponse": "2026-11-20"}
    suite = dire("le 5 octobre", "utter_delai_demande_inconnue", cas=dict(refus.cas))
    assert suite is not None and suite.sur and suite.messages[0].reponse == "utter_delai_reponse_tardive"
    assert suite.cas == {"reponse": "2026-11-20", "tardive": True}


def test_une_date_approchee_dit_sa_marge() -> None:
    assert "marge" in premiere("mon employeur n'a pas répondu depuis 6 semaines, c'est accepté ?")[1]["reserve"]
    assert premiere("j'ai demandé le 5 octobre, pas de réponse, c'est accepté ?")[1]["reserve"] == ""


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
        "ma mairie m'a refusé le bilan une premiere fois en juin, je redemande. ils peuvent refuser encore ?",
        "un papier à signer pour mon licenciement, y a 8 jours",
        "je veux annuler ma demande d'absence du 15 décembre",
        "la semaine derniere",
        "et si je dis rien",
    ],
)
def test_le_reste_garde_sa_reponse(texte: str) -> None:
    assert dire(texte) is None


@pytest.mark.parametrize(
    "bout",
    [
        "a ",
        "a dit a ",
        "je demande le ",
        "du 4 janvier ",
        "pas ",
        "demande le ",
        "j'ai demande ",
        "quand envoyer ",
        "delai ",
        "a pas repondu ",
        "12 jours ",
        "commence ",
    ],
)
def test_un_message_hostile_ne_fait_pas_tourner(bout: str) -> None:
    depart = time.perf_counter()
    delais_dits.lire(bout * (2_000 // len(bout)), JOUR)
    assert time.perf_counter() - depart < 2
