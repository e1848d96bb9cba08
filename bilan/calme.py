"""Rasa sans bruit ni appel sortant : ni télémétrie, ni Sentry, ni avertissement, ni texte dans les journaux.

À importer avant tout module de Rasa.
"""

import gc
import logging
import os
import warnings
from typing import Any

from threadpoolctl import threadpool_limits

from bilan import sans_tensorflow

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("MPLCONFIGDIR", "/tmp")

_CATEGORIES = (DeprecationWarning, PendingDeprecationWarning, FutureWarning, ResourceWarning)


_montrer = warnings.showwarning


def _taire(message: Warning | str, category: type[Warning], *suite: Any, **options: Any) -> None:
    if not issubclass(category, _CATEGORIES):
        _montrer(message, category, *suite, **options)


def filtrer_avertissements() -> None:
    """Écarte les avertissements des dépendances ; à rappeler après Rasa et Sanic, qui posent les leurs."""
    for categorie in _CATEGORIES:
        warnings.filterwarnings("ignore", category=categorie)
    # Sanic remet les siens à l'import : ce qui passe malgré tout le filtre n'est pas affiché.
    warnings.showwarning = _taire
    warnings.filterwarnings("ignore", module=r"(rasa|sanic|tensorflow|jax|sqlalchemy|spacy|skops)(\..*)?")


def configurer_journaux(niveau: int = logging.WARNING) -> None:
    """Règle les journaux de Rasa : son DEBUG, qui contient les messages, n'est jamais actif.

    Rasa écrit le texte des messages dans certains avertissements : ses journaux sont bornés aux erreurs.
    """
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    # Le filtre des répétitions de Rasa tairait un refus identique au précédent : il compte pour l'administrateur.
    configure_logging_and_warnings(niveau, None, warn_only_once=False, filter_repeated_logs=False)
    configure_structlog(logging.ERROR)
    logging.getLogger("rasa").setLevel(logging.ERROR)
    # Les canaux n'écrivent que des codes et des noms de pannes : leurs refus guident l'administrateur.
    logging.getLogger("canaux").setLevel(niveau)
    filtrer_avertissements()


def figer_la_memoire() -> None:
    """Sort modèle, droit et textes du ramasse-miettes : les reparcourir suspendait le service, de temps en temps."""
    gc.collect()
    gc.freeze()


def calculer_sur_un_fil() -> None:
    """Borne numpy et scipy à un fil : sur les petites matrices d'un message, plusieurs s'attendent l'un l'autre."""
    threadpool_limits(limits=1, user_api="blas")


filtrer_avertissements()
sans_tensorflow.installer()
