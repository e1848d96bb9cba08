"""Ce que l'on compte, pour Prometheus : durées, issues, sujets par dizaines. Ni texte, ni personne."""

from __future__ import annotations

import time
from collections import Counter as Comptes
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from actions import reglages
from actions.contenus import contenus_en_place
from actions.droit import droit_en_place

CANAUX = ("rest", "widget", "teams", "slack", "dialogue")
ISSUES = ("reponse", "repli", "refus", "panne")
# Un compte n'avance que par dizaines : aucun changement ne désigne quelqu'un (eng.stats).
DIZAINE = 10
_CONVERSATIONS_MAX = 20_000
_Cle = TypeVar("_Cle")

registre = CollectorRegistry()
ProcessCollector(registry=registre)
tours = Counter("bilan_tours", "Messages traités, par canal et issue", ("canal", "issue"), registry=registre)
durees = Histogram(
    "bilan_tour_secondes",
    "Durée d'un tour, par canal",
    ("canal",),
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 25),
    registry=registre,
)
requetes = Counter(
    "bilan_requetes", "Requêtes HTTP, par route, méthode et code", ("route", "methode", "code"), registry=registre
)
ouvertes = Gauge("bilan_conversations_ouvertes", "Conversations du widget en mémoire", registry=registre)
retard = Gauge("bilan_boucle_retard_secondes", "Retard de la boucle du serveur", registry=registre)
pret = Gauge("bilan_pret", "1 si le serveur peut répondre (GET /pret)", registry=registre)
relectures = Counter("bilan_relectures", "Relectures de data/ et du modèle", ("quoi", "issue"), registry=registre)
relu_a = Gauge("bilan_relu_a_secondes", "Instant de la dernière relecture réussie", ("quoi",), registry=registre)


def par_dizaines(comptes: Mapping[_Cle, int]) -> dict[_Cle, int]:
    """Arrondit chaque compte à la dizaine inférieure ; ceux qui n'en ont pas une ne se publient pas."""
    return {quoi: nombre // DIZAINE * DIZAINE for quoi, nombre in comptes.items() if nombre >= DIZAINE}


class SujetsComptes(Collector):
    """Combien de conversations ont abordé chaque sujet, par dizaines entières."""

    def __init__(self, horloge: Callable[[], float] = time.monotonic) -> None:
        self._horloge = horloge
        self._vus: OrderedDict[str, tuple[float, set[str]]] = OrderedDict()
        self._nombres: Comptes[str] = Comptes()

    def noter(self, conversation: str, sujets: Iterable[str]) -> None:
        """Compte chaque sujet une fois par conversation."""
        self.oublier_les_inactives()
        _, deja = self._vus.pop(conversation, (0.0, set[str]()))
        self._nombres.update(set(sujets) - deja)
        self._vus[conversation] = (self._horloge(), deja | set(sujets))
        while len(self._vus) > _CONVERSATIONS_MAX:
            self._vus.popitem(last=False)

    def oublier(self, conversation: str) -> None:
        """Oublie qui a abordé quoi ; les comptes restent."""
        self._vus.pop(conversation, None)

    def oublier_les_inactives(self) -> None:
        """Oublie les conversations inactives depuis trop longtemps."""
        limite = self._horloge() - reglages.INACTIVITE_MINUTES * 60
        while self._vus and next(iter(self._vus.values()))[0] < limite:
            self._vus.popitem(last=False)

    def publiables(self) -> dict[str, int]:
        """Comptes d'au moins une dizaine, arrondis à la dizaine inférieure."""
        return dict(sorted(par_dizaines(self._nombres).items()))

    def collect(self) -> Iterator[Metric]:
        """Rend la mesure à Prometheus."""
        self.oublier_les_inactives()
        famille = CounterMetricFamily("bilan_sujets", "Conversations par sujet, par dizaines", labels=["sujet"])
        for sujet, nombre in self.publiables().items():
            famille.add_metric([sujet], nombre)
        yield famille


class DroitEnPlace(Collector):
    """Âge du droit que citent les réponses."""

    def collect(self) -> Iterator[Metric]:
        """Rend la mesure à Prometheus."""
        jour = reglages.aujourd_hui()
        ages = [(jour - fait.verifie_le).days for fait in droit_en_place().faits.values()]
        yield GaugeMetricFamily("bilan_droit_age_jours", "Jours depuis la plus ancienne vérification", max(ages))
        yield GaugeMetricFamily("bilan_droit_faits", "Faits juridiques en place", len(ages))


sujets = SujetsComptes()
registre.register(sujets)
registre.register(DroitEnPlace())


def noter_un_tour(canal: str, conversation: str, messages: Sequence[dict[str, Any]], duree: float) -> None:
    """Compte un tour d'après les noms de ses réponses ; ni le message reçu ni les textes ne sont lus."""
    noms = [str(message.get("utter_action") or "") for message in messages]
    vu = canal if canal in CANAUX else "autre"
    tours.labels(vu, _issue(noms, messages)).inc()
    durees.labels(vu).observe(duree)
    if "utter_effacer_donnees" in noms:
        sujets.oublier(conversation)
    else:
        sujets.noter(conversation, (sujet for nom in noms for sujet in contenus_en_place().sujets(nom)))


def noter_une_panne(canal: str) -> None:
    """Compte un tour qui a échoué."""
    tours.labels(canal if canal in CANAUX else "autre", "panne").inc()


def _issue(noms: Sequence[str], messages: Sequence[dict[str, Any]]) -> str:
    if "utter_indisponible" in noms:
        return "panne"
    if any(message.get("hors_conversation") for message in messages):
        return "refus"
    return "repli" if any(nom.startswith("utter_repli") for nom in noms) else "reponse"
