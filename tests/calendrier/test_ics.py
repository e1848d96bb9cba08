"""Le fichier .ics, relu par un vrai parseur : neutre, discret, stable, rien qui relie deux personnes."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from icalendar import Calendar

from actions.calendrier import en_ics, retroplanning
from actions.documents.garde_sante import mots_de_sante
from actions.droit import droit_en_place
from actions.eligibilite import Situation

DROIT = droit_en_place()
JOUR = date(2026, 11, 23)
SITUATION = Situation(JOUR, statut="salarie_prive", arret="maladie", date_debut=date(2027, 2, 2), duree_mois=Decimal(2))
PLAN = retroplanning(SITUATION, JOUR, DROIT)


def lu(graine: str = "g") -> Calendar:
    calendrier = Calendar.from_ical(en_ics(PLAN, JOUR, graine))
    assert isinstance(calendrier, Calendar)
    return calendrier


def test_un_vrai_parseur_le_relit_date_pour_date() -> None:
    assert [e.start for e in lu().events] == [etape.date for etape in PLAN]
    assert all(e.end - e.start == timedelta(days=1) for e in lu().events)
    assert not isinstance(lu().events[0].start, datetime)
    assert lu().errors == [] and all(e.errors == [] for e in lu().walk())


def test_rien_n_y_dit_de_quoi_il_s_agit() -> None:
    texte = en_ics(PLAN, JOUR, "g").decode()
    assert mots_de_sante(texte) == []
    assert not any(mot in texte.lower() for mot in ("bilan", "compétence", "cpf", "employeur", "absence", "formation"))
    assert [str(e["summary"]) for e in lu().events] == [f"Rappel — démarche {i}" for i in range(1, len(PLAN) + 1)]


def test_les_evenements_sont_prives_et_ne_bloquent_pas_l_agenda() -> None:
    for evenement in lu().events:
        assert (str(evenement["class"]), str(evenement["transp"])) == ("PRIVATE", "TRANSPARENT")
        alarmes = [a for a in evenement.walk() if a.name == "VALARM"]
        assert [str(a["action"]) for a in alarmes] == ["DISPLAY", "DISPLAY"]
        assert [a["trigger"].dt for a in alarmes] == [-timedelta(days=7) + timedelta(hours=9), -timedelta(hours=15)]


def test_les_identifiants_viennent_de_la_seule_graine() -> None:
    uids = [str(e["uid"]) for e in lu("a").events]
    assert len(set(uids)) == len(uids)
    assert uids == [str(e["uid"]) for e in lu("a").events]
    assert not set(uids) & {str(e["uid"]) for e in lu("b").events}


def test_memes_entrees_memes_octets_et_aucune_heure_de_fabrication() -> None:
    assert en_ics(PLAN, JOUR, "g") == en_ics(PLAN, JOUR, "g")
    assert {e["dtstamp"].dt.isoformat() for e in lu().events} == {"2026-11-23T00:00:00+00:00"}


def test_une_etape_passee_est_omise_et_les_rangs_restent_ceux_des_notes() -> None:
    proche = Situation(JOUR, statut="salarie_prive", date_debut=date(2026, 12, 30))
    plan = retroplanning(proche, JOUR, DROIT)
    assert not plan[0].tenable
    evenements = Calendar.from_ical(en_ics(plan, JOUR, "g")).events
    assert len(evenements) == sum(etape.date >= JOUR for etape in plan)
    assert str(evenements[-1]["summary"]).endswith(str(len(plan)))
