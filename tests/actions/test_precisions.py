"""Les cas que le classement confond : chacun remplace ce qu'il doit, et rien d'autre."""

import pytest

from actions.precisions import MessageDit, preciser

EN_ARRET = {"arret": "maladie"}
PRIVE = {"statut": "salarie_prive"}


@pytest.mark.parametrize(
    ("texte", "reponse", "precedents", "faits", "attendue"),
    [
        ("et en visio ça compte pas ?", "utter_faq/a_distance", [], EN_ARRET, "utter_cas_distance_en_arret"),
        ("et en visio ?", "utter_faq/a_distance", ["arret_maladie"], {}, "utter_cas_distance_en_arret"),
        ("et en visio ?", "utter_faq/a_distance", ["arret_maladie"], {"arret": "aucun"}, None),
        ("et en visio ?", "utter_faq/a_distance", [], {}, None),
        ("j'ai combien de jours pour signer", None, ["convention_tripartite"], {}, "utter_cas_convention_delai"),
        ("quel délai pour répondre", None, ["convention_tripartite"], {}, "utter_cas_convention_delai"),
        ("si je réponds pas", None, ["convention_delai"], {}, "utter_cas_convention_delai"),
        ("mon patron a combien de temps pour répondre", None, ["convention_tripartite"], {}, None),
        ("j'ai combien de temps pour répondre", None, ["temps_travail"], {}, None),
        ("je suis du privé", "utter_faq/public_arret", [], PRIVE, "utter_faq/arret_maladie"),
        ("pas fonctionnaire, je l'ai dit", "utter_faq/agent_public", [], {}, "utter_cas_salarie_prive"),
        ("et pour un fonctionnaire ?", "utter_faq/agent_public", [], {}, None),
        ("si je refuse le reclassement ?", "utter_faq/refuser_bilan", [], {}, "utter_faq/poste_refuse"),
        ("je peux refuser le bilan ?", "utter_faq/refuser_bilan", [], {}, None),
        ("et le doc il dit non ?", None, [], EN_ARRET, "utter_cas_medecin_refuse"),
        ("et si la caisse refuse ?", None, [], EN_ARRET, "utter_cas_caisse_refuse"),
        ("se passer de l'accord du médecin ?", "utter_faq/arret_maladie", [], {}, "utter_cas_medecin_exige"),
        (
            "je dois demander à la sécu ?",
            "utter_faq/arret_maladie",
            ["temps_partiel_therapeutique"],
            {},
            "utter_cas_mi_temps_accord",
        ),
        ("je dois demander à la sécu ?", "utter_faq/arret_maladie", [], {}, None),
        ("pas en arrêt, j'ai droit à un bilan ?", "utter_faq/arret_maladie", [], {}, "utter_cas_pas_en_arret"),
        ("mon arrêt est pas fini, j'ai droit à un bilan ?", "utter_faq/arret_maladie", [], {}, None),
        ("c'est pas un accident", "utter_faq/accident_travail", [], {}, "utter_faq/arret_maladie"),
        ("et le salaire ?", None, ["essai_encadre"], EN_ARRET, "utter_faq/essai_encadre"),
        ("le bilan dure combien ?", None, ["essai_encadre"], EN_ARRET, None),
    ],
)
def test_un_cas_se_reconnait(
    texte: str, reponse: str | None, precedents: list[str], faits: dict[str, str], attendue: str | None
) -> None:
    dits = faits if faits == PRIVE else {}
    trouvee = preciser(reponse, MessageDit([texte], precedents, faits, dits))
    assert (trouvee.reponse if trouvee else None) == attendue
