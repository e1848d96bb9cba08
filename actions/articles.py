"""Les articles qu'un message nomme : cités par les faits, déplacés, périmés ou inconnus ; le texte d'un montant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from actions.contenus import Contenus, typographier
from actions.droit import Droit, Fait, ecriture
from actions.en_place import lu_une_fois
from actions.parcours.choix import simplifier
from actions.parcours.messages import Message
from actions.reglages import DOSSIER_DONNEES

PERIMES = "idee_recue/articles_perimes"
_NOM = r"(?P<lettre>[LRD])\s?\.?\s?\*?\s?(?P<numero>\d{3,4}(?:-\d+){1,4}|\d{4}(?=-\d)|6323\b)(?P<suite>(?-i: A\b))?"
_NOMME = re.compile(rf"(?<![\w.]){_NOM}", re.I)
_SANS_LETTRE = re.compile(r"\barticles? (?P<numero>\d{4}(?:-\d+){1,4})", re.I)
_ANCIEN = re.compile(r"\(ancien[^)]*\)")
_NOMBRE = re.compile(r"\d[\d  ]*(?:,\d+)?")
_MOT = re.compile(r"[a-z]{5,}")
# Du cœur du sujet aux marges : les règles du bilan et du CPF d'abord, le public et le rôle des acteurs en dernier.
_D_ABORD = ("def.", "conf.", "temps.", "cpf.", "employeur.", "participation.", "sante.")
_EN_DERNIER = ("fpe.", "fpt.", "fph.", "pub.", "act.", "acc.", "ia.")
_FAITS_MAX = 2


def nommes(texte: str) -> list[str]:
    """Articles que le texte nomme, collés (« L6313-4 ») ; sans lettre, le numéro seul."""
    trouves = [f"{t['lettre'].upper()}{t['numero']}{t['suite'] or ''}" for t in _NOMME.finditer(texte)]
    return list(dict.fromkeys(trouves or [t["numero"] for t in _SANS_LETTRE.finditer(texte)]))


def nomme_un_perime(texte: str) -> bool:
    """Un numéro que la fiche de droit dit abrogé ou déplacé."""
    simple = simplifier(texte)
    return any(_est_perime(nom) or _deplace(nom, simple) for nom in nommes(texte))


def repondre(texte: str, intention: Mapping[str, Any], jour: date, droit: Droit, contenus: Contenus) -> Message | None:
    """Rend ce que l'on sait de l'article nommé, ou le texte qui fonde le montant dit ; ``None`` si rien n'est demandé.

    Args:
        texte: message reçu.
        intention: ce que le classement en a décidé.
        jour: date du droit.
        droit: faits et paramètres.
        contenus: gabarits des réponses.
    """
    noms, simple = nommes(texte), simplifier(texte)
    if texte.startswith("/"):
        return None
    if not noms:
        return _texte_d_un_montant(simple, _faits_du_sujet(intention, contenus), jour, droit)
    sans_autre_question = intention.get("etiquette") == PERIMES and not intention.get("seconde")
    if not sans_autre_question and not _regles()["question"].search(simple):
        return None
    for nom in noms:
        if deplace := _deplace(nom, simple):
            return _ligne_par_article("utter_article_deplace", nom, deplace["bon"], simple, droit)
    if any(map(_est_perime, noms)):
        return Message(f"utter_{PERIMES}")
    nom, faits = next(((nom, faits) for nom in noms if (faits := _qui_citent(nom, simple, droit))), (noms[0], []))
    if not faits:
        return Message("utter_article_inconnu", {"article": _ecrire(nom)})
    return _cite(nom, faits, simple, contenus)


def _cite(nom: str, faits: list[Fait], simple: str, contenus: Contenus) -> Message:
    gabarits = contenus.metadonnees("utter_article_cite")
    nom, lien = _avec_adresse(nom, faits)
    ecrit, non_lu = _ecrire(nom), any("non lu" in f"{fait.vigueur} {fait.reserve}" for fait in faits)
    cas = "non_lu" if non_lu else next((c for c in ("exact", "vigueur") if _regles()[c].search(simple)), "cite")
    mots = {"article": ecrit, "lien": lien, "verifie_le": ecriture.jour_court(min(f.verifie_le for f in faits))}
    lignes = "\n".join(_ligne(gabarits, fait) for fait in faits[:_FAITS_MAX])
    return Message("utter_article_cite", {**mots, "debut": str(gabarits[cas]).format(**mots), "lignes": lignes})


def _ligne_par_article(reponse: str, nom: str, bon: str, simple: str, droit: Droit) -> Message:
    """« R. 6313-7 » n'est pas l'article cherché : ce que dit le bon, et ce que dit celui-ci s'il est en vigueur."""
    lignes: list[str] = []
    for article in (bon, nom):
        lignes += [f"- {_ecrire(article)} : {fait.enonce}" for fait in _qui_citent(article, simple, droit)[:1]]
    _, lien = _avec_adresse(bon, _qui_citent(bon, simple, droit))
    return Message(reponse, {"article": _ecrire(nom), "bon": _ecrire(bon), "lignes": "\n".join(lignes), "lien": lien})


def _faits_du_sujet(intention: Mapping[str, Any], contenus: Contenus) -> set[str]:
    sujet = contenus.sujets_d_etiquette(str(intention.get("etiquette")))[0]
    return {*contenus.faits(f"utter_faq/{sujet}"), *contenus.faits(f"utter_detail_{sujet}")}


def _texte_d_un_montant(simple: str, du_sujet: set[str], jour: date, droit: Droit) -> Message | None:
    """« Le plafond de 1600, quel décret ? » : le fait du paramètre qui vaut ce montant aujourd'hui."""
    regles = _regles()
    if not regles["source"].search(simple):
        return None
    faits: list[Fait] = []
    for trouve in _NOMBRE.finditer(simple):
        montant, suite = Decimal(re.sub(r"\D", "", trouve[0].split(",")[0])), simple[trouve.end() :].lstrip()
        unite = next((u for u, motif in regles["unites"].items() if motif.match(suite)), None)
        for parametre in droit.parametres.values():
            valeur = next(iter(reversed(parametre.jusqu_a(jour))), None)
            de_l_unite = parametre.unite.startswith(unite) if unite else parametre.unite == "euros"
            if valeur and valeur.montant == montant and de_l_unite and not parametre.projet:
                faits.append(valeur.fait)
    proches = [fait for fait in faits if fait.id in du_sujet] or faits
    retenus = _classer(dict.fromkeys(proches), simple)[:_FAITS_MAX]
    return Message("utter_texte_du_montant", {"faits": [fait.id for fait in retenus]}) if retenus else None


def _qui_citent(nom: str, simple: str, droit: Droit) -> list[Fait]:
    """Faits établis dont la source nomme l'article : ceux qui n'en disent que cela, et proches du message, d'abord."""
    retenus: dict[Fait, int] = {}
    for fait in droit.faits.values():
        cites = nommes(_ANCIEN.sub("", fait.source or "")) if fait.confiance != "a_verifier" else []
        rang = next((r for r, cite in enumerate(cites) if nom in (cite, cite[1:])), None)
        if rang is not None:
            retenus[fait] = rang * len(cites)
    return _classer(retenus, simple, retenus)


def _classer(faits: Iterable[Fait], simple: str, eloignes: Mapping[Fait, int] | None = None) -> list[Fait]:
    mots = set(_MOT.findall(simple))

    def rang(fait: Fait) -> tuple[bool, int, bool, int, bool]:
        communs = mots & set(_MOT.findall(simplifier(fait.enonce)))
        loin = eloignes[fait] if eloignes else 0
        marges, coeur = fait.id.startswith(_EN_DERNIER), fait.id.startswith(_D_ABORD)
        return marges, -len(communs), not coeur, loin, fait.confiance != "sur"

    return sorted(faits, key=rang)


def _avec_adresse(nom: str, faits: list[Fait]) -> tuple[str, str]:
    """Le nom complet de l'article, et son adresse si un fait la donne."""
    for fait in faits:
        for titre, adresse in fait.adresses:
            for lu in nommes(titre):
                if nom in (lu, lu[1:]):
                    return lu, adresse
    return nom, faits[0].lien if faits else ""


def _ligne(gabarits: Mapping[str, Any], fait: Fait) -> str:
    gabarit = gabarits["ligne_douteuse" if fait.confiance == "probable" else "ligne"]
    return typographier(str(gabarit).format(enonce=fait.enonce, porte=fait.porte.nom))


def _est_perime(nom: str) -> bool:
    return any(motif.fullmatch(nom) for motif in _regles()["perimes"])


def _deplace(nom: str, simple: str) -> Mapping[str, str] | None:
    regle: Mapping[str, str] | None = _regles()["deplaces"].get(nom)
    return regle if regle and re.search(regle.get("mots", ""), simple) else None


def _ecrire(nom: str) -> str:
    """« L6313-4 » s'écrit « L. 6313-4 »."""
    return f"{nom[0]}.\u00a0{nom[1:]}" if nom[0].isalpha() else nom


@lu_une_fois
def _regles() -> dict[str, Any]:
    lu = yaml.safe_load((DOSSIER_DONNEES / "articles.yml").read_text(encoding="utf-8"))
    compiles = {cle: re.compile(lu[cle]) for cle in ("question", "exact", "vigueur", "source")}
    unites = {unite: re.compile(motif) for unite, motif in lu["unites"].items()}
    return {**lu, **compiles, "unites": unites, "perimes": [re.compile(motif) for motif in lu["perimes"]]}
