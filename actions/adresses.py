"""Les adresses des pages du guide : stables, et qui ne disent rien de ce qu'on y lit (historique, favoris)."""

from __future__ import annotations

from hashlib import sha256

from actions.reglages import URL_GUIDE

ACCUEIL = "index.html"
_LONGUEUR_CODE = 5


def code(nom: str) -> str:
    """Rend le code d'une page ou d'une ancre : il ne change pas quand d'autres pages s'ajoutent."""
    return "p" + sha256(nom.encode()).hexdigest()[:_LONGUEUR_CODE]


def adresse(nom: str) -> str:
    """Rend le fichier d'une page, relatif au dossier du guide (« faq/duree » : « p1f2e3.html »)."""
    return ACCUEIL if nom == "accueil" else f"{code(nom)}.html"


def accueil_du_guide() -> str | None:
    """Rend l'adresse publique du guide, ou ``None`` si BILAN_URL_GUIDE n'est pas posée."""
    return f"{URL_GUIDE.rstrip('/')}/" if URL_GUIDE else None


def lien_du_guide(sujet: str) -> str | None:
    """Rend l'adresse publique de la page d'un sujet de connaissance, ou ``None`` si BILAN_URL_GUIDE n'est pas posée."""
    accueil = accueil_du_guide()
    return accueil + adresse(f"faq/{sujet}") if accueil else None
