"""Les mots du widget : tous servis, aucun inconnu du script, aucun chiffre légal tapé, ton calme."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from actions import reglages
from actions.contenus import contenus_en_place
from actions.reglages import RACINE
from canaux.textes_widget import lignes_qui_peut_lire, textes
from composants.reponses_datees import ReponsesDatees

SOURCE = (RACINE / "widget/assistant.js").read_text(encoding="utf-8")


def phrases(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
    else:
        for v in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from phrases(v)


def test_le_script_et_les_mots_se_correspondent() -> None:
    employes = set(re.findall(r"\bT\.(\w+)", SOURCE))
    assert employes == set(textes()["libelles"])


def test_chaque_raison_de_refus_a_sa_phrase() -> None:
    code = "".join(f.read_text(encoding="utf-8") for f in sorted((RACINE / "canaux").glob("*.py")))
    raisons = set(re.findall(r'Refus\(\d+, "(\w+)"', code)) | set(re.findall(r'_panne\("(\w+)"\)', code))
    du_script = set(re.findall(r'echec\("(\w+)"', SOURCE)) | {"delai", "reseau"}
    assert raisons and raisons | du_script <= set(textes()["erreurs"])


@pytest.mark.parametrize("phrase", list(phrases(dict(textes()))))
def test_le_ton_est_celui_de_la_maison(phrase: str) -> None:
    assert not re.search(r"\d", re.sub(r"\{\w+\}", "", phrase)) and "!" not in phrase
    assert not re.search(r"n'hésitez|bien sûr|désolé|malheureusement", phrase, re.I)
    assert len(phrase.split()) <= 45


def test_six_raisons_separent_le_faux_de_la_regle() -> None:
    assert len(textes()["avis"]) == 6 and {"faux", "regle"} < set(textes()["avis"])


@pytest.mark.parametrize("magasin", ["memoire", "autre"])
@pytest.mark.parametrize("identite", ["temoin", "jeton"])
@pytest.mark.parametrize("chiffre", [True, False])
def test_qui_peut_lire_suit_la_configuration(
    magasin: str, identite: str, chiffre: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reglages, "INACTIVITE_MINUTES", 17)
    dit = " ".join(lignes_qui_peut_lire(magasin, identite, chiffre))
    assert ("n'est pas gardé" in dit) == (magasin == "memoire") and ("base de données" in dit) == (magasin == "autre")
    assert ("17\u00a0minutes" in dit) == (magasin == "memoire")
    assert ("tiré au hasard" in dit) == (identite == "temoin") and ("pas chiffrée" in dit) != chiffre
    assert "{" not in dit and "administrateur" in dit
    assert len(lignes_qui_peut_lire(magasin, identite, chiffre, court=True)) == 2


def test_la_notice_du_widget_offre_toujours_une_personne() -> None:
    """Le bouton fixe « Parler à quelqu'un » n'est admis que si la notice l'a offert."""
    message = ReponsesDatees().composer("utter_bienvenue", canal="widget")
    assert message and "/parler_a_un_humain" in [b["payload"] for b in message["buttons"]]
    assert "automatique" in message["text"] and len(contenus_en_place().reponses["utter_bienvenue"]) == 2
