"""Clés dérivées de BILAN_SECRET : une par usage, les mêmes dans tous les processus qui le partagent."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from actions import reglages

LONGUEUR = 32


def derivee(usage: str) -> bytes | None:
    """Rend la clé d'un usage, ou ``None`` sans BILAN_SECRET : l'appelant tire alors la sienne au hasard."""
    if reglages.SECRET is None:
        return None
    return HKDF(SHA256(), LONGUEUR, salt=None, info=f"assistant-bilan:{usage}".encode()).derive(reglages.SECRET)
