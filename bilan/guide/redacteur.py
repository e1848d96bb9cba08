"""Écrit en HTML les textes de l'assistant, au droit d'une date : mêmes mots que la conversation, liens actifs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlsplit

import yaml
from markupsafe import Markup, escape

from actions import reglages
from actions.adresses import adresse, code
from actions.contenus import Contenus, contenus_en_place, lire_envoi, typographier
from actions.droit import Droit, Fait, ValeurAbsente, droit_en_place, ecriture
from actions.parcours.messages import libelles
from bilan.guide.pages import Lien

# Un numéro plus court (« 15 ») ne se distingue pas d'un nombre : la page Secours le relie elle-même.
_NUMERO_LONGUEUR_MIN = 4
# Slots qui disent à qui l'on parle, comme le « quand » de data/variantes.
Profil = Mapping[str, Any]
_REL = "noopener noreferrer external"
_PUCE = re.compile(r"(- |\d+\. )")
# Envois de boutons qui mènent à une page ; les autres n'ont de sens que dans une conversation.
_PAGES = {
    "verifier_eligibilite": "droits",
    "simuler_cout": "calcul",
    "demander_cpf": "demande",
    "planifier": "calendrier",
    "parler_a_un_humain": "humains",
    "parler_employeur": "echange",
    "repeter": "echange",
    "rediger_lettre": "lettres",
    "recapituler": "essentiel",
    "signaler_harcelement": "secours",
    "demander_aide": "accueil",
}


@cache
def mots_du_guide() -> dict[str, Any]:
    """Les mots propres au guide (data/guide.yml)."""
    contenu: dict[str, Any] = yaml.load(
        (reglages.DOSSIER_DONNEES / "guide.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    soignes: dict[str, Any] = _soigner(contenu)
    return soignes


def _soigner(objet: Any) -> Any:
    """Pose la typographie française dans toutes les chaînes d'un objet."""
    if isinstance(objet, dict):
        return {cle: _soigner(valeur) for cle, valeur in objet.items()}
    return typographier(objet) if isinstance(objet, str) else objet


class Redacteur:
    """Textes, droit et date du guide ; aucune horloge."""

    def __init__(self, jour: date) -> None:
        self.jour = jour
        self.contenus: Contenus = contenus_en_place()
        self.droit: Droit = droit_en_place()
        self.mots = mots_du_guide()
        self._fixes = {
            "conservation_inactivite": ecriture.grandeur(reglages.INACTIVITE_MINUTES, "minutes"),
            "message_longueur_max": ecriture.nombre(reglages.MESSAGE_LONGUEUR_MAX),
            "duree_lien": ecriture.grandeur(reglages.DOCUMENT_MINUTES, "minutes"),
            "date_du_jour": ecriture.jour_court(jour),
            "lieu_du_fil": libelles()["lieu_du_fil"]["base" if reglages.fil_en_base() else "memoire"],
        }

    def remplir(self, texte: str, **mots: object) -> str:
        """Remplit un texte des données, typographie comprise.

        Raises:
            ValeurAbsente: un paramètre cité n'est pas en vigueur à cette date.
        """
        return typographier(self.droit.remplir(texte, self.jour, {**self._fixes, **mots}))

    def texte(self, nom: str, quand: Profil | None = None, **mots: object) -> str:
        """Rend le texte d'une réponse, comme l'assistant le dit à ce profil (sans sa mention)."""
        try:
            return self.remplir(self.contenus.variante(nom, quand)["text"], **mots)
        except ValeurAbsente:
            return self.remplir(self.contenus.variante("utter_valeur_absente")["text"])

    def reponse(self, nom: str, quand: Profil | None = None, **mots: object) -> Markup:
        """Rend une réponse en HTML, terminée par sa date de vérification et sa source."""
        return self.html(self.texte(nom, quand, **mots)) + self.mention(nom, quand)

    def mention(self, nom: str, quand: Profil | None = None) -> Markup:
        """Rend la ligne « Vérifié le… » d'une réponse ; vide si elle n'affirme rien du droit."""
        metadonnees = self.contenus.metadonnees(nom, quand)
        faits = self._faits(metadonnees.get("faits", []))
        if not faits:
            return Markup("")
        douteux = next((fait for fait in faits if fait.confiance == "probable"), None)
        modele = self.contenus.variante("utter_mention")
        fait = douteux or faits[0]
        mots = {
            "verifie_le": ecriture.jour_court(min(f.verifie_le for f in faits)),
            "source": fait.reference,
            "porte": fait.porte.nom,
        }
        cle = metadonnees.get("mention") or ("probable" if douteux else "non_lu" if fait.non_lu else "")
        gabarit = modele["metadata"][cle] if cle else modele["text"]
        return Markup('<p class="mention">{}</p>').format(self.remplir(gabarit, **mots))

    def sources(self, identifiants: Iterable[str]) -> tuple[Markup, ...]:
        """Rend une ligne par texte cité : source, lien et date, ou ce qui n'est pas établi."""
        gabarits = self.contenus.metadonnees("utter_le_texte")
        lignes = []
        for fait in self._faits(dict.fromkeys(identifiants)):
            confiance = "sur" if fait.confiance == "exigence" else fait.confiance
            ligne = gabarits["ligne_non_lu" if confiance == "sur" and fait.non_lu else f"ligne_{confiance}"]
            mots = {
                "source": escape(fait.textes),
                "lien": lien_externe(fait.lien),
                "porte": escape(fait.porte.nom),
                "lien_porte": lien_externe(fait.porte.lien),
                "verifie_le": ecriture.jour_court(fait.verifie_le),
            }
            lignes.append(Markup(self.remplir(str(escape(ligne)).removeprefix("- "), **mots)))
        return tuple(dict.fromkeys(lignes))

    def html(self, texte: str) -> Markup:
        """Rend un texte en paragraphes et listes, sites et numéros reliés."""
        return Markup("").join(self._blocs(texte))

    def ligne(self, texte: str) -> Markup:
        """Rend une phrase en HTML, sites et numéros reliés."""
        return Markup(self._connus.sub(self._relier, str(escape(typographier(texte)))))

    def suites(self, nom: str) -> tuple[Lien, ...]:
        """Questions suivantes d'une réponse : ses boutons qui ont une page."""
        boutons = self.contenus.variante(nom).get("buttons") or []
        liens = [Lien(self.remplir(b["title"]), vers) for b in boutons if (vers := self.cible(b["payload"]))]
        return tuple(lien for lien in liens if lien.adresse != adresse("accueil"))

    def cible(self, envoi: str) -> str | None:
        """Page où mène l'envoi d'un bouton ; ``None`` s'il n'a de sens que dans une conversation."""
        intention, argument = lire_envoi(envoi)
        if intention == "faq":
            return adresse(f"faq/{argument}")
        if intention == "idee_recue":
            nom = f"utter_idee_recue/{argument}"
            return f"{adresse(f'idees/{self.groupe(nom)}')}#{code(nom)}"
        if intention == "rediger_lettre" and argument:
            return adresse(f"lettre/{argument}")
        return adresse(_PAGES[intention]) if intention in _PAGES else None

    def groupe(self, nom: str) -> str:
        """Groupe de data/sujets.yml du sujet principal d'une réponse."""
        sujets = self.contenus.sujets(nom)
        return next((g for g, s in self.groupes.items() if sujets and sujets[0] in s), next(iter(self.groupes)))

    @cached_property
    def groupes(self) -> dict[str, list[str]]:
        """Sujets de connaissance, par groupe (data/sujets.yml)."""
        brut = yaml.safe_load((reglages.DOSSIER_DONNEES / "sujets.yml").read_text(encoding="utf-8"))
        return {groupe: list(brut[groupe]) for groupe in self.mots["groupes"]}

    def _faits(self, identifiants: Iterable[str]) -> list[Fait]:
        return [self.droit.faits[i] for i in identifiants if i in self.droit.faits]

    def _blocs(self, texte: str) -> Iterator[Markup]:
        """Regroupe les lignes à puce ; toute autre ligne est un paragraphe."""
        puces: list[Markup] = []
        for ligne in [*(brute.strip() for brute in texte.split("\n")), ""]:
            if _PUCE.match(ligne):
                puces.append(Markup("<li>{}</li>").format(self.ligne(_PUCE.sub("", ligne, count=1))))
                continue
            if puces:
                yield Markup("<ul>{}</ul>").format(Markup("").join(puces))
                puces = []
            if ligne:
                yield Markup("<p{}>{}</p>").format(self._langue(ligne), self.ligne(ligne))

    def _langue(self, ligne: str) -> Markup:
        """« English: … » : une ligne d'une autre langue se lit avec sa voix."""
        langues = self.contenus.metadonnees("utter_autre_langue")["langues"]
        code_de_langue = langues.get(ligne.split(":")[0].strip())
        return Markup(' lang="{}"').format(code_de_langue) if code_de_langue else Markup("")

    @cached_property
    def _liens(self) -> Mapping[str, str]:
        """Adresse de chaque site et numéro que le droit connaît à cette date, tel qu'il s'écrit."""
        liens = {}
        for parametre in self.droit.parametres.values():
            if parametre.unite not in ("lien", "telephone") or parametre.valeurs[0].depuis > self.jour:
                continue
            ecrit = ecriture.grandeur(parametre.a(self.jour).montant, parametre.unite)
            liens[ecrit] = f"https://{ecrit}" if parametre.unite == "lien" else f"tel:{re.sub(r'[^0-9+]', '', ecrit)}"
        for fait in self.droit.faits.values():
            liens.setdefault(fait.porte.lien.removeprefix("https://"), fait.porte.lien)
        return {ecrit: vers for ecrit, vers in liens.items() if len(ecrit) >= _NUMERO_LONGUEUR_MIN}

    @cached_property
    def _connus(self) -> re.Pattern[str]:
        plus_long_d_abord = sorted(self._liens, key=lambda ecrit: (-len(ecrit), ecrit))
        return re.compile(r"(?<![\w.@/-])(?:" + "|".join(map(re.escape, plus_long_d_abord)) + r")(?![\w/-])")

    def _relier(self, trouve: re.Match[str]) -> str:
        vers = self._liens[trouve[0]]
        rel = "" if vers.startswith("tel:") else f' rel="{_REL}"'
        return f'<a href="{escape(vers)}"{rel}>{trouve[0]}</a>'


def lien_externe(lien: str) -> Markup:
    """Relie une adresse https, dite par son seul nom de site (l'impression la donne entière) ; sinon, la nomme."""
    site = urlsplit(lien).netloc.removeprefix("www.")
    return (
        Markup('<a href="{}" rel="{}">{}</a>').format(lien, _REL, site) if lien.startswith("https:") else escape(site)
    )
