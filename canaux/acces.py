"""Ce qu'une requête de navigateur doit prouver avant d'être lue : origine, forme, taille, débit."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from sanic.request import Request

from actions import reglages

_BOUCLE_LOCALE = {"127.0.0.1", "localhost", "::1"}
_ADRESSES_MAX = 10_000


class Refus(Exception):
    """Requête refusée.

    Attributes:
        code: code HTTP.
        raison: identifiant court, clé de ``erreurs`` dans data/widget.yml.
        attente: secondes avant un nouvel essai (429).
    """

    def __init__(self, code: int, raison: str, attente: int = 0) -> None:
        super().__init__(raison)
        self.code, self.raison, self.attente = code, raison, attente


def verifier_origine(requete: Request, origines: Sequence[str], autre_site_admis: bool) -> str | None:
    """Refuse ce qui vient d'un autre site et rend l'origine de la page.

    Args:
        requete: requête reçue.
        origines: liste exacte ; vide : les pages de cette machine, servies par ce port.
        autre_site_admis: vrai quand l'identité est un jeton (aucun témoin à voler).

    Raises:
        Refus: 403, ``origine`` (page étrangère ou inconnue) ou ``https`` (page en clair hors de cette machine).
    """
    origine = requete.headers.get("origin")
    venue = requete.headers.get("sec-fetch-site")
    if venue not in (None, "same-origin") and not (autre_site_admis and origine):
        raise Refus(403, "origine")
    if origine is None:
        if requete.method != "GET":
            raise Refus(403, "origine")
        return None
    try:
        lue = urlsplit(origine)
    except ValueError as erreur:
        raise Refus(403, "origine") from erreur
    if origine not in origines and (origines or not _est_cette_machine(lue.hostname, origine, requete)):
        raise Refus(403, "origine")
    if lue.scheme != "https" and lue.hostname not in _BOUCLE_LOCALE:
        raise Refus(403, "https")
    return origine


def _est_cette_machine(hote: str | None, origine: str, requete: Request) -> bool:
    return hote in _BOUCLE_LOCALE and origine == f"http://{requete.headers.get('host', '')}"


def lire_corps(requete: Request) -> dict[str, Any]:
    """Lit un corps JSON.

    Raises:
        Refus: 415 (pas du JSON), 413 (trop gros) ou 400 (illisible, ou pas un objet).
    """
    if requete.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refus(415, "type")
    if len(requete.body) > reglages.CORPS_TAILLE_MAX:
        raise Refus(413, "taille")
    try:
        donnees = json.loads(requete.body)
    except (ValueError, RecursionError) as erreur:
        raise Refus(400, "forme") from erreur
    if not isinstance(donnees, dict):
        raise Refus(400, "forme")
    return donnees


def adresse(requete: Request) -> str:
    """Adresse du visiteur, vue à travers les seuls mandataires de confiance. Sert au débit, n'est jamais écrite."""
    if reglages.WIDGET_MANDATAIRES:
        suite = [a.strip() for a in requete.headers.get("x-forwarded-for", "").split(",") if a.strip()]
        if len(suite) >= reglages.WIDGET_MANDATAIRES:
            return suite[-reglages.WIDGET_MANDATAIRES]
    return str(requete.ip)


class Debit:
    """Seau à jetons : ``par_minute`` demandes en rafale, puis le même nombre par minute."""

    def __init__(self, par_minute: int, horloge: Callable[[], float] = time.monotonic) -> None:
        self._par_minute, self._horloge = par_minute, horloge
        self._reste, self._instant = float(par_minute), horloge()

    def prendre(self) -> None:
        """Compte une demande.

        Raises:
            Refus: 429, avec les secondes à attendre.
        """
        maintenant = self._horloge()
        gagne = (maintenant - self._instant) * self._par_minute / 60
        self._reste, self._instant = min(self._par_minute, self._reste + gagne), maintenant
        if self._reste < 1:
            raise Refus(429, "debit", attente=max(1, round((1 - self._reste) * 60 / self._par_minute)))
        self._reste -= 1


class DebitParAdresse:
    """Un seau par adresse, les plus anciens oubliés."""

    def __init__(self, par_minute: int) -> None:
        self._par_minute = par_minute
        self._seaux: OrderedDict[str, Debit] = OrderedDict()

    def prendre(self, adresse_vue: str) -> None:
        """Compte une demande de cette adresse (:class:`Refus` 429 au-delà)."""
        seau = self._seaux.setdefault(adresse_vue, Debit(self._par_minute))
        self._seaux.move_to_end(adresse_vue)
        while len(self._seaux) > _ADRESSES_MAX:
            self._seaux.popitem(last=False)
        seau.prendre()
