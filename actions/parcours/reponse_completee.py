"""Ce qu'une réponse dit en plus, et ce qu'elle ne doit pas remplacer (pur, sans Rasa)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.comprehension import est_une_question, extraire, ne_sait_pas
from actions.parcours import a_cote, argent_dit, dates_dites
from actions.parcours.lecture import Lecture, MessageRecu

# Une date ou un nombre lu ne laisse pas de doute : c'est la réponse.
PRECISES = {
    "solde_cpf", "prix", "montant_aide", "date_debut", "date_demande", "dernier_bilan_date", "duree_mois",
    "services_effectifs_mois",
}  # fmt: skip


def avec_ce_qui_est_dit_a_cote(
    message: MessageRecu, question: str, lu: Lecture | None, faits: Mapping[str, Any], jour: date
) -> Lecture | None:
    """Une réponse à une autre question est notée, et celle-ci revient ; avec une réponse, elle la complète."""
    if est_une_question(message.texte):
        solde = a_cote.solde_dit(message.texte) if lu is None and faits.get("solde_cpf") is None else {}
        return Lecture(solde) if solde else lu
    autres = a_cote.lire(message.lectures, message.parcours, faits, jour, montants=question not in PRECISES)
    if question == dates_dites.DEMANDE:
        # « Le 12 octobre je t'ai dit » : le jour de la demande ; un début que la réponse nomme reste dans ``lu``.
        autres.pop(a_cote.QUAND, None)
    if lu is not None and autres and not lu.faits and not any(map(ne_sait_pas, message.lectures)):
        lu = None  # « le plus tôt possible », à qui demande le moment, dit le début et n'ignore rien
    if lu is None:
        return Lecture(autres) if autres else None
    # Compléter n'est pas corriger : « oui en 2019, au chômage » parle d'alors. Une date de début, elle, se précise.
    a_completer = {champ for champ in autres if faits.get(champ) is None or champ == a_cote.QUAND} - {question}
    nouveaux = {champ: autres[champ] for champ in a_completer}
    return replace(lu, faits={**nouveaux, **lu.faits})


def sans_remplacer(
    lus: Mapping[str, Any], question: str, faits: Mapping[str, Any], message: MessageRecu, jour: date
) -> Mapping[str, Any]:
    """« Sur les 1800, 750, c'est beaucoup ? » interroge : un montant déjà donné reste, sauf nommé de nouveau."""
    if not est_une_question(message.texte):
        return lus
    nommes = {question, *(extraire(message.texte, jour).valeurs if argent_dit.veut_recalculer(message.texte) else ())}
    gardes = {champ for champ in PRECISES if faits.get(champ) is not None and champ not in nommes}
    return {champ: valeur for champ, valeur in lus.items() if champ not in gardes}
