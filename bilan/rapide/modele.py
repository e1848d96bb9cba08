"""Modèle : ouverture de l'archive, graphe, règles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

_regles_possibles = RulePolicy._get_possible_keys
_chercher_une_regle = RulePolicy._find_action_from_rules
_charger_domaine = DomainProvider.load.__func__


def regles_possibles(politique: RulePolicy, regles: dict[str, str], etats: list[dict[str, Any]]) -> set[str]:
    """Remplace ``RulePolicy._get_possible_keys`` : ne compare que les règles de même action et même intention."""
    if not etats:
        return _regles_possibles(politique, regles, etats)
    connus = politique.__dict__.setdefault("_classements_de_regles", {})
    if id(regles) not in connus:
        connus[id(regles)] = (regles, _classer(politique, regles))
    _, classement = connus[id(regles)]
    action, intention = _repere(etats[-1])
    proches = {
        regle: regles[regle]
        for repere in {(action, intention), (action, None), (None, intention), (None, None)}
        for regle in classement.get(repere, ())
    }
    return _regles_possibles(politique, proches, etats)


def _classer(politique: RulePolicy, regles: dict[str, str]) -> dict[tuple[str | None, str | None], list[str]]:
    classement = defaultdict(list)
    for regle in regles:
        classement[_repere(politique._rule_key_to_state(regle)[-1])].append(regle)
    return dict(classement)


def _repere(etat: dict[str, Any]) -> tuple[str | None, str | None]:
    """(action précédente, intention) d'un état ; ``None`` : n'importe laquelle."""
    valeurs = ((etat.get(PREVIOUS_ACTION) or {}).get("action_name"), (etat.get(USER) or {}).get("intent"))
    action, intention = (None if not v or v == SHOULD_NOT_BE_SET else str(v) for v in valeurs)
    return action, intention


def etats_utiles(
    politique: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    use_text_for_last_user_input: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """Remplace ``RulePolicy._prediction_states`` : les seuls derniers états, autant qu'en lit la plus longue règle."""
    evenements = tracker.applied_events()
    suivants = sum(isinstance(evenement, ActionExecuted) for evenement in evenements)
    portee, passe, etats = _regles(politique).portee, tracker.init_copy(), []
    for evenement in evenements:
        if isinstance(evenement, ActionExecuted):
            if suivants < portee:
                etats.append(domain.get_active_state(passe))
            suivants -= 1
        passe.update(evenement)
    etats.append(domain.get_active_state(passe))
    politique.featurizer._choose_last_user_input([etats], use_text_for_last_user_input)
    return etats


def chercher_une_regle(
    politique: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> tuple[str | None, str | None, bool]:
    """Remplace ``RulePolicy._find_action_from_rules`` : sans règle écrite en toutes lettres, n'en cherche pas."""
    if use_text_for_last_user_input and not _regles(politique).lisent_le_texte:
        return None, None, False
    return _chercher_une_regle(politique, tracker, domain, use_text_for_last_user_input)


@dataclass(frozen=True)
class _Regles:
    """Ce que l'on sait des règles d'une politique, une fois pour toutes."""

    portee: int  # états que lit la plus longue
    lisent_le_texte: bool  # l'une peut suivre un message sans en nommer l'intention


def _regles(politique: RulePolicy) -> _Regles:
    retenues: _Regles | None = politique.__dict__.get("_regles_connues")
    if retenues is None:
        tables = (politique.lookup[nom] for nom in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH))
        suites = [politique._rule_key_to_state(regle) for table in tables for regle in table]
        reperes = [_repere(suite[-1]) for suite in suites]
        retenues = _Regles(
            portee=max(map(len, suites), default=1),
            lisent_le_texte=any(
                intention is None and action in (None, ACTION_LISTEN_NAME) for action, intention in reperes
            ),
        )
        politique.__dict__["_regles_connues"] = retenues
    return retenues


class GrapheDirect(DaskGraphRunner):
    """Exécute le graphe du modèle dans un ordre calculé une fois, sans l'ordonnanceur de dask."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Remplace ``DaskGraphRunner.run``.

        Args:
            inputs: valeur de chaque nœud d'entrée.
            targets: nœuds dont on veut la sortie, ou ``None`` pour ceux du graphe.
        """
        cibles = tuple(targets or self._graph_schema.target_names)
        sorties = {nom: (nom, valeur) for nom, valeur in (inputs or {}).items()}
        for nom, besoins in self._ordre(cibles):
            if nom not in sorties:
                sorties[nom] = self._instantiated_nodes[nom](*(sorties.get(besoin, besoin) for besoin in besoins))
        return dict(sorties[cible] for cible in cibles)

    def _ordre(self, cibles: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        ordres = self.__dict__.setdefault("_ordres", {})
        if cibles not in ordres:
            noeuds = self._graph_schema.minimal_graph_schema(list(cibles)).nodes
            besoins = {nom: list(noeud.needs.values()) for nom, noeud in noeuds.items()}
            tri = TopologicalSorter(besoins).static_order()
            ordres[cibles] = [(nom, besoins[nom]) for nom in tri if nom in besoins]
        return ordres[cibles]


class StockageRelu(LocalModelStorage):
    """Stockage du modèle qui garde le domaine de sa fiche (JSON), déjà lu : le relire en YAML prend 6 s."""

    domaine: Domain

    @classmethod
    def from_model_archive(cls, storage_path: Path, model_archive_path: str | Path) -> tuple[StockageRelu, Any]:
        """Ouvre l'archive comme Rasa."""
        stockage, fiche = super().from_model_archive(storage_path, model_archive_path)
        stockage.domaine = fiche.domain
        return stockage, fiche


def charger_domaine(
    classe: type[DomainProvider],
    /,
    config: Any,
    model_storage: Any,
    resource: Any,
    execution_context: Any,
    **options: Any,
) -> DomainProvider:
    """Remplace ``DomainProvider.load`` : le même domaine, sans le relire."""
    if isinstance(model_storage, StockageRelu):
        return classe(model_storage, resource, model_storage.domaine)
    return _charger_domaine(classe, config, model_storage, resource, execution_context, **options)
