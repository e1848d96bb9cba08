"""Le fichier .ics : des rappels d'une journée, aux titres neutres, alarmes discrètes, rien qui relie à une personne."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from actions.calendrier.retroplanning import Etape, textes

TYPE_MIME = "text/calendar; charset=utf-8"
_PRODUIT = "-//Rappels//FR"


def en_ics(etapes: Iterable[Etape], jour: date, graine: str) -> bytes:
    """Rend le calendrier des étapes à venir, octet pour octet le même pour les mêmes entrées.

    Args:
        etapes: étapes du calendrier à rebours, dans l'ordre ; celles qui sont passées sont omises.
        jour: jour de fabrication (aucune heure n'y figure).
        graine: texte tiré au hasard, propre à ce fichier ; les identifiants en viennent et ne disent rien d'autre.
    """
    gabarit = textes()["ics"]
    calendrier = Calendar()
    calendrier.add("prodid", _PRODUIT)
    calendrier.add("version", "2.0")
    calendrier.add("x-wr-calname", gabarit["nom"])
    for rang, etape in enumerate(etapes, start=1):
        if etape.date < jour:
            continue
        titre = gabarit["titre"].format(rang=rang)
        evenement = Event()
        evenement.add("uid", str(uuid.uuid5(uuid.NAMESPACE_OID, f"{graine}/{rang}")))
        evenement.add("dtstamp", datetime.combine(jour, time(), UTC))
        evenement.add("dtstart", etape.date)
        evenement.add("dtend", etape.date + timedelta(days=1))
        evenement.add("summary", titre)
        evenement.add("description", gabarit["description"].format(rang=rang))
        evenement.add("class", "PRIVATE")
        evenement.add("transp", "TRANSPARENT")
        for heures in gabarit["alarmes_heures_avant"]:
            alarme = Alarm()
            alarme.add("action", "DISPLAY")
            alarme.add("description", titre)
            alarme.add("trigger", -timedelta(hours=heures))
            evenement.add_component(alarme)
        calendrier.add_component(evenement)
    return bytes(calendrier.to_ical())
