"""Chaque greffe de bilan/rapide.py rend ce que rendrait Rasa."""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data import training_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig
from threadpoolctl import threadpool_info

from bilan import rapide
from bilan.actions_locales import ActionsLocales
from bilan.moteur import Tour, faire_un_tour
from bilan.rapide import apprentissage as greffes_d_apprentissage
from bilan.rapide import conversation as greffes_du_fil
from bilan.rapide import journaux as greffes_des_journaux
from bilan.rapide import modele as greffes_du_modele
from tests.bilan.fils import DOMAINE, FILS, etat, fil, ouverture, tour
from tests.conversations.test_conversations import CONVERSATIONS

ORIGINES = {(getattr(objet, "__name__", ""), nom): origine for objet, nom, origine in rapide.ORIGINES}


@pytest.fixture
def sans_greffes() -> Iterator[None]:
    """Rasa tel quel, le temps d'un test."""
    for objet, nom, origine in rapide.ORIGINES:
        setattr(objet, nom, origine)
    yield
    rapide.installer()


def test_installer_pose_chaque_greffe() -> None:
    rapide.installer()
    for objet, nom, remplacement in rapide.GREFFES:
        assert inspect.getattr_static(objet, nom) == remplacement
    assert all(
        remplacement is not origine
        for (_, _, remplacement), (_, _, origine) in zip(rapide.GREFFES, rapide.ORIGINES, strict=True)
    )


def test_le_type_d_un_evenement_est_celui_que_trouve_rasa() -> None:
    origine = ORIGINES["Event", "resolve_by_type"].__func__
    types = greffes_du_fil.TypesConnus()
    for nom in {classe.type_name for classe in all_subclasses(Event)} - {None}:
        assert types.chercher(nom) is types.chercher(nom) is origine(nom)
    assert types.chercher("topic") is None
    assert types.chercher("inconnu", Event) is Event
    with pytest.raises(ValueError, match="Unknown event"):
        types.chercher("inconnu")


@settings(max_examples=300, deadline=None)
@given(FILS)
def test_la_copie_d_une_conversation_est_celle_de_rasa(evenements: list[Event]) -> None:
    original = fil("a", *evenements)
    assert etat(greffes_du_fil.copier_fil(original)) == etat(ORIGINES["DialogueStateTracker", "copy"](original))


def test_la_copie_d_un_slot_est_celle_de_python() -> None:
    for slot in DOMAINE.slots:
        slot.value = "x"
        copie = greffes_du_fil.copier_slot(slot)
        assert type(copie) is type(slot) and copie is not slot and vars(copie) == vars(slot)


def test_les_exemples_reunis_sans_les_recopier_sont_ceux_de_rasa(monkeypatch: pytest.MonkeyPatch) -> None:
    def reunis() -> list[dict[str, Any]]:
        lots = [TrainingData([Message.build(t, i) for t, i in lot]) for lot in ([("a", "x"), ("a", "x")], [("a", "y")])]
        avant = [list(lot.training_examples) for lot in lots]
        fusion = TrainingData().merge(*lots, lots[0])
        assert [lot.training_examples for lot in lots] == avant
        return [exemple.as_dict() for exemple in fusion.training_examples]

    attendus = reunis()
    monkeypatch.setattr(training_data, "copy", greffes_d_apprentissage.COPIE_DE_SURFACE)
    monkeypatch.setattr(Message, "__hash__", greffes_d_apprentissage.hacher)
    assert reunis() == attendus and len(attendus) == 2


def test_une_copie_ne_change_pas_l_original() -> None:
    original = fil("a", *ouverture(), *tour())
    avant = etat(original)
    copie = greffes_du_fil.copier_fil(original)
    copie.update_with_events(tour("autre", "affirmer"), DOMAINE)
    copie.slots["metier"].value = "soudeur"
    copie.change_loop_to("formulaire")
    assert etat(original) == avant


def test_une_conversation_sans_domaine_se_copie_aussi() -> None:
    original = DialogueStateTracker.from_events("a", tour(), None)
    assert type(greffes_du_fil.copier_fil(original).slots) is type(original.slots)


VERIFICATEUR = greffes_du_fil.Verificateur()
_VALEURS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.just([]), st.just({}))
_TYPES = st.sampled_from([*sorted(VERIFICATEUR._par_type), "inconnu", 3, None])
_CHAMPS = st.sampled_from(["name", "value", "text", "policy", "confidence", "entities", "parse_data", "timestamp"])
_EVENEMENTS = st.one_of(
    _VALEURS,
    st.builds(lambda nom, champs: {**champs, "event": nom}, _TYPES, st.dictionaries(_CHAMPS, _VALEURS, max_size=4)),
)
_LISTES = st.lists(_EVENEMENTS, max_size=3)
_REPONSES_D_ACTION = st.one_of(
    _VALEURS,
    st.dictionaries(st.sampled_from(["events", "responses", "autre"]), st.one_of(_VALEURS, _LISTES), max_size=3),
    st.builds(lambda e, r: {"events": e, "responses": r}, _LISTES, st.lists(_VALEURS, max_size=2)),
)


def accepte(verifier: Any, reponse: Any) -> bool:
    try:
        return bool(verifier(reponse))
    except jsonschema.ValidationError:
        return False


@settings(max_examples=150, deadline=None)
@given(_REPONSES_D_ACTION)
def test_les_memes_reponses_d_action_sont_acceptees(reponse: Any) -> None:
    action = RemoteAction("action_repondre", None)
    origine = ORIGINES["RemoteAction", "_validate_action_result"]
    assert accepte(VERIFICATEUR.verifier, reponse) == accepte(lambda r: origine(action, r), reponse)


@settings(max_examples=100, deadline=None)
@given(FILS)
def test_une_action_locale_lit_ce_qu_elle_lirait_par_http(evenements: list[Event]) -> None:
    conversation = fil("a", *evenements)
    action = RemoteAction("action_repondre", ActionsLocales())
    recu = greffes_du_fil.decrire_appel(action, conversation, DOMAINE)
    attendu = ORIGINES["RemoteAction", "_action_call_format"](action, conversation, DOMAINE)
    recu["tracker"]["events"] = [evenement.as_dict() for evenement in recu["tracker"]["events"]]
    for appel in (recu, attendu):
        appel["tracker"]["latest_message"] = {**appel["tracker"]["latest_message"], "metadata": None}
    assert recu == attendu


async def test_une_action_lit_le_domaine_du_modele_sans_pouvoir_le_changer() -> None:
    vus: list[Any] = []

    async def espion(appel: dict[str, Any]) -> dict[str, Any]:
        vus.append(appel["domain"])
        return {"events": [], "responses": []}

    point = ActionsLocales()
    point._executeur.run = espion  # type: ignore[method-assign]
    domaine = {"slots": {"metier": {}}}
    await point.request(json={"next_action": "a", "tracker": {}, "domain": domaine})
    assert vus[0] == domaine
    with pytest.raises(TypeError):
        vus[0]["slots"] = {}


def test_une_action_par_http_garde_l_appel_de_rasa() -> None:
    action, conversation = RemoteAction("action_repondre", EndpointConfig("http://127.0.0.1:1/")), fil("a", *tour())
    appel = greffes_du_fil.decrire_appel(action, conversation, DOMAINE)
    assert appel == ORIGINES["RemoteAction", "_action_call_format"](action, conversation, DOMAINE)
    assert all(isinstance(evenement, dict) for evenement in appel["tracker"]["events"])


@pytest.mark.parametrize(
    "module", greffes_des_journaux.MODULES_AUX_COPIES_POUR_JOURNAL, ids=lambda module: module.__name__
)
def test_toute_copie_profonde_de_ces_modules_est_un_argument_de_journal(module: Any) -> None:
    """Sinon, ne plus copier changerait le comportement : à revoir si Rasa change."""
    arbre = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))

    def copies(noeud: ast.AST) -> set[ast.AST]:
        return {
            n
            for n in ast.walk(noeud)
            if isinstance(n, ast.Call) and ast.unparse(n.func) in ("copy.deepcopy", "deepcopy", "copy.copy")
        }

    journaux = [
        n for n in ast.walk(arbre) if isinstance(n, ast.Call) and ast.unparse(n.func).startswith("structlogger.")
    ]
    assert copies(arbre) and copies(arbre) == set().union(*(copies(journal) for journal in journaux))
    assert module.copy is greffes_des_journaux.COPIE_SANS_COPIER and module.copy.copy is copy.copy


async def test_le_graphe_direct_rend_ce_que_rend_dask(agent: Agent) -> None:
    processeur = agent.processor
    assert processeur is not None and isinstance(processeur.graph_runner, greffes_du_modele.GrapheDirect)
    for texte in ("combien de temps ça dure ?", "bonjour", "/saluer", "c'est payé ? et mon patron le sait ?", ""):
        entrees = {"__message__": [UserMessage(texte)], "__tracker__": fil("a", *ouverture())}
        cibles = [processeur.model_metadata.nlu_target]
        direct = processeur.graph_runner.run(entrees, cibles)
        dask = DaskGraphRunner.run(processeur.graph_runner, entrees, cibles)
        assert [m.as_dict(True) for m in direct[cibles[0]]] == [m.as_dict(True) for m in dask[cibles[0]]]


async def test_le_domaine_relu_est_celui_du_modele(agent: Agent, modele: Path, tmp_path: Path) -> None:
    assert agent.processor is not None
    processeur = agent.processor
    stockage, fiche = LocalModelStorage.from_model_archive(tmp_path, modele)
    noeud = next(noeud for noeud in fiche.predict_schema.nodes.values() if noeud.uses is DomainProvider)
    ecrit = greffes_du_modele._charger_domaine(DomainProvider, {}, stockage, noeud.resource, None).provide_inference()
    fournisseurs = [n._component for n in processeur.graph_runner._instantiated_nodes.values()]
    relu = next(f for f in fournisseurs if isinstance(f, DomainProvider)).provide_inference()
    assert relu is processeur.domain
    assert relu.as_dict() == ecrit.as_dict() and relu.fingerprint() == ecrit.fingerprint()


def _regles(agent: Agent) -> RulePolicy:
    assert agent.processor is not None
    noeuds = agent.processor.graph_runner._instantiated_nodes.values()
    return next(noeud._component for noeud in noeuds if isinstance(noeud._component, RulePolicy))


def _portee(politique: RulePolicy) -> int:
    """États de la plus longue règle apprise."""
    tables = (politique.lookup[nom] for nom in ("rules", "rules_for_loop_unhappy_path"))
    return max(len(politique._rule_key_to_state(regle)) for table in tables for regle in table)


async def test_une_regle_qui_suit_un_texte_est_cherchee(agent: Agent) -> None:
    """Une règle sans intention suivrait n'importe quel texte : Rasa la cherche, la greffe aussi."""
    politique = copy.copy(_regles(agent))
    politique.__dict__.pop("_regles_connues", None)
    regle = politique._create_feature_key([{"prev_action": {"action_name": "action_listen"}}])
    politique.lookup = {**politique.lookup, "rules": {regle: "utter_menu"}}
    conversation = fil("a", *ouverture(), *tour())
    while conversation.latest_action_name != "action_listen":
        conversation.events.pop()
        conversation = fil("a", *conversation.events)
    trouvee = greffes_du_modele.chercher_une_regle(politique, conversation, DOMAINE, True)
    assert trouvee[0] == "utter_menu"


async def test_les_regles_retenues_sont_celles_de_rasa(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sur de vraies conversations : à chaque prédiction, les deux recherches donnent les mêmes règles."""
    compares = 0

    def chercher(politique: RulePolicy, fil: DialogueStateTracker, domaine: Domain, **options: bool) -> Any:
        trouvee = greffes_du_modele.chercher_une_regle(politique, fil, domaine, **options)
        attendue = greffes_du_modele._chercher_une_regle(politique, fil, domaine, **options)
        # Sans action trouvée, la source ne sert qu'à l'entraînement.
        assert trouvee[::2] == attendue[::2] and (trouvee[0] is None or trouvee == attendue)
        return trouvee

    def etats(politique: RulePolicy, *arguments: Any, **options: Any) -> list[dict[str, Any]]:
        utiles = greffes_du_modele.etats_utiles(politique, *arguments, **options)
        tous = ORIGINES["RulePolicy", "_prediction_states"](politique, *arguments, **options)
        assert utiles == tous[-len(utiles) :] and (utiles == tous or len(utiles) == _portee(politique))
        return utiles

    def comparer(politique: RulePolicy, regles: dict[str, str], etats: list[dict[str, Any]]) -> set[str]:
        nonlocal compares
        trouvees = greffes_du_modele.regles_possibles(politique, regles, etats)
        assert trouvees == greffes_du_modele._regles_possibles(politique, regles, etats)
        compares += bool(trouvees)
        return trouvees

    monkeypatch.setattr(RulePolicy, "_get_possible_keys", comparer)
    monkeypatch.setattr(RulePolicy, "_prediction_states", etats)
    monkeypatch.setattr(RulePolicy, "_find_action_from_rules", chercher)
    for identifiant, conversation in CONVERSATIONS[::12]:
        for echange in conversation["echanges"]:
            await faire_un_tour(agent, f"regles-{identifiant}", echange.get("dit") or "merci")
    assert compares > 30
    assert greffes_du_modele.regles_possibles(_regles(agent), _regles(agent).lookup["rules"], []) == set(
        _regles(agent).lookup["rules"]
    )


@pytest.mark.usefixtures("sans_greffes")
async def test_sans_les_greffes_les_conversations_sont_les_memes(agent: Agent) -> None:
    for identifiant, conversation in CONVERSATIONS[::16]:
        dits = [echange.get("dit") or "plus simple" for echange in conversation["echanges"]]
        tels_quels = [await faire_un_tour(agent, f"sans-{identifiant}", dit) for dit in dits]
        for objet, nom, remplacement in rapide.GREFFES:
            setattr(objet, nom, remplacement)
        greffes = [await faire_un_tour(agent, f"avec-{identifiant}", dit) for dit in dits]
        for objet, nom, origine in rapide.ORIGINES:
            setattr(objet, nom, origine)
        assert list(map(_sans_liens, greffes)) == list(map(_sans_liens, tels_quels))


def _sans_liens(joue: Tour) -> list[Any]:
    """Un tour sans l'adresse de ses documents : chaque lien privé est scellé au hasard."""
    reponses = [
        {**reponse, "documents": [{**document, "lien": ""} for document in reponse["documents"]]}
        for reponse in joue.reponses
    ]
    return [reponses, joue.sujets, joue.clarification, joue.propositions, joue.intention, joue.confiance]


async def test_un_message_se_calcule_sur_un_seul_fil(agent: Agent) -> None:
    assert agent.is_ready()
    fils = {ensemble["num_threads"] for ensemble in threadpool_info() if ensemble["user_api"] == "blas"}
    assert fils == {1}
