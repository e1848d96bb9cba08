"""Messages courts qui ne se comprennent qu'avec ce qui précède, reconnus d'après data/relances.yml (pur, sans Rasa)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from actions.en_place import lu_une_fois
from actions.reglages import DOSSIER_DONNEES
from actions.simplification import simplifier

MEME_SUJET, TEXTES = "meme_sujet", "textes"
_MOTS_MAX = 12
_MOTS_MAX_SANS_SUJET = 8
_PHRASES = re.compile(r"[.!?;,\n]+")
# Des mots entiers, sans retour (« ++ ») : un long message sans espace se lirait sinon de mille façons. « d' » finit.
_QUELQUES_MOTS = r"(?: ?[\\w']++){0,5}(?: ?\\w++')? ?"


@dataclass(frozen=True)
class Relance:
    """Une entrée de la table : ce qu'elle reconnaît et où elle mène selon le sujet ou le groupe précédent."""

    motif: re.Pattern[str]
    selon: Mapping[str, str]
    vers: str | None


@dataclass(frozen=True)
class Relances:
    """La table entière."""

    entrees: list[Relance]
    liaisons: Mapping[str, re.Pattern[str]]
    exclus: re.Pattern[str]
    groupe_de: Mapping[str, str]
    sans_sujet: frozenset[str]
    voisinage: Mapping[str, list[str]]
    des_questions: Mapping[str, str]
    fin_du_rappel: re.Pattern[str]
    rechute: re.Pattern[str]
    apaisement: re.Pattern[str]

    def trouver(self, texte: str, precedent: str) -> str | None:
        """Rend où mène un message d'après le sujet précédent, ou ``None`` s'il se comprend seul.

        Returns:
            étiquette (« faq/duree »), :data:`MEME_SUJET` ou :data:`TEXTES`.
        """
        reste = self.liaisons["fin"].sub("", self.liaisons["debut"].sub("", simplifier(texte)))
        if not reste or len(reste.split()) > _MOTS_MAX or self.exclus.fullmatch(reste):
            return None
        for entree in self.entrees:
            if entree.motif.fullmatch(reste):
                vers = entree.selon.get(precedent) or entree.selon.get(self.groupe_de.get(precedent, ""), entree.vers)
                if vers:
                    return MEME_SUJET if vers == f"faq/{precedent}" else vers
        return None

    def garde_le_sujet(self, texte: str, precedent: str, classement: str | None) -> bool:
        """Dit si un message court ne nomme aucun sujet et ne se classe pas, pris seul, dans un sujet voisin."""
        groupe = self.groupe_de.get(precedent, "")
        voisins = {*self.voisinage["partout"], *self.voisinage.get(precedent, self.voisinage.get(groupe, []))}
        croyable = classement in voisins or self.groupe_de.get(classement or "") in voisins
        return self.sans_sujet_propre(texte) and not croyable

    def arrete_le_rappel(self, texte: str) -> bool:
        """« Arrêtez de m'envoyer le 3114 » : les secours donnés n'ont plus à être redits."""
        return une_phrase(self.fin_du_rappel, texte)

    def sans_le_rappel(self, texte: str) -> str:
        """Ce que dit un message en plus de ne plus vouloir du rappel : sa question, s'il en pose une."""
        phrases = (phrase.strip() for phrase in _PHRASES.split(texte))
        return ". ".join(
            phrase for phrase in phrases if phrase and not self.fin_du_rappel.fullmatch(simplifier(phrase))
        )

    def fait_craindre_une_rechute(self, texte: str) -> bool:
        """« Le soir ça revient, je me sens au bout », après des secours."""
        return une_phrase(self.rechute, texte)

    def apaise(self, texte: str) -> bool:
        """« Ça va mieux », « je vais pas le faire » : sans rechute dite dans le même message."""
        return une_phrase(self.apaisement, texte) and not self.fait_craindre_une_rechute(texte)

    def sans_sujet_propre(self, texte: str) -> bool:
        """Dit si un message court ne nomme aucun sujet."""
        mots = re.split(r"[ ']", self.liaisons["debut"].sub("", simplifier(texte)))
        return len(mots) <= _MOTS_MAX_SANS_SUJET and self.sans_sujet.issuperset(mots)


def traduire(modele: str, mots: Mapping[str, str]) -> str:
    """Traduit l'écriture de data/relances.yml en expression régulière ; une espace peut manquer dans le message."""
    for nom, liste in mots.items():
        modele = modele.replace("{" + nom + "}", liste)
    expression = modele.replace("(", "(?:").replace("[", "(?:").replace("]", ")?")
    return re.sub(r" ?… ?", _QUELQUES_MOTS, expression).replace(" ", " ?")


def lire(brut: Mapping[str, Any], groupes: Mapping[str, Any]) -> Relances:
    """Lit la table.

    Raises:
        ValueError: écriture illisible.
    """
    entrees = []
    for entree in brut["relances"]:
        try:
            motif = re.compile("|".join(traduire(modele, brut["mots"]) for modele in entree["dit"]))
        except re.error as erreur:
            raise ValueError(f"data/relances.yml : {entree['dit']} ({erreur})") from erreur
        entrees.append(Relance(motif, entree.get("selon", {}), entree.get("vers")))
    debut, fin = ("|".join(sorted(brut["liaisons"][bord], key=len, reverse=True)) for bord in ("debut", "fin"))
    groupe_de = {sujet: groupe for groupe, sujets in groupes.items() for sujet in sujets}
    liaisons = {"debut": re.compile(rf"^(?:(?:{debut})\b ?)+"), "fin": re.compile(rf"(?: (?:{fin}))+$")}
    exclus, fin_du_rappel, rechute, apaisement = (
        re.compile("|".join(traduire(modele, brut["mots"]) for modele in brut[liste]))
        for liste in ("exclus", "fin_du_rappel", "rechute", "apaisement")
    )
    sans_sujet = frozenset(mot for mots in brut["sans_sujet"].values() for mot in mots)
    voisinage, questions = brut["voisinage"], brut["questions"]
    table = (entrees, liaisons, exclus, groupe_de, sans_sujet, voisinage, questions)
    return Relances(*table, fin_du_rappel, rechute, apaisement)


def une_phrase(motif: re.Pattern[str], texte: str) -> bool:
    """Vrai si le motif reconnaît une phrase du message en entier."""
    return any(motif.fullmatch(simplifier(phrase)) for phrase in _PHRASES.split(texte) if phrase.strip())


@lu_une_fois
def relances_en_place() -> Relances:
    """La table du projet, lue une fois par version."""

    def yml(nom: str) -> Any:
        return yaml.load((DOSSIER_DONNEES / nom).read_text(encoding="utf-8"), yaml.CSafeLoader)

    return lire(yml("relances.yml"), yml("sujets.yml"))
