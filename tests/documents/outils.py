"""Outils des tests de documents : les cas pleins de chaque lettre, et de quoi relire ce qui est produit."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import docx
import odfdo

from actions.documents.coffre import Demande, produire
from actions.documents.lettres import Lettre, rediger
from actions.documents.modeles import modeles_en_place
from actions.droit import droit_en_place

DROIT = droit_en_place()
JOUR = date(2026, 11, 23)
MODELES = modeles_en_place()
PRESTATAIRE = "Cap Horizon Conseil"
# Tout ce que chaque lettre peut recevoir.
PLEINS: dict[str, dict[str, Any]] = {
    "annulation_demande": {"date_demande": "2026-11-02", "plus_tard": True},
    "bilan_propose_acceptation": {
        "date_proposition": "2026-11-16",
        "organisme": PRESTATAIRE,
        "convention_recue": True,
        "date_convention": "2026-11-20",
    },
    "bilan_propose_refus": {"date_proposition": "2026-11-16", "plus_tard": True},
    "decision_ecrite": {"versant": "agent_fpt", "date_demande": "2026-11-02"},
    "demande_absence": {
        "date_debut": "2027-02-02",
        "date_fin": "2027-04-06",
        "duree_mois": 2,
        "heures": 12,
        "nommer_bilan": True,
        "contrat": "interim",
    },
    "demande_agent_public": {
        "versant": "agent_fpt",
        "contrat": "titulaire",
        "date_debut": "2027-02-02",
        "date_fin": "2027-04-06",
        "heures": 24,
        "organisme": PRESTATAIRE,
        "financement": True,
        "prix": 1700,
    },
    "demande_anfh": {
        "date_debut": "2027-02-02",
        "date_fin": "2027-04-06",
        "organisme": PRESTATAIRE,
        "prix": 1700,
    },
    "recours_gracieux": {
        "versant": "agent_fpe",
        "date_refus": "2026-11-20",
        "date_debut": "2027-02-02",
        "contrat": "titulaire",
    },
    "demande_caisse": {
        "date_debut": "2027-01-12",
        "date_fin": "2027-03-02",
        "heures": 16,
        "organisme": PRESTATAIRE,
        "arret": "maladie",
        "accord_medecin": True,
        "rendez_vous": True,
    },
    "demande_cpf_public": {
        "versant": "agent_fph",
        "date_debut": "2027-02-02",
        "date_fin": "2027-04-06",
        "heures": 24,
        "organisme": PRESTATAIRE,
        "prix": 1700,
    },
    "demande_entretien": {"date_souhaitee": "2026-12-18", "aborder_bilan": True, "contrat": "interim"},
    "demande_entretien_public": {"date_souhaitee": "2026-12-18", "aborder_bilan": True},
    "demande_plan": {"date_debut": "2027-02-02", "organisme": PRESTATAIRE, "prix": 1800, "contrat": "interim"},
    "relance_silence": {"date_reception": "2026-10-12", "date_debut": "2027-01-12", "contrat": "interim"},
    "reponse_report": {
        "date_report": "2027-04-05",
        "accepte": False,
        "date_proposee": "2027-03-15",
        "contrat": "interim",
    },
}


def lettre(nom: str, faits: Mapping[str, Any] | None = None, jour: date = JOUR) -> Lettre:
    return rediger(nom, PLEINS[nom] if faits is None else faits, jour, DROIT)


def texte_de(redigee: Lettre) -> str:
    """Texte de la lettre, espaces ordinaires."""
    return "\n".join(p.texte for p in redigee.page.paragraphes).replace("\u00a0", " ")


def octets(nom: str, format_: str, faits: Mapping[str, Any] | None = None, jour: date = JOUR) -> bytes:
    demande = Demande("lettre", nom, format_, PLEINS[nom] if faits is None else dict(faits), jour, "graine")  # type: ignore[arg-type]
    return produire(demande, DROIT).octets


def relire(contenu: bytes, format_: str) -> str:
    """Tout ce qui se lit dans un fichier produit, métadonnées comprises, relu par une bibliothèque du format."""
    if format_ == "txt":
        return contenu.decode()
    if format_ == "docx":
        document = docx.Document(io.BytesIO(contenu))
        lignes = [p.text for p in document.paragraphs]
    else:
        odt = odfdo.Document(io.BytesIO(contenu))
        lignes = [p.text_recursive for p in odt.body.get_elements("//text:p|//text:h")]
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        noms = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
        metadonnees = [archive.read(n).decode() for n in noms if n in archive.namelist()]
    return "\n".join([*lignes, *(re.sub(r"<[^>]*>", " ", m) for m in metadonnees)])
