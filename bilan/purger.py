"""``bilan purger`` : supprime de la base les conversations expirées, même quand aucun assistant ne tourne."""

from __future__ import annotations

import asyncio

from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints

import bilan.calme  # noqa: F401  (avant tout import de Rasa)
from actions import reglages
from bilan.moteur import verifier_classes
from bilan.pannes import Panne


def principal() -> int:
    """Purge une fois.

    Raises:
        Panne: le magasin configuré n'est pas une base.
    """
    points = AvailableEndpoints.read_endpoints(str(reglages.FICHIER_POINTS))
    verifier_classes(points)
    magasin = TrackerStore.create(points.tracker_store)
    if not getattr(magasin, "partage", False):
        raise Panne("rien à purger : ce magasin garde tout en mémoire (BILAN_POINTS)")
    asyncio.run(magasin.oublier_les_inactives())
    print("Conversations expirées supprimées.")
    return 0
