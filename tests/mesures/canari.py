"""Conversations semées de noms et de mots de santé marqués, puis recherche de ces marques partout.

``python -m tests.mesures.canari [NOMBRE]`` : vrai modèle, vrai canal HTTP, un seul processus pour pouvoir lire sa
mémoire. Code 1 si une marque reste. Les octets déjà rendus au système, que Python ne remet pas à zéro, ne sont pas lus.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import random
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
from sanic import Sanic
from spacy.vocab import Vocab

import bilan.calme
from actions import reglages
from bilan.entrainement import assurer_modele
from bilan.moteur import charger
from bilan.oubli_des_mots import nom_du_modele
from canaux.sessions import magasins
from canaux.widget import CanalWidget
from composants.spacy_francais import _langue
from tests.serveur import CANAL, port_libre

LAISSES: list[Any] = []
RACINE_DES_MARQUES = "".join(["zyg", "omar"])
PHRASES = [
    "je m'appelle {nom} et j'ai une {maladie}, combien de temps dure un bilan ?",
    "mon médecin {nom} dit {maladie}, mon employeur le saura ?",
    "{nom} est en arrêt pour {maladie}, est-ce possible de faire un bilan ?",
    "qui paie si {nom} a la {maladie}",
    "{maladie} {nom} cpf",
    "/{nom}",
    "j'ai peur que {nom} lise que j'ai {maladie}",
]
FINS = ["route", "mots", "abandon", "quitter"]


def marques(numero: int) -> tuple[str, str]:
    """Nom et mot de santé propres à une conversation."""
    return f"{RACINE_DES_MARQUES.capitalize()}{numero}", f"{RACINE_DES_MARQUES}ite{numero}"


async def converser(client: aiohttp.ClientSession, adresse: str, numero: int, des: random.Random) -> int:
    """Joue une conversation et la termine d'une des quatre façons ; rend le nombre de réponses reçues."""
    entetes = {"Origin": adresse}
    async with client.post(f"{adresse}{CANAL}/session", json={}, headers=entetes) as recue:
        assert recue.status == 200
        entetes["Cookie"] = recue.headers["Set-Cookie"].split(";")[0]
    nom, maladie = marques(numero)
    fin = FINS[numero % len(FINS)]
    textes = [phrase.format(nom=nom, maladie=maladie) for phrase in des.sample(PHRASES, 3)]
    for rang, texte in enumerate([*textes, *(["efface tout"] if fin == "mots" else [])]):
        corps = {"id": f"message-{rang:04}", "texte": texte}
        async with client.post(f"{adresse}{CANAL}/message", json=corps, headers=entetes) as recue:
            assert recue.status == 200, await recue.text()
            assert (await recue.json())["messages"]
    if fin in ("route", "quitter"):
        async with client.post(f"{adresse}{CANAL}/effacer", json={}, headers=entetes) as recue:
            assert recue.status == 200
    return len(textes)


def en_memoire() -> list[str]:
    """Chaînes et octets marqués que tient encore un objet vivant du processus, ou le vocabulaire de spaCy."""
    cherchee, brute = RACINE_DES_MARQUES, RACINE_DES_MARQUES.encode()
    trouvees = []
    gc.unfreeze()  # les objets figés au démarrage échapperaient à la fouille
    gc.collect()
    for objet in gc.get_objects():
        for tenu in _tenus(objet):
            if (type(tenu) is str and tenu is not cherchee and cherchee in tenu.lower()) or (
                type(tenu) in (bytes, bytearray) and tenu is not brute and brute in tenu.lower()
            ):
                trouvees.append(f"{type(objet).__name__} : {tenu[:60]!r}")
    return trouvees + du_vocabulaire(_langue(nom_du_modele()).vocab)


def du_vocabulaire(vocabulaire: Vocab) -> list[str]:
    """Mots marqués que le modèle de langue a retenus."""
    return [f"vocabulaire : {mot}" for mot in vocabulaire.strings if RACINE_DES_MARQUES in mot.lower()]


def _tenus(objet: Any) -> Iterator[Any]:
    """Ce que tient un objet, y compris par des dictionnaires et n-uplets que le ramasse-miettes ne suit pas."""
    for tenu in gc.get_referents(objet):
        if type(tenu) in (dict, tuple, frozenset) and not gc.is_tracked(tenu):
            yield from _tenus(tenu)
        else:
            yield tenu


def sur_disque(depuis: float) -> list[str]:
    """Fichiers écrits depuis cet instant où se lit une marque, et fichiers ouverts en écriture hors de la fouille."""
    brute = RACINE_DES_MARQUES.encode()
    trouves = [f"ouvert en écriture, non fouillé : {fichier}" for fichier in _ouverts_ailleurs()]
    for fichier in _fichiers_recents(depuis):
        try:
            if brute in fichier.read_bytes().lower():
                trouves.append(str(fichier))
        except OSError:
            continue
    return trouves


def _fichiers_recents(depuis: float) -> Iterator[Path]:
    for dossier in (reglages.RACINE, Path(tempfile.gettempdir())):
        for chemin, sous_dossiers, noms in os.walk(dossier):
            sous_dossiers[:] = [s for s in sous_dossiers if s not in (".git", ".venv", "node_modules")]
            for nom in noms:
                fichier = Path(chemin, nom)
                try:
                    if fichier.is_file() and fichier.stat().st_mtime >= depuis and fichier.stat().st_size < 50_000_000:
                        yield fichier
                except OSError:
                    continue


def _ouverts_ailleurs() -> Iterator[Path]:
    for lien in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            cible = lien.readlink()
            drapeaux = int(re.search(r"flags:\s+(\d+)", Path("/proc/self/fdinfo", lien.name).read_text())[1], 8)
            fouille = any(cible.is_relative_to(d) for d in (reglages.RACINE, tempfile.gettempdir(), "/dev"))
            sortie = lien.name == str(SORTIE.fileno())
            if cible.is_absolute() and cible.is_file() and drapeaux & os.O_ACCMODE and not fouille and not sortie:
                yield cible


def verifier_la_recherche(depuis: float) -> None:
    """Une recherche qui ne trouverait rien ne prouverait rien : elle doit voir ce qu'on laisse exprès."""
    LAISSES.append({"oublié": (marques(0)[0],)})
    assert [t for t in en_memoire() if t.endswith(repr(marques(0)[0]))]
    LAISSES.clear()
    assert du_vocabulaire(Vocab(strings=[marques(0)[1]])) == [f"vocabulaire : {marques(0)[1]}"]
    assert en_memoire() == []
    with tempfile.NamedTemporaryFile("w", prefix="canari-") as oublie:
        oublie.write(marques(0)[1])
        oublie.flush()
        assert oublie.name in sur_disque(depuis)


def _verrous(magasin: Any) -> list[str]:
    return [f"verrou : {nom}" for table in vars(magasin).values() if isinstance(table, dict) for nom in table]


async def jouer(nombre: int, journal: Any) -> list[str]:
    """Joue tout et rend la liste des fuites."""
    depuis = time.time()
    agent = await charger(assurer_modele())
    canal, port = CanalWidget(), port_libre()
    app = Sanic("canari", configure_logging=False)
    app.ctx.agent = agent
    app.blueprint(canal.blueprint(agent.handle_message), url_prefix=CANAL)
    service = await app.create_server(host="127.0.0.1", port=port, return_asyncio_server=True, access_log=False)
    await service.startup()
    verifier_la_recherche(depuis)
    des, recues = random.Random(0), 0
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
        for debut in range(0, nombre, 8):
            lot = range(debut, min(nombre, debut + 8))
            recues += sum(await asyncio.gather(*(converser(client, f"http://127.0.0.1:{port}", n, des) for n in lot)))
        async with client.get(f"http://127.0.0.1:{port}{CANAL}/a-propos") as recue:
            metriques = await recue.text()
    (magasin,) = magasins(agent)
    fuites = [f"conversations ouvertes : {f}" for f in en_memoire()]
    fuites += [f"métriques : {RACINE_DES_MARQUES}"] if RACINE_DES_MARQUES in metriques.lower() else []
    restees = len(magasin.store)
    assert restees == canal.sessions.nombre() == len(range(2, nombre, 4))
    for registre in (canal.sessions, magasin):
        registre._horloge = lambda: time.monotonic() + reglages.INACTIVITE_MINUTES * 60 + 1
        registre.oublier_les_inactives()
    fuites += [f"magasin : {c}" for c in magasin.store] + _verrous(agent.lock_store)
    fuites += ["sessions encore ouvertes"] if canal.sessions.nombre() else []
    fuites += [f"après expiration : {f}" for f in en_memoire()]
    journal.flush()
    fuites += [f"fichier : {f}" for f in sur_disque(depuis)]
    print(f"{nombre} conversations, {recues} réponses, {restees} expirées, {nombre - restees} effacées", file=SORTIE)
    return fuites


SORTIE = os.fdopen(os.dup(1), "w")


def principal() -> int:
    """Donne au processus un dossier personnel et temporaire neufs, et un journal : tout y est fouillé."""
    nombre = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory(prefix="canari-") as abri:
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = abri
        return fouiller(nombre)


def fouiller(nombre: int) -> int:
    """Joue, cherche, imprime les fuites ; code 1 s'il y en a."""
    with tempfile.NamedTemporaryFile("w+", prefix="canari-journal-") as journal:
        os.dup2(journal.fileno(), 1)
        os.dup2(journal.fileno(), 2)
        bilan.calme.configurer_journaux()
        reglages.WIDGET_OUVERTURES_PAR_MINUTE = 10**6
        try:
            fuites = asyncio.run(jouer(nombre, journal))
        except BaseException:  # un arrêt aussi se dit : sa sortie d'erreur est dans le journal
            traceback.print_exc(file=SORTIE)
            SORTIE.flush()
            return 1
        ecrit = Path(journal.name).stat().st_size
    for fuite in fuites[:40]:
        print(fuite, file=SORTIE)
    print(f"journal : {ecrit} octets ; fuites : {len(fuites)}", file=SORTIE, flush=True)
    return 1 if fuites else 0


if __name__ == "__main__":
    sys.exit(principal())
