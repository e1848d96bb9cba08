"""Savoir qu'on ne sait pas : répondre, demander entre des sens proches, ou dire qu'on n'a pas compris."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.contenus import contenus_en_place
from actions.simplification import simplifier
from composants.actes_joints import joindre_un_acte
from composants.classifieur_sujets import CHARABIA, DECHIFFRE
from composants.decisions import (
    GENERAUX,
    a_offrir,
    aussi_sure_que_sa_question,
    avec_la_seconde,
    incompris,
    intention,
    preferer_le_cas,
)
from composants.denis import sans_les_denis
from composants.garde_detresse import DETRESSE_RECONNUE
from composants.modele_danger import INTENTION as DETRESSE
from composants.sans_apprentissage import SansApprentissage
from composants.sens_probables import (
    HORS_SUJET,
    Question,
    Vu,
    dit_seulement_sa_situation,
    nomme_le_bilan,
    posee_a_part,
    proposables,
    regrouper,
    sans_detresse,
    situations,
    sujets_des_propositions,
)

PROPOSITIONS_MAX = 3
_MOTS_COURTS = 3
_MOTS_INCONNUS_ADMIS = (DETRESSE, "autre_langue", "insulter")
_SUITES_MAX = 2
_EVOQUE = 0.005
_RACONTE = 0.5  # part d'une proposition qui raconte, quand une autre demande
_DE_QUOI_ON_PARLE = ("definition", "objectif")
_DEMANDE_DE_VERIFIER = re.compile(r"\bverifi|\beligib")
_HORS_SUJET_GENERAL = "hors_sujet/autre"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Abstention(SansApprentissage, IntentClassifier):
    """Remplace l'intention par ``nlu_fallback`` quand le classement est trop faible ou trop serré.

    L'intention porte alors ``propositions`` : les étiquettes entre lesquelles demander (vide : rien compris).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Seuils sur la probabilité cumulée du sujet."""
        return {
            "seuil_reponse": 0.13,
            "marge": 0.05,
            "seuil_sans_marge": 0.25,
            "seuil_proposition": 0.012,
            "seuil_hors_sujet": 0.06,
            "part_hors_sujet": 0.2,
            "seuil_hors_sujet_court": 0.30,
            "refus_hesitant": 0.20,
            "seuil_question": 0.30,
            "seuil_question_ferme": 0.60,
            "seuil_suite": 0.05,
            "seuil_suite_demandee": 0.02,
            "seuil_idee_recue": 0.03,
            "seuil_parcours": 0.60,
            "seuil_acte_joint": 0.70,
        }

    @staticmethod
    def preparer() -> None:
        """Lit data/sujets.yml."""
        proposables()

    def process(self, messages: list[Message]) -> list[Message]:
        """Décide, pour chaque message, de répondre, de demander ou de se taire."""
        for message in messages:
            if message.get(TEXT) and message.get(INTENT_RANKING_KEY):
                detresse = message.get(DETRESSE_RECONNUE)
                classement, questions, fixe = sans_les_denis(message)
                if fixe and not detresse:
                    message.set(INTENT, fixe, add_to_output=True)
                    continue
                simple = simplifier(message.get(DECHIFFRE) or message.get(TEXT))
                nomme, court = nomme_le_bilan(simple), len(message.get(TEXT).split()) <= _MOTS_COURTS
                decision = self._decider(classement, detresse=detresse, court=court, nomme=nomme)
                if message.get(CHARABIA) and decision["name"] not in _MOTS_INCONNUS_ADMIS:
                    decision = incompris(decision["confidence"])
                if decision["name"] == HORS_SUJET:
                    decision = self._question_du_domaine(decision, questions, nomme) or decision
                if _cede_a_deux_questions(decision):
                    verifier = bool(_DEMANDE_DE_VERIFIER.search(simple))
                    decision = self._autres_questions(decision, classement, questions, verifier)
                decision = joindre_un_acte(decision, questions, classement, self._config["seuil_acte_joint"])
                message.set(INTENT, decision, add_to_output=True)
        return messages

    def _decider(
        self, classement: list[dict[str, Any]], detresse: bool = False, court: bool = False, nomme: bool = False
    ) -> dict[str, Any]:
        if detresse:
            return intention(DETRESSE, 1.0)
        groupes = sans_detresse(regrouper(classement))
        dehors = next((cumul for sujet, _, cumul in groupes if sujet == HORS_SUJET), 0.0)
        tete, _, premier = groupes[0]
        # « mon patron », « les résultats » : trop peu de mots pour les dire hors sujet, mieux vaut demander.
        seuil = self._config["seuil_hors_sujet_court" if court or nomme else "seuil_hors_sujet"]
        soupcon = max(seuil, self._config["part_hors_sujet"] * premier)
        if tete != HORS_SUJET and dehors >= soupcon:
            etiquette = next(etiquette for sujet, etiquette, _ in groupes if sujet == HORS_SUJET)
            return intention(etiquette, dehors)
        sujet, etiquette, cumul = groupes[0]
        etiquette = self._idee_recue(classement, sujet) or etiquette
        ecart = cumul - (groupes[1][2] if len(groupes) > 1 else 0.0)
        # Deux sens voisins et probables : le premier, et l'autre offert, valent mieux qu'une question.
        sur = ecart >= self._config["marge"] or cumul >= self._config["seuil_sans_marge"]
        if cumul >= self._config["seuil_reponse"] and sur and (sujet != HORS_SUJET or cumul >= seuil):
            return intention(etiquette, cumul)
        if groupes[0][0] == HORS_SUJET and cumul >= seuil:
            # Ce qui ne ressemble à rien de connu est d'ordinaire hors sujet : le dire vaut mieux que faire répéter.
            return intention(_HORS_SUJET_GENERAL, cumul)
        propositions = [e for s, e, p in groupes if p >= self._config["seuil_proposition"] and s in proposables()]
        if len(propositions) < 2:
            propositions = []
        return {**incompris(cumul), "propositions": propositions[:PROPOSITIONS_MAX]}

    def _idee_recue(self, classement: list[dict[str, Any]], sujet: str) -> str | None:
        """Idée reçue du même sujet, assez probable : sa correction répond aussi, et redresse d'abord l'erreur."""
        contenus, seuil = contenus_en_place(), self._config["seuil_idee_recue"]
        idees = (e for e in classement if e["name"].startswith("idee_recue/") and e["confidence"] >= seuil)
        return next((e["name"] for e in idees if contenus.sujets_d_etiquette(e["name"])[0] == sujet), None)

    def _question_du_domaine(
        self, decision: dict[str, Any], questions: list[Question], nomme: bool
    ) -> dict[str, Any] | None:
        """« Ma mutuelle a changé ; et le bilan, qui le paie ? » : ce qui est demandé est du domaine, on y répond."""
        hesite = decision["confidence"] < self._config["refus_hesitant"]
        seuil = self._config["seuil_question" if nomme else "seuil_question_ferme"]
        for question in reversed(questions):
            sujet, etiquette, probabilite = regrouper(question.classement)[0]
            if sujet in proposables() and probabilite >= seuil and (nomme or hesite):
                return intention(etiquette, probabilite)
        return None

    def _autres_questions(
        self,
        decision: dict[str, Any],
        classement: list[dict[str, Any]],
        questions: list[Question],
        verifier: bool,
    ) -> dict[str, Any]:
        """Joint ce que le message demande aussi : ``seconde`` étiquette à traiter, ou ``suites`` à offrir."""
        sujets = sujets_des_propositions(classement, questions)
        surs = [vu for vu in sujets if vu.en_tete >= self._config["seuil_question"]]
        decision = preferer_le_cas(decision, surs, verifier)
        premiere = decision.get("etiquette")
        if premiere and "/" not in premiere and decision["confidence"] >= self._config["seuil_parcours"]:
            return self._autour_d_un_parcours(decision, surs, classement)
        decision = aussi_sure_que_sa_question(self._preferer_les_demandes(decision, surs), surs)
        return self._joindre(decision, sujets, surs, questions, verifier) if decision.get("etiquette") else decision

    def _autour_d_un_parcours(
        self, decision: dict[str, Any], surs: list[Vu], classement: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Un parcours clairement demandé s'ouvre ; un autre viendra ensuite, ou une question passe avant."""
        autres = (vu.etiquette for vu in surs if "/" not in vu.etiquette and vu.etiquette != decision["etiquette"])
        ensuite = next(autres, None)
        if ensuite:
            return {**decision, "seconde": ensuite}
        # « Je fais ma demande, quelles étapes ? » ne demande qu'une chose : le tout n'évoque pas l'autre.
        evoques = {sujet for sujet, _, p in regrouper(classement) if p >= _EVOQUE} - {*GENERAUX}
        fermes = (vu for vu in surs if vu.demande >= self._config["seuil_question"] and "/" in vu.etiquette)
        question = next((vu for vu in fermes if vu.sujet in evoques), None)
        return avec_la_seconde(decision, question) if question else decision

    def _preferer_les_demandes(self, decision: dict[str, Any], surs: list[Vu]) -> dict[str, Any]:
        """À elles deux, deux questions peuvent en évoquer une autre, que personne ne pose, ou aucune."""
        demandes = [vu for vu in surs if vu.demande >= self._config["seuil_question_ferme"]]
        if len(demandes) > 1 and decision.get("etiquette") not in [vu.etiquette for vu in surs]:
            return intention(demandes[0].etiquette, demandes[0].en_tete)
        if not decision.get("etiquette") and (demandes or len(surs) > 1):
            premier = (demandes or surs)[0]
            return intention(premier.etiquette, premier.en_tete)
        return decision

    def _joindre(
        self, decision: dict[str, Any], sujets: list[Vu], surs: list[Vu], questions: list[Question], verifier: bool
    ) -> dict[str, Any]:
        """Ajoute à une réponse la seconde question, et ce qu'on offre en bouton."""
        # Une réponse traite parfois plusieurs sujets : aucun n'est à redire.
        contenus = contenus_en_place()
        dite = contenus.metadonnees(contenus.reponse_d_etiquette(decision["etiquette"]) or "")
        traites = {*contenus.sujets_d_etiquette(decision["etiquette"]), *dite.get("couvre", ())}
        autres = [vu for vu in sujets if traites.isdisjoint([vu.sujet, *contenus.sujets_d_etiquette(vu.etiquette)])]
        # « Je voudrais un bilan, combien ça coûte ? » : le souhait n'est pas une seconde question ; il s'offre.
        # Ce qui raconte n'en est une que presque certain ; une plainte, un cas, ce dont on a entendu parler, jamais.
        jamais, seuil = {*situations(), *_DE_QUOI_ON_PARLE}, self._config["seuil_question"]
        dites = [vu for vu in surs if max(vu.demande, vu.en_tete * _RACONTE * (vu.sujet not in jamais)) >= seuil]
        secondes = [vu for vu in autres if vu in dites and (verifier or vu.sujet not in GENERAUX)]
        if dit_seulement_sa_situation(decision["etiquette"], questions):
            secondes = [vu for vu in secondes if posee_a_part(vu, traites, questions, jamais, seuil)]
        if secondes:
            seconde = min(secondes, key=lambda vu: "/" not in vu.etiquette)  # une démarche cède à une question
            decision, autres = avec_la_seconde(decision, seconde), [vu for vu in autres if vu is not seconde]
        couverts = [v for v in surs if v.sujet in dite.get("couvre", ()) and v.demande >= seuil]
        plusieurs = sum(question.demande for question in questions) > 1  # l'une mal comprise s'offre sur un soupçon
        du_tout = self._config["seuil_suite"]
        soupcon = self._config["seuil_suite_demandee"] if plusieurs else du_tout
        suites = [vu.etiquette for vu in a_offrir(autres, couverts, soupcon, du_tout, seuil)]
        return {**decision, "suites": suites[:_SUITES_MAX]} if suites else decision


def _cede_a_deux_questions(decision: dict[str, Any]) -> bool:
    """Une détresse ou un acte de conversation passent avant toute autre question."""
    etiquette = decision.get("etiquette")
    return not etiquette or contenus_en_place().sujets_d_etiquette(etiquette)[0] in proposables()
