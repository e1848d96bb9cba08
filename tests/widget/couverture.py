"""Part du script que les tests exécutent (BILAN_COUVERTURE=fichier) : couverture par blocs du moteur du navigateur."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from canaux.paquet_widget import paquet


class Couverture:
    """Union, caractère par caractère, de ce que toutes les pages ont exécuté du script."""

    def __init__(self, rapport: str) -> None:
        self._rapport = Path(rapport)
        self._source = paquet().octets.decode()
        self._executes = bytearray(len(self._source))
        self._suivies: list[Any] = []

    def ouvrir(self, nouvelle_page: Callable[[], Page]) -> Callable[[], Page]:
        """Ouvre des pages où l'on compte."""

        def ouvrir_et_suivre() -> Page:
            page = nouvelle_page()
            session = page.context.new_cdp_session(page)
            session.send("Profiler.enable")
            session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
            self._suivies.append(session)
            return page

        return ouvrir_et_suivre

    def relever(self) -> None:
        """Ajoute ce que les pages suivies ont exécuté, avant leur fermeture."""
        for session in self._suivies:
            for script in session.send("Profiler.takePreciseCoverage")["result"]:
                if script["url"].endswith("/assistant.js"):
                    self._ajouter(script["functions"])
        self._suivies.clear()

    def _ajouter(self, fonctions: list[dict[str, Any]]) -> None:
        ici = bytearray(len(self._source))
        for bloc in sorted(
            (b for f in fonctions for b in f["ranges"]), key=lambda b: b["startOffset"] - b["endOffset"]
        ):
            longueur = bloc["endOffset"] - bloc["startOffset"]
            ici[bloc["startOffset"] : bloc["endOffset"]] = (b"\1" if bloc["count"] else b"\0") * longueur
        self._executes = bytearray(a | b for a, b in zip(self._executes, ici, strict=True))

    def ecrire(self) -> None:
        """Écrit la part exécutée et les lignes qui ne l'ont pas été."""
        utiles = [i for i, c in enumerate(self._source) if not c.isspace()]
        part = sum(self._executes[i] for i in utiles) / len(utiles)
        manque, position = [], 0
        for ligne in self._source.splitlines(keepends=True):
            if not all(self._executes[position : position + len(ligne.rstrip())]):
                manque.append(ligne.rstrip())
            position += len(ligne)
        self._rapport.write_text(f"{part:.1%}\n" + "\n".join(manque) + "\n", encoding="utf-8")
