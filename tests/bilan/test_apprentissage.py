"""Les greffes de l'entraînement lisent les mêmes exemples que Rasa, une seule fois."""

from pathlib import Path

import pytest
from rasa.shared.importers.rasa import RasaFileImporter

from bilan.rapide import apprentissage


def test_les_exemples_sont_ceux_de_rasa_lus_une_seule_fois(tmp_path: Path) -> None:
    nlu = tmp_path / "nlu.yml"
    nlu.write_text("version: '3.1'\nnlu:\n- intent: faq\n  examples: |\n    - c'est quoi\n    - ça dure\n", "utf-8")
    attendus = apprentissage._lire_les_exemples(RasaFileImporter(training_data_paths=[str(nlu)]), "fr")
    importeur = RasaFileImporter(training_data_paths=[str(nlu)])
    lus = apprentissage.lire_les_exemples(importeur, "en")
    nlu.unlink()
    assert apprentissage.lire_les_exemples(importeur, "fr") is lus
    assert [e.data for e in lus.training_examples] == [e.data for e in attendus.training_examples]


def test_sans_cache_ne_calcule_pas_d_empreinte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasa.shared.utils.io.deep_container_fingerprint", lambda objet: pytest.fail("empreinte"))
    sans_cache = apprentissage.SansCache(cache=None, model_storage=None, pruned_schema=None)
    assert sans_cache.on_before_node("noeud", None, {}, {}) == {}
    assert sans_cache.on_after_node("noeud", None, {}, object(), {}) is None
