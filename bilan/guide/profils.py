"""Ce qu'un profil (agent public, militaire…) lit à la place de la réponse ordinaire : data/variantes, au complet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from actions.adresses import code
from bilan.guide.pages import Lien, Section
from bilan.guide.redacteur import Redacteur
from bilan.guide.rendu import ErreurGuide

_DE_CONNAISSANCE = ("utter_faq/", "utter_detail_", "utter_simple_", "utter_idee_recue/", "utter_hors_sujet/")


@dataclass(frozen=True)
class Profil:
    """Un profil de data/guide.yml ; ``quand`` : les slots qui le disent, comme dans data/variantes.

    Attributes:
        complete: profil plus large, dont le détail vaut aussi pour celui-ci.
    """

    nom: str
    titre: str
    lien: str
    quand: Mapping[str, Any]
    complete: str = ""

    @property
    def ancre(self) -> str:
        """Ancre de sa section, qui ne dit pas de qui il s'agit."""
        return code(f"profil/{self.nom}")


def profils(r: Redacteur) -> tuple[Profil, ...]:
    """Rend les profils, dans l'ordre de lecture."""
    return tuple(Profil(nom, **mots) for nom, mots in r.mots["profils"].items())


def verifier(r: Redacteur) -> None:
    """Refuse un guide d'où manqueraient les réponses d'un profil.

    Raises:
        ErreurGuide: une réponse de sujet a une variante dont data/guide.yml ne nomme pas le profil.
    """
    connus = [profil.quand for profil in profils(r)]
    for nom, variantes in r.contenus.reponses.items():
        if nom.startswith(_DE_CONNAISSANCE):
            for quand in filter(None, map(_quand, variantes)):
                if quand not in connus:
                    raise ErreurGuide(f"{nom} : aucun profil de data/guide.yml n'a « quand: {quand} »")


def a_sa_reponse(r: Redacteur, nom: str, profil: Profil) -> bool:
    """Vrai si ce profil, et lui seul, lit autre chose que la réponse ordinaire (d'autres boutons ne suffisent pas)."""
    propres = [v for v in r.contenus.reponses.get(nom, ()) if _quand(v) == profil.quand and not v.get("channel")]
    return any(v.get("text") != r.contenus.variante(nom).get("text") for v in propres)


def parties(r: Redacteur, nom: str, **mots: Any) -> tuple[Section, ...]:
    """Rend, sous une réponse, ce que chaque profil lit à sa place."""
    return tuple(_partie(r, nom, profil, profil.titre, **mots) for profil in profils(r) if a_sa_reponse(r, nom, profil))


def avec_ses_profils(r: Redacteur, nom: str, **mots: Any) -> tuple[Section, ...]:
    """Rend une réponse, sans titre, puis ce que chaque profil lit à sa place."""
    return (Section(corps=r.reponse(nom, **mots), reponse=nom), *parties(r, nom, **mots))


def sections_de_sujet(r: Redacteur, sujet: str) -> tuple[Section, ...]:
    """Rend une section par profil qui a sa réponse à ce sujet : ses niveaux, ses textes et leurs dates."""
    return tuple(_section(r, sujet, profil) for profil in profils(r) if any(_niveaux(r, sujet, profil)))


def sauts(r: Redacteur, sujet: str) -> Markup:
    """Rend l'avertissement qui mène aux profils d'un sujet, vide s'il n'y en a pas."""
    liens = [
        Markup('<li><a href="#{}">{}</a></li>').format(profil.ancre, profil.lien)
        for profil in profils(r)
        if any(_niveaux(r, sujet, profil))
    ]
    if not liens:
        return Markup("")
    return r.html(r.mots["selon_profil"]) + Markup('<ul class="liens profils">{}</ul>').format(Markup("").join(liens))


def _niveaux(r: Redacteur, sujet: str, profil: Profil) -> Iterator[tuple[str, str]]:
    for niveau, debut in (("court", "utter_faq/"), ("simple", "utter_simple_"), ("detail", "utter_detail_")):
        if a_sa_reponse(r, f"{debut}{sujet}", profil):
            yield niveau, f"{debut}{sujet}"


def _section(r: Redacteur, sujet: str, profil: Profil) -> Section:
    mots = r.mots["niveaux"]
    dits = list(_niveaux(r, sujet, profil))
    faits = [fait for _, nom in dits for fait in r.contenus.faits(nom, profil.quand)]
    textes = Section(mots["texte"], liste=r.sources(faits), niveau="texte")
    large = next((p for p in profils(r) if p.nom == profil.complete), None)
    suites = (Lien(r.mots["pour_tous"].format(qui=large.lien), f"#{large.ancre}"),) if large else ()
    return Section(
        profil.titre,
        ancre=profil.ancre,
        niveau="profil",
        parties=(*(_partie(r, nom, profil, mots[niveau]) for niveau, nom in dits), textes),
        suites=suites,
    )


def _partie(r: Redacteur, nom: str, profil: Profil, titre: str, **mots: Any) -> Section:
    return Section(titre, r.reponse(nom, profil.quand, **mots), reponse=nom, profil=profil.nom)


def _quand(variante: Mapping[str, Any]) -> dict[str, Any]:
    return {condition["name"]: condition["value"] for condition in variante.get("condition") or ()}
