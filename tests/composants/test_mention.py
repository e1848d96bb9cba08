"""La dernière ligne d'une réponse dit ce que vaut sa vérification, et le texte de qui la lit."""

from __future__ import annotations

import pytest

from composants.reponses_datees import ReponsesDatees


@pytest.mark.parametrize(
    ("statut", "texte"), [("agent_fpe", "2007-1470"), ("agent_fpt", "2007-1845"), ("agent_fph", "2008-824")]
)
def test_un_agent_lit_le_decret_de_sa_fonction_publique(statut: str, texte: str) -> None:
    mots = {"demande": "le 2 novembre", "limite": "2 janvier", "delai_public": "2 mois"}
    message = ReponsesDatees().composer("utter_delai_en_cours", {"statut": statut}, **mots)
    assert message is not None and texte in message["text"].rsplit("\n", 1)[-1]


@pytest.mark.parametrize(
    ("nom", "debut"),
    [
        ("utter_faq/plf_2027", "Recoupé le"),  # un projet, et un texte dont la version du jour n'a pas été lue
        ("utter_idee_recue/participation_ancien_montant", "Recoupé le"),
        ("utter_faq/plafond_cpf", "Vérifié le"),
        ("utter_idee_recue/bilans_anciens_exclus", "Probable au"),
    ],
)
def test_verifie_ne_se_dit_que_d_un_texte_lu(nom: str, debut: str) -> None:
    message = ReponsesDatees().composer(nom)
    assert message is not None and message["text"].rsplit("\n", 1)[-1].startswith(debut)
