"""Outils communs des tests."""

import os

os.environ.setdefault("BILAN_DATE", "2026-11-23")  # les textes attendus sont ceux de ce jour

import bilan.calme  # noqa: F401  (avant tout import de Rasa)
