"""Rédige une lettre à partir de ce que la conversation sait ; ce qu'elle ne sait pas reste visible et listé.

Identité et adresses ne sont jamais lues : elles sont toujours à compléter à la main. Une lettre à l'employeur qui
contiendrait un mot de santé est refusée.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.contenus import typographier
from actions.documents import garde_sante
from actions.documents.calculs import deduire
from actions.documents.champs import Valeur, lire
from actions.documents.modeles import (
    ARTICLE,
    SANS_SANTE,
    Destinataire,
    Modele,
    Passage,
    commun_en_place,
    modeles_en_place,
)
from actions.documents.page import Page, Paragraphe, Style
from actions.droit import Droit
from actions.droit.ecriture import INSECABLE

_PARENTHESES = re.compile(r" ?\([^)]*\)")
_CODE_DEJA_DIT = re.compile(r"^(CSS|CGFP|C\. trav\.)( art\.)? ")
_ABREGE = re.compile(r"\b(L\.|R\.|D\.|art\.|al\.|n°|décret) ")
_SUITE = "suite"
_ACCOLADE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class LettreInconnue(KeyError):
    """Aucune lettre ne porte ce nom."""


@dataclass(frozen=True)
class Manquant:
    """Ce qui reste à compléter ; ``a_la_main`` : jamais demandé par l'assistant."""

    champ: str
    libelle: str
    a_la_main: bool


@dataclass(frozen=True)
class Lettre:
    """Une lettre rédigée.

    Attributes:
        fichier: nom neutre, sans extension.
        faits: identifiants des faits qui la fondent.
        conseils: phrases à dire à la personne, jamais dans la lettre.
        manquants: tout ce qui s'y lit « [à compléter : …] », dans l'ordre de lecture.
    """

    nom: str
    titre: str
    destinataire: Destinataire
    fichier: str
    objet: str
    page: Page
    faits: tuple[str, ...]
    conseils: tuple[str, ...]
    manquants: tuple[Manquant, ...]


def rediger(nom: str, faits: Mapping[str, object], jour: date, droit: Droit) -> Lettre:
    """Rédige une lettre.

    Args:
        nom: nom d'un fichier de data/lettres.
        faits: ce que la conversation sait ; les clés que la lettre ne déclare pas sont ignorées.
        jour: date de la lettre et du droit.
        droit: faits et paramètres.

    Raises:
        LettreInconnue: aucun modèle de ce nom.
        ErreurChamp: une valeur n'est pas de celles que le champ admet.
        MotDeSante: une lettre à l'employeur aurait contenu un mot de santé.
    """
    if nom not in modeles_en_place():
        raise LettreInconnue(nom)
    modele = modeles_en_place()[nom]
    valeurs = _valeurs(modele, faits)
    redaction = _Redaction(modele, {**valeurs, **deduire(modele, valeurs, jour, droit)}, jour, droit)
    page = redaction.page()
    lettre = Lettre(
        nom=nom,
        titre=modele.titre,
        destinataire=modele.destinataire,
        fichier=modele.fichier,
        objet=modele.objet,
        page=page,
        faits=modele.faits,
        conseils=redaction.conseils(),
        manquants=redaction.manquants_de(page),
    )
    if modele.destinataire in SANS_SANTE:
        libres = [v.ecrit for nom, v in valeurs.items() if modele.champs[nom].type == "texte"]
        garde_sante.verifier("\n".join([page.titre, page.fichier, *(p.texte for p in page.paragraphes)]), libres)
    return lettre


def conseils_sur(sur: str, nom: str, faits: Mapping[str, object], jour: date, droit: Droit) -> tuple[str, ...]:
    """Ce qu'une lettre conseille de son envoi, de la réponse attendue ou d'un refus ; vide si elle n'en dit rien."""
    modele = modeles_en_place()[nom]
    valeurs = _valeurs(modele, faits)
    return _Redaction(modele, {**valeurs, **deduire(modele, valeurs, jour, droit)}, jour, droit).conseils(sur)


def _valeurs(modele: Modele, faits: Mapping[str, object]) -> dict[str, Valeur]:
    oui_non = commun_en_place()["oui_non"]
    connus = (champ for champ in modele.champs.values() if faits.get(champ.nom) is not None)
    return {champ.nom: lire(champ, faits[champ.nom], oui_non) for champ in connus}


def _pieces_jointes(pieces: list[str], gabarit: Mapping[str, Any]) -> list[str]:
    if len(pieces) == 1:
        return [gabarit["une_piece"].format(piece=pieces[0])]
    return [gabarit["pieces"], *(gabarit["piece"].format(piece=piece) for piece in pieces)] if pieces else []


class _Redaction:
    """Remplit un modèle : valeurs connues, paramètres à la date, articles des faits, et le reste à compléter."""

    def __init__(self, modele: Modele, valeurs: Mapping[str, Valeur], jour: date, droit: Droit) -> None:
        self.modele, self.valeurs, self.jour, self.droit = modele, valeurs, jour, droit
        self.commun = commun_en_place()

    def page(self) -> Page:
        gabarit, genre = self.commun["lettre"], self.modele.destinataire
        pieces = self._paragraphes(self.modele.pieces)
        lignes: list[tuple[str, Style]] = [
            *((ligne, "expediteur") for ligne in gabarit["expediteur"][genre]),
            ("", "corps"),
            *((ligne, "destinataire") for ligne in gabarit["destinataire"][genre]),
            (gabarit["lieu"], "lieu"),
            (gabarit["objet"].format(objet=self.modele.objet), "objet"),
            (gabarit["civilite"], "corps"),
            *((texte, "corps") for texte in self._paragraphes(self.modele.corps)),
            (gabarit["politesse"], "corps"),
            *((ligne, "signature") for ligne in gabarit["signature"]),
            *((ligne, "note") for ligne in _pieces_jointes(pieces, gabarit)),
        ]
        paragraphes = tuple(Paragraphe(self.ecrire(texte), style) for texte, style in lignes)
        return Page(gabarit["titre"], self.modele.fichier, paragraphes)

    def _paragraphes(self, passages: Iterable[Passage]) -> list[str]:
        """Assemble les passages retenus ; leurs accolades restent à remplir."""
        textes: list[str] = []
        for passage in passages:
            if not self._retenu(passage):
                continue
            if passage.suite and textes:
                textes[-1] += ("" if passage.colle else " ") + passage.texte
            else:
                textes.append(passage.texte)
        return textes

    def conseils(self, sur: str | None = None) -> tuple[str, ...]:
        """Rend les conseils retenus, remplis ; ceux qui parlent de ``sur`` seulement, s'il est donné."""
        voulus = [c for c in self.modele.conseils if (not c.demande if sur is None else sur in c.sur)]
        if sur and not voulus:
            communs = self.commun["lettre"]["conseils"].get(sur, [])
            voulus = [Passage(texte) for texte in communs] or self._de_l_envoi(sur)
        return tuple(map(self.ecrire, self._paragraphes(voulus)))

    def _de_l_envoi(self, sur: str) -> list[Passage]:
        """Ce qui suit une lettre qui n'en dit rien de propre : l'envoyer."""
        return [c for c in self.modele.conseils if sur == _SUITE and "envoi" in c.sur]

    def _retenu(self, passage: Passage) -> bool:
        return all(map(self._vraie, passage.si)) and not any(map(self._vraie, passage.sauf))

    def _vraie(self, condition: str) -> bool:
        champ, egal, attendu = condition.partition("=")
        valeur = self.valeurs.get(champ)
        return valeur is not None and (not egal or valeur.code == attendu)

    def ecrire(self, texte: str) -> str:
        """Remplit un texte en une passe : une valeur n'est jamais relue comme un gabarit."""
        insecable = texte.replace("article {", f"article{INSECABLE}{{")
        articles = ARTICLE.sub(lambda trouve: self._article(trouve[1]), insecable)
        mots = {nom: self._mot(nom) for nom in _ACCOLADE.findall(articles) if nom not in self.droit.parametres}
        return typographier(self.droit.remplir(articles, self.jour, mots)).replace("'", "’")

    def _mot(self, nom: str) -> str:
        if nom in self.valeurs:
            return self.valeurs[nom].ecrit
        return str(self.commun["a_completer"]).format(libelle=self._libelle(nom))

    def _libelle(self, nom: str) -> str:
        if champ := self.modele.champs.get(nom):
            return champ.libelle
        # « L'agence d'intérim », « votre hôpital » : à qui écrire se précise, le nom s'écrit à la main.
        selon = self.commun["a_la_main_selon"].get(nom, {})
        return str(next((mots for cas, mots in selon.items() if self._vraie(cas)), self.commun["a_la_main"][nom]))

    def _article(self, fait: str) -> str:
        """Première référence d'un fait, sans parenthèse ni le nom du code, que la phrase dit déjà."""
        source = str(self.droit.faits[fait].source).split(" ; ")[0]
        court = _CODE_DEJA_DIT.sub("", _PARENTHESES.sub("", source).split("; ")[0])
        return _ABREGE.sub(lambda trouve: trouve[1] + INSECABLE, court)

    def manquants_de(self, page: Page) -> tuple[Manquant, ...]:
        """Liste ce que la page laisse à compléter, sans doublon, dans l'ordre de lecture."""
        texte = "\n".join(paragraphe.texte for paragraphe in page.paragraphes)
        inconnus = [nom for nom in (*self.modele.champs, *self.commun["a_la_main"]) if nom not in self.valeurs]
        presents = [(texte.find(self.ecrire(f"{{{nom}}}")), nom) for nom in inconnus]
        return tuple(
            Manquant(nom, self._libelle(nom), nom in self.commun["a_la_main"])
            for rang, nom in sorted(presents)
            if rang >= 0
        )
