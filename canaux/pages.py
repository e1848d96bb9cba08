"""Pages servies par l'assistant : démonstration d'intranet, « À propos », page neutre, script du widget.

Toutes partent avec une politique de sécurité qui n'admet que ce serveur, sans style ni script en ligne.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from string import Template
from typing import Any

import holidays
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions import reglages
from actions.contenus import contenus_en_place
from actions.droit import ecriture
from canaux import surveillance
from canaux.informations import AVIS_POSITIF
from canaux.paquet_widget import DOSSIER, paquet
from canaux.textes_widget import textes
from canaux.widget import CanalWidget

_POLITIQUE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_ENTETES = {
    "Content-Security-Policy": _POLITIQUE,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_UN_AN = "public, max-age=31536000, immutable"


def poser(app: Sanic) -> None:
    """Pose les pages à la racine du serveur (remplace le « Hello from Rasa » de Rasa)."""
    # Au-delà, la requête est coupée avant d'être lue en entier.
    app.config.REQUEST_MAX_SIZE = 4 * reglages.CORPS_TAILLE_MAX
    pages = Blueprint("pages")
    pages.add_route(demonstration, "/", methods=["GET"], name="accueil")
    pages.add_route(demonstration, "/demo", methods=["GET"], name="demo")
    pages.add_route(a_propos, "/a-propos", methods=["GET"], name="a_propos")
    pages.add_route(neutre, "/assistant/pratique", methods=["GET"], name="neutre")
    pages.add_route(style, "/assistant/page.css", methods=["GET"], name="style")
    pages.add_route(script, "/assistant/<empreinte:str>/assistant.js", methods=["GET"], name="script")
    pages.add_route(icone, "/favicon.ico", methods=["GET"], name="icone")
    app.blueprint(pages)
    surveillance.poser(app)


async def demonstration(requete: Request) -> HTTPResponse:
    """Une page d'intranet avec le widget."""
    balise = paquet().balise(sortie="/assistant/pratique", a_propos="/a-propos")
    return _page("demo", balise=balise, balise_lisible=escape(balise))


async def a_propos(requete: Request) -> HTTPResponse:
    """Ce qui tourne, lu sur ce qui tourne."""
    canal = next(c for c in requete.app.ctx.input_channels if isinstance(c, CanalWidget))
    etat, mots = canal.informations.decrire(requete), textes()["a_propos"]
    verifies = mots["droit_verifie"].format(
        debut=_jour(etat["faits_verifies_du"]), fin=_jour(etat["faits_verifies_au"])
    )
    lignes = [
        (mots["version"], etat["version"]),
        (mots["modele"], etat["modele"]),
        (mots["widget"], etat["widget"]),
        (mots["droit_lu_au"], _jour(etat["droit_lu_au"])),
        (mots["faits"], f"{etat['faits']}. {verifies}."),
    ]
    return _page(
        "a_propos",
        **{cle: escape(valeur) for cle, valeur in mots.items()},
        tableau="".join(f"<tr><th scope=row>{escape(nom)}</th><td>{escape(str(v))}</td></tr>" for nom, v in lignes),
        lecteurs="".join(f"<li>{escape(ligne)}</li>" for ligne in etat["qui_peut_lire"]),
        comptes=_comptes(etat["avis"]) or f"<p>{escape(mots['aucun_avis'])}</p>",
    )


async def neutre(requete: Request) -> HTTPResponse:
    """Page banale où mène « Quitter vite » : les jours fériés de l'année, rien qui parle de l'assistant."""
    annee = reglages.aujourd_hui().year
    jours = sorted(holidays.country_holidays("FR", years=annee, language="fr").items())
    lignes = "".join(f"<tr><td>{ecriture.jour_court(j)}</td><td>{escape(nom)}</td></tr>" for j, nom in jours)
    # Gardée par le navigateur : le widget la lit d'avance, « Quitter vite » n'attend pas le réseau.
    return _page("neutre", {"Cache-Control": "private, max-age=3600"}, annee=str(annee), tableau=lignes)


async def style(requete: Request) -> HTTPResponse:
    """Feuille de style des pages."""
    texte = (DOSSIER / "pages/page.css").read_text(encoding="utf-8")
    return response.text(texte, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=300"})


async def script(requete: Request, empreinte: str) -> HTTPResponse:
    """Script du widget, à son adresse d'empreinte seulement ; lisible d'un autre site (l'intégrité l'exige)."""
    if empreinte != paquet().empreinte:
        return response.empty(404)
    entetes = {"Cache-Control": _UN_AN, "Access-Control-Allow-Origin": "*", "Vary": "Accept-Encoding"}
    comprime = "gzip" in requete.headers.get("accept-encoding", "")
    return response.raw(
        paquet().comprime if comprime else paquet().octets,
        content_type="text/javascript; charset=utf-8",
        headers={**entetes, **({"Content-Encoding": "gzip"} if comprime else {})},
    )


async def icone(requete: Request) -> HTTPResponse:
    """Aucune icône."""
    return response.empty(headers={"Cache-Control": _UN_AN})


def _page(nom: str, entetes: Mapping[str, str] | None = None, **mots: str) -> HTTPResponse:
    return response.html(_gabarit(nom).substitute(mots), headers={**_ENTETES, **(entetes or {})})


@cache
def _gabarit(nom: str) -> Template:
    return Template((DOSSIER / f"pages/{nom}.html").read_text(encoding="utf-8"))


def _jour(iso: str) -> str:
    return ecriture.jour_court(date.fromisoformat(iso))


def _comptes(avis: Mapping[str, Mapping[str, Any]]) -> str:
    raisons = {AVIS_POSITIF: textes()["libelles"]["utile"], **textes()["avis"]}
    return "".join(
        f"<h3>{escape(contenus_en_place().metadonnees(reponse).get('titre', reponse))}</h3><ul>"
        + "".join(f"<li>{escape(raisons[avis])} : {n}</li>" for avis, n in sorted(comptes.items()))
        + "</ul>"
        for reponse, comptes in sorted(avis.items())
    )
