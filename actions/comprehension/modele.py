"""Ce que l'extraction rend, et le carnet où les familles notent leurs trouvailles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

PLUSIEURS_VALEURS = "plusieurs_valeurs"


@dataclass(frozen=True)
class Faits:
    """Les faits d'un message.

    Attributes:
        valeurs: champ de ``Situation`` -> valeur JSON (dates AAAA-MM-JJ, montants en euros, codes du contrat) ; plus
            ``agent_public`` (versant inconnu), ``arret_depuis``, ``dernier_bilan_date`` et ``dernier_bilan_financeur``.
        inconnus: le champ demandé, si la personne ne sait pas ou ne veut pas répondre ; d'un bilan dont elle dit une
            partie, ce qu'elle ne sait plus (``dernier_bilan_date``, ``dernier_bilan_financeur``).
        hypothese: vrai si ``valeurs`` est supposé (« et si… ») et non dit.
        erreurs: champ -> code, pour une réponse comprise mais inutilisable (``montant_negatif``, ``date_future``,
            ``date_illisible``, ``date_passee``, ``date_manquante``, ``trop_grand``, ``statut_ambigu``…).
        approximations: champ -> code, pour une valeur prudente tirée d'une réponse imprécise (``annee``, ``environ``…).
        suppositions: ce qui est supposé quand le message dit aussi des faits ; vide sinon.
    """

    valeurs: Mapping[str, object] = field(default_factory=dict)
    inconnus: frozenset[str] = frozenset()
    hypothese: bool = False
    erreurs: Mapping[str, str] = field(default_factory=dict)
    approximations: Mapping[str, str] = field(default_factory=dict)
    suppositions: Mapping[str, object] = field(default_factory=dict)

    def complete_par(self, autre: Faits) -> Faits:
        """Ajoute ce qu'une autre lecture du même message a vu de plus ; ce que celle-ci dit l'emporte."""
        if not (self.valeurs or self.erreurs or self.inconnus or self.suppositions):
            return autre
        if self.hypothese != autre.hypothese:
            return self
        ajoutes = {champ: valeur for champ, valeur in autre.valeurs.items() if champ not in self.inconnus}
        valeurs = {**ajoutes, **self.valeurs}
        if ajoutes.get("arret") == "at_mp":
            valeurs["arret"] = "at_mp"  # « oui » suffit à lire un arrêt ; l'accident, il faut l'avoir déchiffré
        erreurs = {champ: code for champ, code in self.erreurs.items() if champ not in valeurs}
        return replace(self, valeurs=valeurs, erreurs=erreurs)


@dataclass
class Carnet:
    """Notes prises pendant la lecture d'un message ; ``corrige`` : la dernière valeur dite l'emporte."""

    corrige: bool = False
    dits: dict[str, object] = field(default_factory=dict)
    supposes: dict[str, object] = field(default_factory=dict)
    erreurs: dict[str, str] = field(default_factory=dict)
    approximations: dict[str, str] = field(default_factory=dict)

    def noter(self, champ: str, valeur: object, suppose: bool = False, approximation: str | None = None) -> None:
        """Note une valeur ; deux valeurs différentes pour un champ s'annulent, sauf correction."""
        ou = self.supposes if suppose else self.dits
        if champ in self.erreurs and not self.corrige:
            return
        if champ in ou and ou[champ] != valeur and not self.corrige:
            self.refuser(champ, PLUSIEURS_VALEURS)
            return
        ou[champ] = valeur
        self.erreurs.pop(champ, None)
        self.approximations.pop(champ, None)
        if approximation:
            self.approximations[champ] = approximation

    def refuser(self, champ: str, code: str) -> None:
        """Note qu'un champ a été dit de façon inutilisable."""
        self.dits.pop(champ, None)
        self.approximations.pop(champ, None)
        self.erreurs[champ] = code

    def rendre(self, inconnus: frozenset[str] = frozenset()) -> Faits:
        """Rend les faits ; ce qui n'est que supposé devient ``valeurs``, marqué comme hypothèse."""
        if self.dits or not self.supposes:
            return Faits(self.dits, inconnus, False, self.erreurs, self.approximations, self.supposes)
        return Faits(self.supposes, inconnus, True, self.erreurs, self.approximations)
