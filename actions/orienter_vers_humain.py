"""Propose une personne à qui parler, dans l'entreprise ou en dehors ; d'autres si on les demande."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.entreprise import entreprise_en_place
from actions.etat import demarche_ensuite, faits_de
from actions.fil import derniere_reponse, entite, nom_de_reponse, reponses_dites
from actions.humains import COTES, Humain, cas_connus, humains, nomme
from actions.offrir import dire_la_seconde, veut_taire
from actions.parcours.choix import choix_dit
from actions.parcours.faits import situation_de
from actions.reglages import aujourd_hui

_AU_TELEPHONE = re.compile(r"\bt[ée]l(?:[ée]phon\w*)?\b|\bappel(?:er|le)\b|\bnum[ée]ros?\b|\bphone\b|\bcall\b", re.I)
_PREMIERE, _AUTRES, _UNE = "utter_humains", "autres", "une"
_AUTRES_MAX = 3


class ActionOrienterVersHumain(Action):
    """Un premier nom, puis d'autres, puis tout un côté si on le demande : une longue liste ne se lit pas."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_orienter_vers_humain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit qui fait quoi, si l'employeur le saura, et où les joindre."""
        gabarits, precision = contenus_en_place().metadonnees(_PREMIERE), entite(tracker, "precision")
        texte = str(tracker.latest_message.get("text") or "")
        cote = next((c for c in COTES if c == precision), None)
        autres = precision == _AUTRES or demande_les_autres(texte, derniere_reponse(tracker))
        if cote:
            qui, reponse = _de(tracker, cote=cote), f"{_PREMIERE}_{cote}"
        elif autres:
            qui, reponse = _autres(tracker), f"{_PREMIERE}_{_AUTRES}"
        else:
            qui, reponse = _premiere(tracker, texte), _PREMIERE
        intro = gabarits[cote or (_AUTRES if autres else "premiers")]
        lignes = "\n".join(_ligne(humain, gabarits, "ligne" if cote or autres else _UNE) for humain in qui)
        dispatcher.utter_message(response=reponse, intro=intro, lignes=lignes)
        dire_la_seconde(dispatcher, tracker)
        return demarche_ensuite(tracker)


def demande_les_autres(texte: str, precedente: str | None) -> bool:
    """« Qui d'autre ? », juste après une personne à joindre."""
    return (precedente or "").startswith(_PREMIERE) and choix_dit(texte, "humain_suivant") is not None


def _premiere(tracker: Tracker, texte: str) -> list[Humain]:
    """Celle que l'on nomme ; sinon la première selon la situation, à un numéro si l'on veut appeler."""
    nommee = None if texte.startswith("/") else nomme(texte)
    demandee = [humain for humain in _de(tracker, tous=True) if humain.id == nommee]
    return demandee or _de(tracker, premiers=True, au_telephone=bool(_AU_TELEPHONE.search(texte)))[:1]


def _autres(tracker: Tracker) -> list[Humain]:
    """Les suivantes ; pas les personnes de l'entreprise pour qui veut le lui taire."""
    dite = next((str(e.get("text") or "") for e in reponses_dites(tracker) if nom_de_reponse(e) == _PREMIERE), "")
    suivantes = [h for h in _de(tracker, premiers=True, au_telephone=True) if h.nom not in dite]
    dehors = [h for h in suivantes if h.cote != "interne"]
    dedans = [] if veut_taire(tracker) else [h for h in suivantes if h.cote == "interne"][:1]
    return [*dehors[: _AUTRES_MAX - len(dedans)], *dedans]


def _de(tracker: Tracker, tous: bool = False, **choix: Any) -> list[Humain]:
    jour, faits = aujourd_hui(), faits_de(tracker)
    dites = set(filter(None, map(nom_de_reponse, reponses_dites(tracker))))
    situation = None if tous else situation_de(faits, jour)
    return [*humains(jour, droit_en_place(), entreprise_en_place(), situation, cas=cas_connus(faits, dites), **choix)]


def _ligne(humain: Humain, gabarits: Any, gabarit: str) -> str:
    joindre = gabarits["joindre"].format(coordonnees=", ".join(humain.coordonnees)) if humain.renseigne else ""
    seule = gabarit == _UNE
    employeur = " ".join(filter(None, (humain.employeur, humain.a_savoir if seule else "")))
    return str(gabarits[gabarit].format(nom=humain.nom, role=humain.role, employeur=employeur, joindre=joindre))
