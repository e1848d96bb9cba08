"""Propose des personnes à qui parler, dans l'entreprise ou en dehors."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.contenus import contenus_en_place
from actions.droit import droit_en_place
from actions.entreprise import entreprise_en_place
from actions.etat import demarche_ensuite, faits_de
from actions.fil import entite, nom_de_reponse, reponses_dites
from actions.humains import COTES, cas_connus, humains
from actions.parcours.faits import situation_de
from actions.reglages import aujourd_hui

_AU_TELEPHONE = re.compile(r"\bt[ée]l(?:[ée]phon\w*)?\b|\bappel(?:er|le)\b|\bnum[ée]ros?\b|\bphone\b|\bcall\b", re.I)


class ActionOrienterVersHumain(Action):
    """Les premières portes, puis tout un côté si on le demande : une longue liste ne se lit pas."""

    def name(self) -> str:
        """Nom de l'action dans domain.yml."""
        return "action_orienter_vers_humain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Dit qui fait quoi, si l'employeur le saura, et où les joindre."""
        gabarits, jour = contenus_en_place().metadonnees("utter_humains"), aujourd_hui()
        situation = situation_de(faits_de(tracker), jour)
        texte = str(tracker.latest_message.get("text") or "")
        cote = next((c for c in COTES if c == entite(tracker, "precision")), None)
        dites = filter(None, map(nom_de_reponse, reponses_dites(tracker)))
        qui = humains(
            jour,
            droit_en_place(),
            entreprise_en_place(),
            situation,
            cote,
            premiers=cote is None,
            cas=cas_connus(faits_de(tracker), set(dites)),
            au_telephone=bool(_AU_TELEPHONE.search(texte)),
        )
        lignes = "\n".join(_ligne(humain, gabarits) for humain in qui)
        dispatcher.utter_message(
            response=f"utter_humains_{cote}" if cote else "utter_humains",
            intro=gabarits[cote or "premiers"],
            lignes=lignes,
        )
        return demarche_ensuite(tracker)


def _ligne(humain: Any, gabarits: Any) -> str:
    joindre = gabarits["joindre"].format(coordonnees=", ".join(humain.coordonnees)) if humain.renseigne else ""
    return str(gabarits["ligne"].format(nom=humain.nom, role=humain.role, employeur=humain.employeur, joindre=joindre))
