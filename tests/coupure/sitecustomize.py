"""Coupe toute sortie hors de cette machine, dans pytest et dans chaque programme Python qu'il lance.

Une tentative échoue comme sans réseau, et s'ajoute au fichier ``TENTATIVES`` : tests/conftest.py échoue s'il en reste.
"""

import errno
import ipaddress
import os
import socket
import sys

TENTATIVES = os.environ.get("TESTS_SORTIES_TENTEES", "")


def est_ici(hote: object) -> bool:
    """Dit si un hôte est cette machine (ou aucun : une écoute)."""
    if isinstance(hote, bytes | bytearray):
        hote = hote.decode("ascii", "replace")
    if hote in (None, "", "localhost"):
        return True
    try:
        adresse = ipaddress.ip_address(str(hote).split("%")[0])
    except ValueError:
        return False
    return adresse.is_loopback or adresse.is_unspecified


def couper(evenement: str, arguments: tuple[object, ...]) -> None:
    """Refuse une connexion, un envoi ou une résolution de nom vers l'extérieur."""
    if evenement in ("socket.connect", "socket.sendto"):
        prise, adresse = arguments[0], arguments[1]
        if getattr(prise, "family", None) not in (socket.AF_INET, socket.AF_INET6):
            return
        hote = adresse[0] if isinstance(adresse, tuple) else adresse
    elif evenement in ("socket.getaddrinfo", "socket.gethostbyname"):
        hote = arguments[0]
    else:
        return
    if est_ici(hote):
        return
    if TENTATIVES:
        with open(TENTATIVES, "a", encoding="utf-8") as fichier:
            fichier.write(f"{evenement} {hote} {' '.join(sys.argv)[:80]}\n")
    raise OSError(errno.ENETUNREACH, "sortie coupée par les tests")


sys.addaudithook(couper)
