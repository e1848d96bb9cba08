"""Les dates d'une démarche en cours : demandée le 2 novembre, refusée hier, « au bout de 40 jours »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from actions.comprehension import dates
from actions.comprehension.motifs_dates import JOURS_RE, MOIS_RE
from actions.comprehension.periodes import Periode, dans_le_mois_de
from actions.comprehension.vocabulaire import vocabulaire_en_place

_DATE = rf"(?:le |du |depuis |en |debut |fin |mi )*(?:\d|hier|avant hier|il y a|ca fait|{JOURS_RE}\b|{MOIS_RE})"
_PARTI = r"(?:demande|envoye|depose|pose|recu|remi[st]|transmis|donne|adresse)e?s?"
_FAIT = rf"(?:{_PARTI}|(?:fai[st]|passe|file)e?s?)"
_AUX = r"(?:ai|as|a|ont|avais|avait|avez|ete|est|etait)"
# « Il m'a dit à l'oral hier que non » : quatre mots au plus entre les deux.
_REPOND = r"(?:refuse|repondu|rejete|accepte|dit (?:[a-z']+ ){0,5}?(?:non|oui))e?s?"
# L'ordre compte : « j'ai reçu son refus hier » est une réponse, non une demande.
_VERBES = {
    "reponse": re.compile(
        rf"\b(?:ai|a|ma|ont|avait|avez)(?: ete)? (?:\w+ ){{0,2}}?{_REPOND}\b|\brefusee? (?=(?:par \w+ )?{_DATE})"
        rf"|\b(?:recu|eu) (?:une|sa|la|leur|un|le|son|leur) (?:reponse|refus)\b"
        rf"|\b(?:reponse|refus) (?:est |m'est |etait |de (?:mon |ce |le )?bilan )?"
        rf"(?:arrivee? |venue? |recue? |datee? |notifiee? )?(?={_DATE})"
    ),
    "signature": re.compile(
        r"\bje (?:la |le )?sign(?:e|ais|erai)\b|\b(?:peux|puis|vais|veux|voudrais) (?:la |le )?signer\b"
        r"|\b(?:ai|avais) (?:\w+ )?signe\b"
    ),
    "commande": re.compile(rf"\b(?:ai|a) (?:\w+ )?(?:commande|reserve|valide|inscrite?)\b|\bcommande (?={_DATE})"),
    "demande": re.compile(
        rf"\b{_AUX} (?:\w+ ){{0,2}}?{_FAIT}\b|(?<!\bma )(?<!\bla )(?<!\bsa )\b{_PARTI} (?=(?:par \w+ )?{_DATE})"
        rf"|\bdemande faite (?={_DATE})"
        r"|\bdemande (?:est |etait |date |remonte )?(?:du|de|au)\b(?= )|\bc'est (?:la|ma|sa) demande\b"
        r"|\battend\w* depuis\b|\b(?:reponse|nouvelles?|rien|silence) depuis\b|\b(?:a|ont) (?:ma|sa|la) demande\b"
    ),
    "envoi": re.compile(
        r"\b(?:j'|je (?:la |le |l')?|vais (?:la |le |l')?)(?:envo(?:ie|yer|yais)|enverrai|depose(?:r|rai|rais)?"
        r"|pose(?:r|rai|rais)?|demande(?:r|rai|rais)?)\b|\b(?:peux|puis|veux|vais|dois|voudrais|compte|pense|souhaite"
        r"|faut) (?:la |le |l'|bien )?(?:demander|envoyer|deposer|poser)\b"
    ),
    "debut": re.compile(
        rf"\bcommen[ct]\w*|\bdebut(?:e\w*|ant)?\b(?! (?:du mois|de l'annee|{MOIS_RE}))|\bdemarr\w*"
        r"|\b(?:premier|1er) rendez vous\b|\bje (?:pars|partirai|m'absente)\b|\bbilan (?=du \d)|\bbilan prevu\b"
    ),
    "ce_jour": re.compile(r"\bon est (?=le |aujourd)"),
}
# Au-delà, une date sans année est à venir : aucun de ces délais n'est si long.
_RECENT = timedelta(days=300)
_MOTS_D_UNE_DATE = 6
_LOIN = timedelta(days=900)
_ECARTE = re.compile(r"\b(?:pas|non pas) (?:que )?(?:je |j'|il |elle |le |la )?$")
# « Du 4 janvier au 4 juillet 2027 » : le début et l'étalement d'un bilan.
_DU_AU = re.compile(
    rf"\bdu (\d\d?(?:er)? {MOIS_RE}(?: \d{{4}})?) (?:au|jusqu'au) (\d\d?(?:er)? {MOIS_RE}(?: \d{{4}})?)"
)
_NIE = re.compile(r"\b(?:pas|jamais|rien|aucune?|toujours pas|ni)\b")
_SILENCE = re.compile(
    r"\b(?:pas|jamais|aucune?|sans|rien)\b(?: \w+){0,2} (?:repon\w+|retour|nouvelles?)\b|\brepon\w+ (?:pas|rien|plus)\b"
    r"|\bdepuis,? (?:plus |toujours )?rien\b|\btoujours rien\b|\bsilence\b|\bfait le mort\b"
)
_RECUE = re.compile(r"\brecue?s?\b|\bremise?s?\b")
_JOUR_NU = re.compile(r"\W*le ([12]?\d|3[01])\b(?! ?(?:jours?|h\b|heures?|euros?|€|/|ans|mois|%))")
_ECART = re.compile(
    r"\b(?:au bout d[e']|apres|en|sous|mis|met) ?(?P<n>\d{1,3}) (?P<u>jours?|semaines?)\b"
    r"|\b(?P<n2>\d{1,3}) (?P<u2>jours?|semaines?) (?:apres|plus tard)\b"
)
_CONVENTION = re.compile(
    r"\bconventions?\b|\bprojet (?:a signer|de convention)\b"
    r"|\b(?:papiers?|document|contrat|feuille|truc) (?:qu'il faut |que je dois )?(?:a )?signer\b"
)
# « Quand la réponse doit arriver », « ils ont jusqu'à quand ».
_QUAND_REPONSE = (
    r"\b(?:reponse|repondre|repond|repondent)\b.{0,25}\b(?:quand|combien de (?:temps|jours)|quelle date|quel jour)\b"
    r"|\b(?:quand|quelle date|quel jour)\b.{0,25}\b(?:reponse|repondre|repondent|repond)\b"
)
_SIGNER = re.compile(r"\bsign(?:er|e|ature)\b")
_DELAI = re.compile(
    rf"{_QUAND_REPONSE}|"
    r"\bdelais?\b.{0,30}\b(?:pass|depass|fini|ecoul|expir|respect|tenu|bon\b)"
    r"|\b(?:c'est|elle est|il est|est elle|ca vaut|je suis|l'absence est|(?:demande|refus|reponse) est) (?:\w+ ){0,2}?"
    r"(?:bon|accept\w+|acquis\w*|valid\w+|valable|legal\w*|foutu|mort|hors delai|dans les (?:temps|delais)|en retard)\b"
    r"|\bjusqu'(?:a quand|a quelle|au? quel)\b|\b(?:avant|pour) quand\b|\bquel jour\b|\bcombien de (?:temps|jours)\b"
    r"|\b(?:peut|pouvait|peuvent)(?! on\b)\b(?: \w+){0,2} (?:refuser|non)\b|\btrop tard\b|\ba temps\b"
)
# « Je peux dire non ? » ne demande un délai qu'avec une date ; seul, il demande un droit.
_JE_REFUSE = re.compile(r"\b(?:peux|puis|droit de)\b(?: \w+){0,2} (?:refuser|non)\b")
_ACTE = r"(?:envo\w+|demand\w+|depos\w+|poser|(?:faire|ecrire) (?:la|ma) (?:demande|lettre)|prevenir|m'y prendre)"
_QUAND = (
    r"(?:quand|combien de (?:temps|jours) (?:avant|a l'avance|d'avance)|jusqu'a quand|au plus tard|date limite"
    r"|dernier (?:jour|delai))"
)
_ENVOI = re.compile(rf"\b{_QUAND}\b.{{0,40}}\b{_ACTE}\b|\b{_ACTE}\b.{{0,40}}\b{_QUAND}(?![\w'])")
_DEBUT_QUAND = re.compile(
    r"\b(?:commenc|demarr|debut|partir)\w* (?:\w+ )?quand\b|\bcombien de (?:temps|jours)\b.{0,20}\bcommenc\w*"
    r"|\bquand\b.{0,20}\b(?:commenc|demarr|debut|partir)\w*"
)
# « Quand a-t-il envoyé… » raconte ; « je dois », « il faut », « faire » demandent.
_DOIT = re.compile(
    r"\b(?:dois|doit|faut|faudra|devr\w+|peux|veux|savoir|faire|envoyer|demander|deposer|poser)\b"
    r"|\b(?:je |j')(?:l'|la |lui )?(?:envoie|enverrai|depose|pose)\b"
)


@dataclass(frozen=True)
class Dits:
    """Ce qu'un message dit d'une démarche en cours.

    Attributes:
        avant: date dite avant tout verbe : « le 12 octobre, mais il a refusé hier ».
        etalement: mois entre les deux dates d'un bilan (« du 4 janvier au 4 juillet »).
        ecart: jours entre la demande et la réponse.
    """

    demande: Periode | None = None
    reponse: Periode | None = None
    debut: Periode | None = None
    envoi: Periode | None = None
    date: Periode | None = None
    a_venir: Periode | None = None
    signature: Periode | None = None
    commande: Periode | None = None
    avant: Periode | None = None
    etalement: float | None = None
    ecart: int | None = None
    a_repondu: bool = False
    court: bool = False
    silence: bool = False
    convention: bool = False
    signer: bool = False
    demande_le_delai: bool = False
    demande_l_envoi: bool = False


def lire(texte: str, jour: date, voisine: Periode | None = None) -> Dits:
    """Rend les dates que nomment leurs verbes, et ce qui est demandé ; sans verbe, ``date`` et ``a_venir``.

    Un jour seul (« le 22 ») prend le mois de ``voisine``, la date de la demande déjà dite.
    """
    lu = vocabulaire_en_place().normaliseur.lire(texte)
    lus, nies = _dates(lu, jour, voisine)
    a_repondu = "reponse" in lus
    trouve = _ECART.search(lu) if a_repondu else None
    nombre = int(trouve["n"] or trouve["n2"]) if trouve else None
    semaines = trouve is not None and (trouve["u"] or trouve["u2"]).startswith("sem")
    sans_verbe = {} if any(lus.values()) else {"date": _date(lu, jour, "passe"), "a_venir": _date(lu, jour, "futur")}
    envoi = bool((_ENVOI.search(lu) and _DOIT.search(lu)) or (lus.get("envoi") and _DEBUT_QUAND.search(lu)))
    return Dits(
        demande=lus.get("demande"),
        reponse=None if nombre else lus.get("reponse"),
        envoi=lus.get("envoi"),
        debut=lus.get("debut") or (sans_verbe.get("a_venir") if envoi else None),
        date=sans_verbe.get("date"),
        signature=lus.get("signature"),
        commande=lus.get("commande"),
        avant=lus.get("avant"),
        etalement=_etalement(lu, jour),
        a_venir=sans_verbe.get("a_venir"),
        ecart=nombre * (7 if semaines else 1) if nombre else None,
        a_repondu=a_repondu,
        court=len(lu.split()) <= _MOTS_D_UNE_DATE,
        silence=nies or bool(_SILENCE.search(lu)),
        convention=bool(_CONVENTION.search(lu)),
        signer=bool(_SIGNER.search(lu)),
        demande_le_delai=bool(_DELAI.search(lu) or (lus and _JE_REFUSE.search(lu))),
        demande_l_envoi=envoi,
    )


def _dates(lu: str, jour: date, voisine: Periode | None) -> tuple[dict[str, Periode | None], bool]:
    """La date de chaque verbe : celle qui le suit, sinon celle qui le précède ; et si une réponse est niée."""
    trouves = sorted((m.start(), m.end(), nom, bool(_NIE.search(m[0]))) for nom, m in _verbes(lu))
    lus: dict[str, Periode | None] = {}
    depuis, nies = 0, False
    for rang, (debut, fin, nom, nie) in enumerate(trouves):
        if debut < depuis:
            continue  # « a demandé » pris deux fois : le premier suffit
        suivant = next((d for d, *_ in trouves[rang + 1 :] if d >= fin), len(lu))
        if nom == "reponse" and nie:
            nies, depuis = True, fin
            continue
        if _ECARTE.search(lu[:debut]):
            depuis = suivant  # « pas que je commence le 15 » : cette date-là n'est pas dite
            continue
        # « Je signe le 29 » est à venir, « j'ai signé le 19 » ne l'est pas.
        futur = nom in ("debut", "envoi") or (nom == "signature" and not lu[debut:fin].endswith("signe"))
        sens: dates.Sens = "futur" if futur or lu[debut:fin].startswith("je signe") else "passe"
        apres = _date(lu[fin:suivant], jour, sens) or _date(lu[debut:fin], jour, sens)
        recue = nom == "demande" and _RECUE.search(lu[debut:fin]) is not None
        if recue and apres and _JOUR_NU.match(lu[fin:suivant]):
            apres = dans_le_mois_de(apres, lus.get(nom) or voisine, jour)
        lue = apres or _date(lu[depuis:debut], jour, sens)
        if nom == "reponse" and apres and depuis == 0 and debut:
            lus["avant"] = _date(lu[:debut], jour, sens)
        # « Envoyée le 20, il l'a reçue le 22 » : le délai part de la réception.
        if nom != "ce_jour" and (not lus.get(nom) or (recue and apres)):
            lus[nom] = lue if lue and _plausible(lue, jour, sens) else None
        depuis = suivant if apres else fin
    return lus, nies


def _verbes(lu: str) -> list[tuple[str, re.Match[str]]]:
    return [(nom, m) for nom, motif in _VERBES.items() for m in motif.finditer(lu)]


def _plausible(lue: Periode, jour: date, sens: dates.Sens) -> bool:
    """« Si j'envoie ma demande le 3 décembre » ne date pas un envoi de l'an dernier."""
    if sens == "futur":
        return jour <= lue.fin and lue.debut <= jour + _LOIN
    return jour - _RECENT <= lue.fin and lue.debut <= jour


def _date(bout: str, jour: date, sens: dates.Sens) -> Periode | None:
    nu = _JOUR_NU.match(bout)
    lue = dates.chercher(f"le {nu[1]}", jour, sens) if nu and not re.match(rf"\W*le \d+ {MOIS_RE}", bout) else None
    lue = lue or dates.chercher(bout, jour, sens)
    return lue if isinstance(lue, Periode) else None


def _etalement(lu: str, jour: date) -> float | None:
    trouve = _DU_AU.search(lu)
    debut = _date(trouve[1], jour, "futur") if trouve else None
    fin = _date(trouve[2], debut.jour, "futur") if trouve and debut else None
    if debut is None or fin is None:
        return None
    mois = (fin.jour.year - debut.jour.year) * 12 + fin.jour.month - debut.jour.month
    # Du 4 au 4, six mois pleins ; du 4 au 3, un peu moins.
    return mois if fin.jour.day >= debut.jour.day else mois - 0.5
