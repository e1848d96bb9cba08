"""La dernière ligne d'une réponse : sa source, sa date, et ce que vaut la vérification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from actions.contenus import Contenus, typographier
from actions.droit import Droit, Fait, ecriture

# Terminées par leur source et leur date ; les bulles d'un résultat, seulement pour ce qui n'est que probable.
_PROBABLE_SEULEMENT = ("utter_chemin_", "utter_cpf_", "utter_employeur_", "utter_si_", "utter_cout", "utter_arret_")
_D_UN_FIL = ("utter_delai_", "utter_refaire_", "utter_cas_")
_SOURCEES = ("utter_faq/", "utter_detail_", "utter_idee_recue/", *_D_UN_FIL, *_PROBABLE_SEULEMENT)
_VERSANTS = ("fpe", "fpt", "fph")
_LIGNES_MAX = 6


def faits_connus(droit: Droit, identifiants: Iterable[str]) -> list[Fait]:
    """Les faits de ces identifiants."""
    return [droit.faits[i] for i in identifiants if i in droit.faits]


def mention(
    nom: str, metadonnees: Mapping[str, Any], profil: Mapping[str, Any], jour: date, droit: Droit, contenus: Contenus
) -> str:
    """Rend la ligne qui termine une réponse de connaissance, vide si elle n'en a pas.

    Args:
        nom: nom de la réponse.
        metadonnees: celles du texte dit.
        profil: slots ; un agent de l'État ne lit pas le décret des collectivités.
        jour: date du droit.
        droit: les faits.
        contenus: le gabarit.
    """
    faits = _de_son_versant(faits_connus(droit, metadonnees.get("faits", [])), profil)
    douteux = next((fait for fait in faits if fait.confiance == "probable"), None)
    if not faits or not nom.startswith(_SOURCEES) or (nom.startswith(_PROBABLE_SEULEMENT) and not douteux):
        return ""
    fait, modele = douteux or faits[0], contenus.variante("utter_mention")
    cle = metadonnees.get("mention") or ("probable" if douteux else "non_lu" if fait.non_lu else "")
    mots = {
        "verifie_le": ecriture.jour_court(min(f.verifie_le for f in faits)),
        "source": fait.reference,
        "porte": fait.porte.nom,
    }
    return "\n" + typographier(droit.remplir(modele["metadata"][cle] if cle else modele["text"], jour, mots))


def _de_son_versant(faits: Sequence[Fait], profil: Mapping[str, Any]) -> list[Fait]:
    sien = str(profil.get("statut")).removeprefix("agent_")
    autres = {versant for versant in _VERSANTS if versant != sien}
    siens = [fait for fait in faits if fait.id.split(".")[0] not in autres]
    return siens if sien in _VERSANTS and siens else list(faits)


def lignes_de_source(droit: Droit, gabarits: Mapping[str, str], identifiants: Iterable[str]) -> str:
    """Les textes de ces faits, un par ligne, avec ce que vaut leur vérification."""
    lignes = []
    for fait in faits_connus(droit, identifiants):
        sur = fait.confiance in ("sur", "exigence")
        ligne = gabarits["ligne_non_lu" if sur and fait.non_lu else "ligne_sur" if sur else f"ligne_{fait.confiance}"]
        mots = {
            "source": fait.textes,
            "lien": fait.lien,
            "porte": fait.porte.nom,
            "lien_porte": fait.porte.lien,
            "verifie_le": ecriture.jour_court(fait.verifie_le),
        }
        lignes.append(typographier(droit.remplir(ligne, fait.verifie_le, mots)))
    return "\n".join(list(dict.fromkeys(lignes))[:_LIGNES_MAX])
