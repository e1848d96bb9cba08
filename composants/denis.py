"""Ce que la personne refuse qu'on lui serve : « je ne demande pas la définition », « je suis pas en burn out ».

Le mot nié ressemble au sujet : sa proposition est ôtée, et le sujet qu'elle nomme n'est servi ni seul ni en second.
"""

from __future__ import annotations

import re

from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.comprehension import extraire
from actions.contenus import contenus_en_place
from actions.reglages import aujourd_hui
from actions.simplification import simplifier
from composants.classifieur_sujets import QUESTIONS
from composants.decisions import GENERAUX, Decision, acte
from composants.double_question import propositions
from composants.sens_probables import HORS_SUJET, Classement, Question, regrouper, situations
from composants.sur_l_assistant import question_sur_l_assistant

_DEBUT = r"^(?:(?:mais|non|nan|si|euh|bah|ben|ah|stop|dsl|desolee?|et|ok|moi|attends?|attendez) )*"
_JE = r"j(?:e |')?(?:ne |n'|n )?(?:vous |te |t'|t |vs )?"
_SERVI = r"(?:calcul|definition|explication|lettre|simulation)"
# « Je parle pas de mon âge », « c'est pas ma question », « pas un calcul » : la parole même est reprise.
_PAROLE = re.compile(
    _DEBUT
    + rf"(?:{_JE}(?:demand|parl|caus)\w* (?:pas|plus)\b"
    + rf"|{_JE}(?:veu[xt]?|cherche) (?:pas|plus) (?:savoir\b|(?:une? |de |d'|la |le |l')?{_SERVI})"
    + rf"|(?:c'?|ce )?(?:n'?)?est pas (?:(?:ma|la) question|ce que j|une? {_SERVI})\b)"
)
# En tête du message seulement : ailleurs, « pas le temps » raconte.
_OBJET = re.compile(_DEBUT + r"pas (?:\w+er|(?:un|une|le|la|les|mon|ma) [\w'-]+(?: [\w'-]+){0,2}|l'[\w-]+)$")
# « Je suis pas en burn out », « il est pas malade » : un état est nié.
_ETAT = re.compile(
    _DEBUT + rf"(?:(?:{_JE}|il |elle )(?:suis|sui|es|est|etais|fais)|jsuis|jsui|chuis|chui) (?:pas|plus)\b"
)
# « Laisse tomber le CPF, c'est combien ? » : ce qu'on laisse ne s'arrête pas, ce qui suit se demande.
_LAISSE_TOMBER = re.compile(
    _DEBUT + r"(?:laisse[sz]?|oublie[sz]?)(?: tomber)?(?: (?:le|la|les|mon|ma|mes|ca|ce|cette)(?: \w+){0,4}| l'\w+)?$"
)
_ARRETER = "arreter"
_SUR, _SOUPCON = 0.2, 0.05
_RESTE_MIN = 0.1
LAISSE = "sujet_laisse"


def sans_les_denis(message: Message) -> tuple[Classement, list[Question], Decision | None]:
    """Rend le classement et les propositions sans ce qui est nié, et la décision si les mots suffisent à la prendre."""
    texte, classement, questions = message.get(TEXT), message.get(INTENT_RANKING_KEY), message.get(QUESTIONS) or []
    fixe = question_sur_l_assistant(texte)
    parties = propositions(texte) if questions and not fixe else []
    if len(parties) != len(questions) or not parties:
        return classement, questions, fixe or _ne_fait_que_nier(texte, classement)
    nies = [_nie(partie.texte, lue) for partie, lue in zip(parties, questions, strict=True)]
    if nies[0] is None and _OBJET.search(simplifier(parties[0].texte)):
        nies[0] = _cle(questions[0].classement[0]["name"])
    restes = [lue for lue, nie in zip(questions, nies, strict=True) if nie is None]
    if len(restes) == len(questions) or not restes:
        return classement, questions, None
    # Nié puis demandé (« pas en CDD, en intérim ») : le sujet reste.
    ecartes = {*nies} - {_cle(regrouper(lue.classement)[0][1]) for lue in restes}
    demandes = [lue for lue in restes if lue.demande] or restes
    # Une seule question reste : elle se lit mieux seule que mêlée au mot nié, sauf « je peux ou pas », qui ne dit rien.
    seule = len(demandes) == 1 and regrouper(demandes[0].classement)[0][0] not in GENERAUX
    source = demandes[0].classement if seule or len(restes) == 1 else classement
    return _sans(source, ecartes), [lue._replace(classement=_sans(lue.classement, ecartes)) for lue in restes], None


def _nie(texte: str, lue: Question) -> str | None:
    """Ce que nie une proposition, s'il se reconnaît."""
    simple = simplifier(texte)
    groupes = regrouper(lue.classement)
    if texte.endswith("?"):
        return None
    if _LAISSE_TOMBER.search(simple) and not simple.startswith("oublie pas"):
        return _ARRETER
    if _PAROLE.search(simple):
        return _cle(groupes[0][1]) if groupes[0][2] >= _SUR else None
    etats = (etiquette for sujet, etiquette, p in groupes if sujet in situations() and p >= _SOUPCON)
    return next(map(_cle, etats), None) if _ETAT.search(simple) else None


def _ne_fait_que_nier(texte: str, classement: Classement) -> Decision | None:
    """« Je parle pas de mon âge » et rien d'autre : le sujet est laissé ; un fait dit (« pas en arrêt ») est noté."""
    nie = None if "?" in texte else _nie(texte, Question(classement, False))
    _, tete, probabilite = regrouper(classement)[0]
    laisse = nie not in (None, _ARRETER) and nie == _cle(tete) and not extraire(texte, aujourd_hui()).valeurs
    return acte(HORS_SUJET, LAISSE, probabilite) if laisse else None


def _cle(etiquette: str) -> str:
    """Le sujet d'une étiquette ; un hors-sujet n'en écarte pas un autre."""
    sujet = contenus_en_place().sujets_d_etiquette(etiquette)[0]
    return etiquette if sujet == HORS_SUJET else sujet


def _sans(classement: Classement, ecartes: set[str | None]) -> Classement:
    restes = [entree for entree in classement if _cle(entree["name"]) not in ecartes]
    total = max(1 - sum(e["confidence"] for e in classement if e not in restes), _RESTE_MIN)
    return [{**entree, "confidence": entree["confidence"] / total} for entree in restes] or classement
