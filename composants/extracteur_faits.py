"""Pose comme entités les faits que la personne dit d'elle : on ne les lui redemandera pas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.comprehension import est_une_question, extraire
from actions.comprehension.nombres import CHAMPS as MONTANTS
from actions.comprehension.nus import aucun_payeur, date_nue, fin_d_arret_nue, montant_nu, raconte_un_arret
from actions.comprehension.vocabulaire import vocabulaire_en_place
from actions.parcours.choix import choix_dit
from actions.reglages import aujourd_hui
from composants.calcul_demande import CALCUL, QUESTIONS_D_ARGENT, demande_un_calcul
from composants.classifieur_sujets import CHARABIA, DECHIFFRE, QUESTIONS
from composants.lettre_demandee import demande_une_lettre
from composants.portrait import agent_nomme, faits_nus, portrait
from composants.sans_apprentissage import SansApprentissage
from composants.sens_probables import question_jointe

ET_SI, FAIT_SEUL, CORRIGER = "et_si", "dire_un_fait", "corriger"
_DROITS = "verifier_eligibilite"
_DEMANDES = (_DROITS, "simuler_cout", "demander_cpf", "rediger_lettre", "planifier")
# « Fonctionnaire » est un sujet ; le classement, s'il l'a reconnu, répond.
_SUJETS = ("faq", "idee_recue", *_DEMANDES)
_LETTRE = "rediger_lettre"
_ARRET, _ACCIDENT, _MI_TEMPS = "faq/arret_maladie", "faq/accident_travail", "faq/temps_partiel_therapeutique"
_CDD, _CONTRACTUEL = "faq/cdd_interim", "faq/public_contractuel"
_CHOMAGE = ("faq/demandeur_emploi", "idee_recue/chomage_exclu")
_CHOMAGE_PASSE = re.compile(r"\b(?:j'? ?[ée]tais|avant|plus|fini)\b.{0,20}\bch[oô]m", re.I)
_EN_CONTRAT = ("cdi", "cdd", "interim")
_REFUS_SUR, _FAITS_D_UN_RECIT, _MOTS_D_UN_FAIT = 0.5, 2, 8
_SALARIE = {"statut": "salarie_prive"}  # « salarié du privé » : aucun sujet ne parle que de lui
# Une date seule les fait croire demandés.
_CEDENT_A_UNE_FIN = ("planifier", "corriger", "hors_sujet", DEFAULT_NLU_FALLBACK_INTENT_NAME)
_SITUATION = ("statut", "contrat", "agent_public")
_HUMAIN = "parler_a_un_humain"
_JAMAIS_UNE_HYPOTHESE = ("exprimer_detresse", "signaler_harcelement", "effacer_donnees", _HUMAIN)
# Un bouton porte déjà ses entités.
_BOUTON = "/"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ExtracteurFaits(SansApprentissage, EntityExtractorMixin):
    """Lit les faits explicites d'un message ; une hypothèse (« et si… ») devient l'entité ``et_si``."""

    @staticmethod
    def preparer() -> None:
        """Lit data/vocabulaire."""
        vocabulaire_en_place()

    def process(self, messages: list[Message]) -> list[Message]:
        """Ajoute les entités aux messages ; celles qui y sont déjà restent."""
        for message in messages:
            texte = message.get(TEXT)
            if message.get(CHARABIA):  # il se déchiffre toujours en quelque chose : on n'y lit rien
                message.set(DECHIFFRE, None, add_to_output=True)
            if texte and not texte.startswith(_BOUTON):
                with vocabulaire_en_place().normaliseur.une_seule_fois():
                    posees = message.get(ENTITIES, []) + self._entites(texte, message.get(DECHIFFRE))
                    message.set(ENTITIES, posees, add_to_output=True)
                    self._reconnaitre_une_demande_d_humain(message)
                    self._reconnaitre_une_lettre(message)
                    self._preferer_le_calcul(message)
                    self._suivre_la_situation_dite(message)
                    self._reconnaitre_hypothese(message)
                    self._preferer_le_questionnaire(message)
                    self._reconnaitre_un_fait_seul(message)
        return messages

    def _reconnaitre_une_demande_d_humain(self, message: Message) -> None:
        """« Non, un vrai humain par téléphone » : à toute question, cela mène à une personne."""
        demande = (message.get(INTENT) or {}).get("name") not in _JAMAIS_UNE_HYPOTHESE
        if demande and choix_dit(message.get(TEXT), "humain"):
            humain = {"name": _HUMAIN, "confidence": 1.0, "etiquette": _HUMAIN}
            message.set(INTENT, humain | question_jointe(message.get(QUESTIONS), _HUMAIN), add_to_output=True)

    def _reconnaitre_une_lettre(self, message: Message) -> None:
        """« Finalement, si je refuse, faites-moi la lettre de refus » : nommer une lettre la demande."""
        intention, texte = message.get(INTENT) or {}, message.get(TEXT)
        # « Vérifiez mes droits et faites la lettre » : la lettre est déjà entendue, en second.
        en_second = intention.get("seconde") == _LETTRE and not choix_dit(texte, "lettre_nommee")
        if intention.get("name") not in _JAMAIS_UNE_HYPOTHESE and not en_second and demande_une_lettre(texte):
            lettre = {"name": _LETTRE, "confidence": intention.get("confidence", 0.0), "etiquette": _LETTRE}
            lettre |= question_jointe(message.get(QUESTIONS), _LETTRE)
            message.set(INTENT, {**lettre, "lettre_demandee": True}, add_to_output=True)

    def _preferer_le_calcul(self, message: Message) -> None:
        """« J'ai 700 sur mon CPF, le bilan coûte 1500, je paie combien ? » demande un calcul."""
        intention, champs = message.get(INTENT) or {}, [entite["entity"] for entite in message.get(ENTITIES, [])]
        if demande_un_calcul(message.get(TEXT), intention, champs):
            restes = {cle: valeur for cle, valeur in intention.items() if cle != "seconde" or valeur != CALCUL}
            message.set(INTENT, {**restes, "name": CALCUL, "etiquette": CALCUL}, add_to_output=True)

    def _suivre_la_situation_dite(self, message: Message) -> None:
        """« Je suis plus en arrêt », « j'étais au chômage, là je suis en CDD » : la règle d'hier ne répond plus."""
        intention = message.get(INTENT) or {}
        dits = {entite["entity"]: entite["value"] for entite in message.get(ENTITIES, [])}
        sujets = [s for s in (intention.get("etiquette"), intention.get("seconde")) if s]
        demande = est_une_question(message.get(TEXT))
        plus_en_arret = dits.get("arret") == "aucun" and not demande
        accorde = dits.get("accord_caisse") is True and not demande and not {*sujets} & {*_DEMANDES}
        accident = dits.get("arret") == "at_mp" and (_perdu(intention) or intention.get("name") == "hors_sujet")
        mi_temps = plus_en_arret and choix_dit(message.get(TEXT), "mi_temps_therapeutique")
        if (accident or mi_temps) and _peu_sur(intention):
            _repondre_sur(message, [_ACCIDENT if accident else _MI_TEMPS])
        elif not demande and _peu_sur(intention) and raconte_un_arret(message.get(TEXT), dits, _perdu(intention)):
            _repondre_sur(message, [_ARRET])
        elif (plus_en_arret or accorde) and (_ARRET in sujets[:1] or _peu_sur(intention)):
            message.set(INTENT, {**intention, "name": FAIT_SEUL, "etiquette": FAIT_SEUL}, add_to_output=True)
        elif _CDD in sujets and (dits.get("agent_public") or str(dits.get("statut")).startswith("agent_")):
            _repondre_sur(message, [_CONTRACTUEL, *(s for s in sujets if s not in (_CDD, _CONTRACTUEL))])
        elif (
            dits.get("contrat") in _EN_CONTRAT and {*sujets} & {*_CHOMAGE} and _CHOMAGE_PASSE.search(message.get(TEXT))
        ):
            _repondre_sur(message, [_CDD, *(s for s in sujets if s not in (_CDD, *_CHOMAGE))])

    def _reconnaitre_hypothese(self, message: Message) -> None:
        """« Et si j'étais en CDD ? » compare ; l'étiquette du classement reste, pour qui n'a rien à comparer.

        Qui demande un calcul donne ses nombres : « si le bilan coûte… » n'est pas une hypothèse.
        """
        intention, entites = message.get(INTENT) or {}, message.get(ENTITIES, [])
        suppose = next((entite for entite in entites if entite["entity"] == ET_SI), None)
        deux_prix = suppose is not None and {"prix"} <= {*suppose["value"]} & {e["entity"] for e in entites}
        if suppose is None or deux_prix or intention.get("name") in _JAMAIS_UNE_HYPOTHESE:
            return  # de deux devis comparés, aucun n'est une hypothèse
        calcul = intention.get("etiquette") in QUESTIONS_D_ARGENT and {"prix", "solde_cpf"} & set(suppose["value"])
        if calcul and est_une_question(message.get(TEXT)):
            # « Combien il me reste à payer si ça coûte 1900 ? » demande le calcul.
            intention = {**intention, "name": CALCUL, "etiquette": CALCUL}
            message.set(INTENT, intention, add_to_output=True)
        if intention.get("name") in _DEMANDES:
            faits = [{**suppose, "entity": champ, "value": valeur} for champ, valeur in suppose["value"].items()]
            message.set(ENTITIES, [e for e in entites if e is not suppose] + faits, add_to_output=True)
        else:
            message.set(INTENT, {**intention, "name": ET_SI}, add_to_output=True)

    def _preferer_le_questionnaire(self, message: Message) -> None:
        """« Je suis en CDD, j'y ai droit ? » : des faits et une demande de droits ouvrent le questionnaire.

        Raconter sa situation sans question reconnue aussi : mieux vaut la vérifier que faire répéter.
        """
        intention, faits = message.get(INTENT) or {}, message.get(ENTITIES, [])
        # Un contrat dit aussi le statut : il en faut un de plus pour faire un récit.
        dits = len({fait["entity"] for fait in faits} - {"statut", "moment", "fin_arret"})
        demandes = intention.get("seconde") == _DROITS or _perdu(intention)
        offerts = _DROITS in intention.get("suites", ()) and dits > _FAITS_D_UN_RECIT
        if (demandes and dits >= _FAITS_D_UN_RECIT) or offerts:
            droits = {"name": _DROITS, "confidence": intention["confidence"], "etiquette": _DROITS}
            message.set(INTENT, droits, add_to_output=True)

    def _reconnaitre_un_fait_seul(self, message: Message) -> None:
        """« En CDI », « 1er mars 2027 » : rien d'autre n'est dit, et le classement n'y voit pas de sujet."""
        intention, texte = message.get(INTENT) or {}, message.get(TEXT)
        if intention.get("name") in (*_JAMAIS_UNE_HYPOTHESE, ET_SI):
            return
        date_dite = date_nue(texte, aujourd_hui())
        solde = montant_nu(texte, message.get(DECHIFFRE))
        possede = solde is not None and solde[1]  # « j'ai 3000 » ne peut être qu'un solde
        dits = {"date_dite": date_dite} if date_dite else faits_nus(texte, message.get(DECHIFFRE))
        dits = {"solde_cpf": solde[0]} if solde and possede else dits
        if not dits and intention.get("name") in _CEDENT_A_UNE_FIN:
            dits = fin_d_arret_nue(texte, {e["entity"]: e["value"] for e in message.get(ENTITIES, [])})
        if not dits and _perdu(intention) and len(texte.split()) <= _MOTS_D_UN_FAIT and not est_une_question(texte):
            # « Je travaille dans le privé » : rien d'autre n'est compris, ce fait l'est.
            dits = {e["entity"]: e["value"] for e in message.get(ENTITIES, []) if e["entity"] in _SITUATION}
        # Aucun sujet ne parle du seul CDI.
        certain = date_dite or possede or "fin_arret" in dits or dits.get("contrat") == "cdi"
        if aucun_payeur(texte):
            # L'action relit le message comme une réponse à la question du payeur.
            corrige = {"name": CORRIGER, "confidence": intention.get("confidence", 0.0), "etiquette": CORRIGER}
            message.set(INTENT, corrige, add_to_output=True)
        elif dits and (certain or dits == _SALARIE or intention.get("name") not in _SUJETS):
            nom = CORRIGER if _corrige(texte) else FAIT_SEUL
            message.set(ENTITIES, _en_entites(dits, texte), add_to_output=True)
            decision = {"name": nom, "confidence": intention.get("confidence", 0.0), "etiquette": nom}
            message.set(INTENT, decision, add_to_output=True)

    def _entites(self, texte: str, dechiffre: str | None) -> list[dict[str, Any]]:
        """Une entité par fait, sur tout le message : un fait se dit parfois en plusieurs endroits."""
        faits = extraire(texte, aujourd_hui(), dechiffre=dechiffre)
        dits = {} if faits.hypothese else {**portrait(texte), **agent_nomme(texte, dechiffre), **faits.valeurs}
        supposes = faits.valeurs if faits.hypothese else faits.suppositions
        nommes = [*dits.items(), *([(ET_SI, dict(supposes))] if supposes else [])]
        approches = {champ: code for champ, code in faits.approximations.items() if champ in MONTANTS and champ in dits}
        entites = _en_entites(dict(nommes), texte)
        return [{**e, "approximation": approches[e["entity"]]} if e["entity"] in approches else e for e in entites]


def _repondre_sur(message: Message, etiquettes: list[str]) -> None:
    """Répond à la première étiquette, et à la seconde s'il y en a une."""
    restes = {cle: valeur for cle, valeur in message.get(INTENT).items() if cle != "seconde"}
    suite = {"seconde": etiquettes[1]} if len(etiquettes) > 1 else {}
    message.set(INTENT, {**restes, "name": "faq", "etiquette": etiquettes[0], **suite}, add_to_output=True)


def _perdu(intention: Mapping[str, Any]) -> bool:
    return intention.get("name") == DEFAULT_NLU_FALLBACK_INTENT_NAME or _refus_hesitant(intention)


def _peu_sur(intention: Mapping[str, Any]) -> bool:
    libre = intention.get("name") not in (*_JAMAIS_UNE_HYPOTHESE, *_DEMANDES, "pause", "reprendre")
    return libre and float(intention.get("confidence") or 0) < _REFUS_SUR


def _refus_hesitant(intention: Mapping[str, Any]) -> bool:
    """Hors sujet sans conviction : qui raconte sa situation ne se refuse pas pour si peu."""
    return intention.get("name") == "hors_sujet" and float(intention.get("confidence") or 0) < _REFUS_SUR


def _corrige(texte: str) -> bool:
    """« En fait, jamais fait » corrige : le résultat se refait. Un « non » seul en tête ne suffit pas à le dire."""
    voc = vocabulaire_en_place()
    trouve = voc.motifs["correction"].match(voc.normaliseur.lire(texte))
    return trouve is not None and trouve[0] != "non"


def _en_entites(faits: Mapping[str, Any], texte: str) -> list[dict[str, Any]]:
    return [
        {"entity": nom, "value": valeur, "start": 0, "end": len(texte), "extractor": ExtracteurFaits.__name__}
        for nom, valeur in faits.items()
    ]
