"""Où une marque pourrait rester : fichiers, fichiers ouverts, base, Redis, connexions du processus."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_IGNORES = {".git", ".venv", ".outils", "node_modules", "__pycache__"}
_TAILLE_MAX = 200_000_000
_ETABLIE = "01"


def dans_fichiers(marque: str, dossiers: Iterable[Path], depuis: float) -> list[str]:
    """Fichiers écrits depuis un instant, sous ces dossiers, où se lit la marque."""
    return [str(fichier) for fichier in _recents(dossiers, depuis) if contient(fichier, marque)]


def contient(fichier: Path, marque: str) -> bool:
    """Dit si un fichier porte la marque, quelle que soit la casse ; faux s'il ne se lit pas."""
    try:
        return marque.lower().encode() in fichier.read_bytes().lower()
    except OSError:
        return False


def _recents(dossiers: Iterable[Path], depuis: float) -> Iterator[Path]:
    for dossier in dossiers:
        for chemin, sous_dossiers, noms in os.walk(dossier):
            sous_dossiers[:] = [nom for nom in sous_dossiers if nom not in _IGNORES]
            for nom in noms:
                with contextlib.suppress(OSError):
                    fichier = Path(chemin, nom)
                    etat = fichier.stat()
                    if fichier.is_file() and etat.st_mtime >= depuis and etat.st_size < _TAILLE_MAX:
                        yield fichier


def ouverts_en_ecriture(pid: int) -> list[Path]:
    """Fichiers ordinaires que le processus tient ouverts en écriture."""
    trouves = []
    for lien in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            drapeaux = re.search(r"flags:\s+(\d+)", Path(f"/proc/{pid}/fdinfo/{lien.name}").read_text())
            if drapeaux and int(drapeaux[1], 8) & os.O_ACCMODE and lien.readlink().is_file():
                trouves.append(lien.readlink())
    return trouves


def connexions_sortantes(pid: int) -> list[str]:
    """Adresses distantes, hors de cette machine, auxquelles le processus est relié."""
    prises = set()
    for lien in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            prises |= set(re.findall(r"socket:\[(\d+)\]", str(lien.readlink())))
    trouvees = []
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            for ligne in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
                champs = ligne.split()
                if champs[3] == _ETABLIE and champs[9] in prises and not _de_cette_machine(champs[2]):
                    trouvees.append(champs[2])
    return trouvees


def _de_cette_machine(adresse: str) -> bool:
    """Adresse de /proc/net/tcp : 127.0.0.0/8, ::1, ou sa forme IPv4 en IPv6."""
    hote = adresse.split(":")[0]
    return hote[-2:] == "7F" or hote == "00000000000000000000000001000000"


def dans_postgres(url: str, marque: str) -> list[str]:
    """Tables dont une ligne porte la marque, en clair ou en octets ; vérifie d'abord que la recherche sait trouver."""
    import psycopg2
    from psycopg2 import sql

    with contextlib.closing(psycopg2.connect(url, connect_timeout=5)) as connexion, connexion.cursor() as curseur:
        curseur.execute("CREATE TEMP TABLE temoin_de_recherche (octets bytea, texte text)")
        curseur.execute("INSERT INTO temoin_de_recherche VALUES (%s, '')", (marque.encode(),))
        curseur.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        trouvees = []
        for schema, table in curseur.fetchall():
            curseur.execute(
                sql.SQL("SELECT count(*) FROM {} AS ligne WHERE ligne::text ILIKE %s OR ligne::text ILIKE %s").format(
                    sql.Identifier(schema, table)
                ),
                (f"%{marque}%", f"%{marque.encode().hex()}%"),
            )
            if curseur.fetchone()[0]:
                trouvees.append(f"{schema}.{table}")
        connexion.rollback()
    temoins = [nom for nom in trouvees if nom.endswith(".temoin_de_recherche")]
    if not temoins:
        raise LookupError("la recherche dans la base ne voit pas ce qu'on y laisse exprès")
    return [nom for nom in trouvees if nom not in temoins]


def dans_redis(url: str, marque: str) -> list[str]:
    """Clés de Redis dont le nom ou la valeur porte la marque."""
    import redis

    client: Any = redis.Redis.from_url(url, socket_timeout=5)
    brute = marque.lower().encode()
    return [
        str(cle)[:80] for cle in client.scan_iter(count=1_000) if brute in (cle + (client.dump(cle) or b"")).lower()
    ]
