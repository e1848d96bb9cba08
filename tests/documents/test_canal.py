"""Le canal des documents, monté comme Rasa le monte, sur un vrai serveur Sanic."""

import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
import pytest_asyncio
from rasa.core.channels.channel import register
from sanic import Sanic

from actions.documents.coffre import Demande, coffre_en_place
from canaux.documents import CanalDocuments
from canaux.rest import CanalRest
from tests.documents.outils import JOUR, octets

PORTS = range(5310, 5320)
LETTRE = Demande("lettre", "demande_plan", "docx", {"organisme": "Zygomatique", "prix": 1800}, JOUR)


@dataclass
class Serveur:
    adresse: str
    lignes: list[str] = field(default_factory=list)

    async def lire(self, chemin: str, methode: str = "GET") -> tuple[int, bytes, dict[str, str]]:
        async with (
            aiohttp.ClientSession() as session,
            session.request(methode, self.adresse + chemin) as reponse,
        ):
            entetes = {nom.lower(): valeur for nom, valeur in reponse.headers.items()}
            return reponse.status, await reponse.read(), entetes


class _Carnet(logging.Handler):
    def __init__(self, lignes: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lignes = lignes

    def emit(self, record: logging.LogRecord) -> None:
        self.lignes.append(f"{record.name} {record.getMessage()} {record.__dict__} {record.exc_info}")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def serveur() -> AsyncIterator[Serveur]:
    Sanic.test_mode = True
    application = Sanic("essai_documents")
    register([CanalRest(), CanalDocuments()], application, route="/webhooks/")
    essai = Serveur("")
    carnet = _Carnet(essai.lignes)
    for nom in ("", "sanic.access", "sanic.error", "sanic.root"):
        logging.getLogger(nom).addHandler(carnet)
        logging.getLogger(nom).setLevel(logging.DEBUG)
    ecoute = None
    for port in PORTS:
        try:
            ecoute = await application.create_server(
                "127.0.0.1", port, return_asyncio_server=True, access_log=True, debug=False
            )
        except OSError:
            continue
        essai.adresse = f"http://127.0.0.1:{port}"
        break
    assert ecoute is not None, "aucun port libre"
    await ecoute.startup()
    yield essai
    ecoute.close()
    await ecoute.wait_closed()
    for nom in ("", "sanic.access", "sanic.error", "sanic.root"):
        logging.getLogger(nom).removeHandler(carnet)
        logging.getLogger(nom).setLevel(logging.WARNING)


def lien(demande: Demande = LETTRE, age: int = 0) -> str:
    return "/documents/" + coffre_en_place().sceller(demande, int(time.time()) - age)


async def test_un_lien_remet_le_document_en_piece_jointe(serveur: Serveur) -> None:
    code, contenu, entetes = await serveur.lire(lien())
    assert code == 200
    assert contenu == octets("demande_plan", "docx", {"organisme": "Zygomatique", "prix": 1800})
    assert entetes["content-type"].endswith("wordprocessingml.document")
    assert entetes["content-disposition"] == 'attachment; filename="courrier-demande.docx"'
    assert entetes["x-content-type-options"] == "nosniff"
    assert entetes["cache-control"] == "no-store"
    assert "sandbox" in entetes["content-security-policy"]
    assert entetes["referrer-policy"] == "no-referrer"


async def test_un_lien_expire_se_dit(serveur: Serveur) -> None:
    code, contenu, entetes = await serveur.lire(lien(age=3600))
    assert code == 410 and "expiré" in contenu.decode() and entetes["cache-control"] == "no-store"


@pytest.mark.parametrize("jeton", ["n-importe-quoi", "a" * 6_500, "%2e%2e%2fetc%2fpasswd", "%00", "é"])
async def test_un_faux_lien_ne_mene_a_rien(serveur: Serveur, jeton: str) -> None:
    code, contenu, _ = await serveur.lire(f"/documents/{jeton}")
    assert code == 404 and b"Traceback" not in contenu


async def test_un_jeton_modifie_ne_mene_a_rien(serveur: Serveur) -> None:
    adresse = lien()
    assert (await serveur.lire(adresse[:-5] + ("A" if adresse[-5] != "A" else "B") + adresse[-4:]))[0] == 404


async def test_une_lettre_impossible_ne_mene_a_rien(serveur: Serveur) -> None:
    sante = Demande("lettre", "demande_plan", "txt", {"organisme": "Clinique du dos"}, JOUR)
    code, contenu, _ = await serveur.lire(lien(sante))
    assert code == 404 and b"Clinique" not in contenu


async def test_seule_la_lecture_est_ouverte_et_ailleurs_rien(serveur: Serveur) -> None:
    assert (await serveur.lire(lien(), "POST"))[0] == 405
    assert (await serveur.lire(lien(), "DELETE"))[0] == 405
    assert (await serveur.lire("/documents/"))[0] == 404
    assert (await serveur.lire("/webhooks" + lien()))[0] == 404


async def test_aucun_journal_ne_porte_le_jeton_mais_les_autres_routes_y_sont(serveur: Serveur) -> None:
    serveur.lignes.clear()
    await serveur.lire("/webhooks/rest/")
    for adresse in (lien(), lien(age=3600), "/documents/canari42", "/documents/a/canari42", lien() + "?x=canari42"):
        await serveur.lire(adresse)
        await serveur.lire(adresse, "POST")
    journal = "\n".join(serveur.lignes)
    assert "/webhooks/rest/" in journal  # le témoin : le journal d'accès écrit bien
    assert "/documents" not in journal and "canari42" not in journal and "gAAAA" not in journal
