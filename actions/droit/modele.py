"""Ce qu'est un fait juridique, un paramètre daté et une valeur : données gelées, sans logique de lecture."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

# Au-delà, une référence ne tient plus au bout d'une bulle : le site qui la porte se lit mieux.
_REFERENCE_LONGUEUR_MAX = 32


class ErreurDroit(ValueError):
    """Une donnée de data/droit est absente, mal formée ou sans source."""


class ValeurAbsente(ErreurDroit):
    """Aucune valeur n'est en vigueur à la date demandée."""


@dataclass(frozen=True)
class Porte:
    """Organisme officiel auprès duquel vérifier un thème."""

    nom: str
    lien: str


@dataclass(frozen=True)
class Fait:
    """Énoncé juridique sourcé.

    Attributes:
        confiance: ``sur`` (s'affirme), ``probable`` (se dit avec sa date et sa porte), ``a_verifier`` (jamais
            affirmé) ou ``exigence`` (règle que le produit s'impose).
        liens: adresses lues, la principale en premier.
        verifie_le: jour de la dernière vérification.
        vigueur: depuis quand le texte vaut, et ce qui n'en a pas été lu.
        reserve: ce qui limite la vérification elle-même.
        adresses: (nom, adresse) de chaque lien.
    """

    id: str
    enonce: str
    confiance: str
    verifie_le: date
    source: str | None
    liens: tuple[str, ...]
    porte: Porte
    vigueur: str = ""
    reserve: str = ""
    adresses: tuple[tuple[str, str], ...] = ()

    @property
    def non_lu(self) -> bool:
        """La version du jour du texte n'a pas été lue : ce fait est recoupé par d'autres sources."""
        return "non lu" in self.reserve

    @property
    def lien(self) -> str:
        """Adresse principale, ou à défaut la porte officielle du thème."""
        return self.liens[0] if self.liens else self.porte.lien

    @property
    def site(self) -> str:
        """Site où le fait a été lu."""
        return urlsplit(self.lien).netloc.removeprefix("www.")

    @property
    def textes(self) -> str:
        """Textes cités ; le site s'il n'y en a aucun (« aucun (usage) »)."""
        return self.source if self.source and not self.source.startswith("aucun") else self.site

    @property
    def reference(self) -> str:
        """Premier texte cité, sans ses parenthèses (« L. 6313-4 ») ; le site s'il est trop long."""
        premier = re.split(r" ?;| \(", self.textes)[0]
        return premier if len(premier) <= _REFERENCE_LONGUEUR_MAX else self.site


@dataclass(frozen=True)
class Valeur:
    """Valeur d'un paramètre depuis une date, justifiée par un fait."""

    depuis: date
    montant: Decimal | str
    fait: Fait


@dataclass(frozen=True)
class Parametre:
    """Grandeur légale datée : toutes ses valeurs, de la plus ancienne à la plus récente.

    Attributes:
        projet: annoncée par un texte non adopté ; se dit comme un projet, jamais comme une règle.
    """

    id: str
    description: str
    unite: str
    valeurs: tuple[Valeur, ...]
    projet: bool = False

    def a(self, jour: date) -> Valeur:
        """Rend la valeur en vigueur un jour donné.

        Raises:
            ValeurAbsente: aucune valeur n'avait encore pris effet.
        """
        for valeur in reversed(self.valeurs):
            if valeur.depuis <= jour:
                return valeur
        raise ValeurAbsente(f"{self.id} : aucune valeur en vigueur au {jour.isoformat()}")

    def avant(self, jour: date) -> Valeur:
        """Rend la valeur qui précédait celle en vigueur ce jour-là (règles périmées).

        Raises:
            ValeurAbsente: il n'y en avait pas.
        """
        passees = self.jusqu_a(jour)
        if len(passees) < 2:
            raise ValeurAbsente(f"{self.id} : aucune valeur avant celle du {jour.isoformat()}")
        return passees[-2]

    def jusqu_a(self, jour: date) -> list[Valeur]:
        """Rend les valeurs passées et présente ce jour-là, de la plus ancienne à celle en vigueur."""
        return [valeur for valeur in self.valeurs if valeur.depuis <= jour]
