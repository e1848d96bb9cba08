"""``bilan verifier-confidentialite`` : joue une conversation marquée, cherche ses traces partout, écrit un rapport."""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from actions.reglages import RACINE
from bilan.confidentialite import recherche
from bilan.confidentialite.double import Double, Personne, demander, demarre

RAPPORT = RACINE / "sortie/confidentialite.json"
_PHRASES = (
    "je m'appelle {marque} et j'ai une {marque}ite, combien de temps dure un bilan ?",
    "mon médecin {marque} dit {marque}ose, mon employeur le saura ?",
    "{marque}",
    "/{marque}",
    '/faq{{"sujet": "{marque}"}}',
    "quels sont mes droits ?",
    "je suis en arrêt, mon numéro est 1 85 05 {marque}",
)
# La ronde du serveur passe toutes les trente secondes.
_EXPIRATION_MAX_S = 60 + 45


@dataclass(frozen=True)
class Preuve:
    """Ce qui a été vérifié ; ``tenue`` vaut ``None`` quand l'installation n'a pas ce lieu."""

    nom: str
    tenue: bool | None
    detail: str


def principal(journaux: Sequence[str] = ()) -> int:
    """Joue les preuves, imprime le rapport ; code 1 si l'une ne tient pas."""
    debut = time.monotonic()
    preuves = []
    print("Vérification sur un double de cette installation (oubli réglé à une minute)…", flush=True)
    with tempfile.TemporaryDirectory(prefix="confidentialite-") as abri, demarre(Path(abri)) as double:
        for preuve in _preuves(double, [Path(journal) for journal in journaux]):
            preuves.append(preuve)
            signe = {True: "tenu", False: "FUITE", None: "sans objet"}[preuve.tenue]
            print(f"  {signe:<10} {preuve.nom} : {preuve.detail}", flush=True)
    fuites = sum(preuve.tenue is False for preuve in preuves)
    print(f"{len(preuves)} preuves, {fuites} fuite(s), {time.monotonic() - debut:.0f} s.")
    RAPPORT.parent.mkdir(parents=True, exist_ok=True)
    fiche = {"instant": datetime.now(UTC).isoformat(timespec="seconds"), "preuves": [asdict(p) for p in preuves]}
    RAPPORT.write_text(json.dumps(fiche, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"Rapport gardé dans {RAPPORT.relative_to(RACINE)} (« make dossier » le reprend).")
    return 1 if fuites else 0


def _preuves(double: Double, journaux: Sequence[Path]) -> Iterator[Preuve]:
    depuis, marque = time.time() - 1, f"zyg{secrets.token_hex(5)}"
    yield _recherche_qui_voit(double, marque, depuis)
    marque = f"zyg{secrets.token_hex(5)}"
    effacee, oubliee = Personne(double), Personne(double)
    codes = [personne.appeler("POST", "/session", {}) for personne in (effacee, oubliee)]
    codes += [p.dire(phrase.format(marque=marque)) for p in (effacee, oubliee) for phrase in _PHRASES]
    demander(double, "GET", f"/documents/{marque}")
    demander(double, "GET", f"/{marque}?nom={marque}")
    joue = all(code == 200 for code in codes) and len(effacee.recus) > len(_PHRASES)
    detail = f"{len(codes)} requêtes, {len(effacee.recus) + len(oubliee.recus)} réponses"
    yield Preuve("conversation marquée jouée", joue, detail)
    yield from _lieux(double, marque, depuis, journaux)
    yield _effacement(effacee, double)
    yield _expiration(oubliee, double)
    apres = recherche.dans_fichiers(marque, _dossiers(double), depuis)
    yield Preuve("fichiers après effacement et oubli", not apres, _dire(apres, "aucune trace"))


def _recherche_qui_voit(double: Double, marque: str, depuis: float) -> Preuve:
    """Une recherche qui ne trouverait rien ne prouverait rien : elle doit voir ce qu'on laisse exprès."""
    expres = double.abri / "laisse-expres"
    expres.write_text(f"avant {marque.upper()} après", encoding="utf-8")
    vu = set(recherche.dans_fichiers(marque, _dossiers(double), depuis)) == {str(expres)}
    expres.unlink()
    return Preuve("la recherche voit une trace laissée exprès", vu, "fichier marqué retrouvé, puis retiré")


def _lieux(double: Double, marque: str, depuis: float, journaux: Sequence[Path]) -> Iterator[Preuve]:
    ecrits = [double.journal, *journaux]
    absents = [str(j) for j in journaux if not j.is_file()]
    traces = [str(j) for j in ecrits if recherche.contient(j, marque)]
    detail = f"{len(ecrits)} journal lu" if len(ecrits) == 1 else f"{len(ecrits)} journaux lus"
    yield Preuve("journaux", not traces and not absents, _dire(traces + [f"{a} illisible" for a in absents], detail))
    traces = recherche.dans_fichiers(marque, _dossiers(double), depuis)
    yield Preuve("fichiers écrits pendant la conversation", not traces, _dire(traces, "projet, temporaire, personnel"))
    ouverts = recherche.ouverts_en_ecriture(double.pid)
    fouilles = (*_dossiers(double), Path("/dev"))
    ailleurs = [str(f) for f in ouverts if not any(f.is_relative_to(dossier) for dossier in fouilles)]
    yield Preuve("fichiers ouverts ailleurs en écriture", not ailleurs, _dire(ailleurs, "aucun"))
    for nom, variable, chercher in (
        ("base PostgreSQL", "BILAN_POSTGRES", recherche.dans_postgres),
        ("Redis", "BILAN_REDIS", recherche.dans_redis),
    ):
        url = os.environ.get(variable)
        traces = chercher(url, marque) if url else []
        yield Preuve(nom, not traces if url else None, _dire(traces, "aucune trace" if url else "non employé"))
    pages = b"".join(demander(double, "GET", page)[2] for page in ("/metrics", "/a-propos"))
    sujets = {float(n) for n in re.findall(rb"bilan_sujets_total\{[^}]*\} ([\d.]+)", pages)}
    propre = marque.encode() not in pages.lower() and b"bilan_tours_total{" in pages
    par_dix = all(n >= 10 and n % 10 == 0 for n in sujets)
    yield Preuve("métriques", propre and par_dix, "ni texte, ni compte de moins de dix conversations")
    sorties = recherche.connexions_sortantes(double.pid)
    base = [nom for nom in ("BILAN_POSTGRES", "BILAN_REDIS", "BILAN_RABBITMQ") if os.environ.get(nom)]
    tenue = None if base else not sorties
    yield Preuve("connexions hors de cette machine", tenue, _dire(sorties, "aucune"))


def _effacement(personne: Personne, double: Double) -> Preuve:
    avant = _ouvertes(double)
    code, ensuite = personne.appeler("POST", "/effacer", {}), personne.appeler("GET", "/session")
    efface = code == 200 and ensuite == 401 and _ouvertes(double) == avant - 1
    return Preuve("effacement demandé", efface, "conversation fermée, témoin refusé ensuite")


def _expiration(personne: Personne, double: Double) -> Preuve:
    debut = time.monotonic()
    while time.monotonic() - debut < _EXPIRATION_MAX_S and _ouvertes(double):
        time.sleep(2)
    duree = time.monotonic() - debut
    oubliee = personne.appeler("GET", "/session") == 401 and not _ouvertes(double)
    return Preuve("oubli après inactivité", oubliee, f"conversation oubliée en {duree:.0f} s (réglage : 1 minute)")


def _ouvertes(double: Double) -> int:
    trouve = re.search(rb"^bilan_conversations_ouvertes ([\d.]+)", demander(double, "GET", "/metrics")[2], re.M)
    return int(float(trouve[1])) if trouve else -1


def _dossiers(double: Double) -> tuple[Path, ...]:
    return (RACINE, double.abri)


def _dire(traces: Sequence[str], sinon: str) -> str:
    return ", ".join(traces[:5]) if traces else sinon
