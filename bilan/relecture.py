"""Prend en compte data/ et models/ sans redémarrer : les conversations en cours continuent.

Tout ou rien : un fichier faux n'est pas mis en place, l'assistant garde ce qu'il avait et le journal dit pourquoi.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import logging
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor

from actions import en_place, reglages
from actions.contenus import ErreurContenu, contenus_en_place
from actions.droit import droit_en_place, parametres_cites
from bilan.entrainement import DOSSIER_MODELES, empreinte, verifier_archive
from bilan.oubli_des_mots import oublier_les_mots
from bilan.pannes import Panne, phrase
from canaux import mesures

journal = logging.getLogger(__name__)

Vue = tuple[tuple[str, int, int], ...]


class Relecture:
    """Regarde les fichiers à intervalle fixe ; relit quand ils ont changé puis cessé de changer."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._prise = self._precedente = regarder()
        self._programme = _programme()
        self._mots = _mots_des_reponses()

    async def veiller(self) -> None:
        """Regarde sans fin."""
        while True:
            await asyncio.sleep(reglages.RELECTURE_S)
            await self.passer()

    async def passer(self) -> None:
        """Regarde une fois ; relit si les fichiers sont, deux fois de suite, les mêmes et nouveaux."""
        vue = await asyncio.to_thread(regarder)
        stable, self._precedente = vue == self._precedente, vue
        if vue == self._prise or not stable:
            return
        self._prise = vue  # une version refusée n'est pas relue avant le prochain changement
        debut, quoi = time.monotonic(), "donnees"
        try:
            archive = await asyncio.to_thread(_archive_attendue)
            processeur = None
            if archive.name != Path(self._agent.processor.model_path).name:
                quoi = "modele"
                processeur = await asyncio.to_thread(self._charger, archive)
            version = await asyncio.to_thread(en_place.relire, self._verifier)
        except (Exception, SystemExit) as erreur:
            mesures.relectures.labels(quoi, "refus").inc()
            journal.error("relecture refusée, rien n'est changé : %s", phrase(erreur))
            return
        en_place.mettre_en_place(version)
        if processeur:
            self._remplacer(processeur)
        self._mots = _mots_des_reponses()
        mesures.relectures.labels(quoi, "ok").inc()
        mesures.relu_a.labels(quoi).set_to_current_time()
        journal.warning("%s en place en %.1f s, sans redémarrer", quoi, time.monotonic() - debut)

    def _charger(self, archive: Path) -> MessageProcessor:
        if not archive.exists():
            raise Panne("data/ demande un nouveau modèle : bilan entrainer")
        if _programme() != self._programme:
            raise Panne("le programme a changé avec le modèle : redémarrez l'assistant")
        verifier_archive(archive)
        ancien = self._agent.processor
        return MessageProcessor(
            model_path=str(archive),
            tracker_store=ancien.tracker_store,
            lock_store=ancien.lock_store,
            generator=ancien.nlg,
            action_endpoint=ancien.action_endpoint,
        )

    def _remplacer(self, processeur: MessageProcessor) -> None:
        """Un tour commencé finit avec l'ancien modèle ; le fil, le verrou et les textes sont les mêmes."""
        self._agent.processor, self._agent.domain = processeur, processeur.domain
        self._agent.tracker_store.domain = processeur.domain
        oublier_les_mots(self._agent)
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _verifier(self) -> None:
        """Refuse ce qu'aucune personne ne doit lire : accolade inconnue, fait inconnu, texte ou bouton vide.

        Raises:
            ErreurContenu: réponse fautive.
        """
        contenus, droit = contenus_en_place(), droit_en_place()
        admis = self._mots | set(droit.parametres)
        for nom, variantes in contenus.reponses.items():
            cites = [fait for v in variantes for cle in ("faits", "a_verifier") for fait in _cites(v, cle)]
            inconnus = set(cites) - set(droit.faits)
            if inconnus:
                raise ErreurContenu(f"{nom} : fait inconnu {', '.join(sorted(inconnus))}")
            for texte in _textes(variantes):
                if not texte.strip():
                    raise ErreurContenu(f"{nom} : texte vide")
                perdus = parametres_cites(texte) - admis
                if perdus:
                    raise ErreurContenu(f"{nom} : accolade inconnue {{{min(perdus)}}}")


def regarder() -> Vue:
    """Nom, date et taille de chaque fichier de data/ et de models/."""
    return tuple(
        (str(fichier), etat.st_mtime_ns, etat.st_size)
        for dossier, motif in ((reglages.DOSSIER_DONNEES, "*.yml"), (DOSSIER_MODELES, "*.tar.gz"))
        for fichier in sorted(dossier.rglob(motif))
        if (etat := _etat(fichier)) is not None
    )


def _etat(fichier: Path) -> Any:
    try:
        return fichier.stat()
    except OSError:  # retiré entre-temps
        return None


def _archive_attendue() -> Path:
    return DOSSIER_MODELES / f"bilan-{empreinte()}.tar.gz"


def _programme() -> str:
    """Empreinte du code des composants, que le processus a déjà chargé."""
    somme = hashlib.sha256()
    for fichier in sorted((reglages.RACINE / "composants").rglob("*.py")):
        somme.update(fichier.read_bytes())
    return somme.hexdigest()


def _mots_des_reponses() -> set[str]:
    """Accolades déjà employées : valeurs du droit, et mots que posent les actions."""
    return {m for v in contenus_en_place().reponses.values() for t in _textes(v) for m in parametres_cites(t)}


def _cites(variante: Mapping[str, Any], cle: str) -> list[str]:
    return list((variante.get("metadata") or {}).get(cle) or [])


def _textes(variantes: list[dict[str, Any]]) -> Iterator[str]:
    for variante in variantes:
        if "text" in variante:
            yield str(variante["text"] or "")
        yield from (str(bouton.get("title") or "") for bouton in variante.get("buttons") or [])
