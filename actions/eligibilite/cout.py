"""Le coût d'un bilan payé par le CPF en euros : qui paie quoi, au centime."""

from __future__ import annotations

from decimal import Decimal

from actions.droit import Droit
from actions.eligibilite.situation import Situation
from actions.eligibilite.verdict import Cout, Ligne, dans_l_ordre

ZERO = Decimal(0)


def cout(situation: Situation, droit: Droit) -> Cout:
    """Calcule le coût ; prix ou solde inconnu : montants calculés à ``None``, et ``manquant`` le dit."""
    participation = droit.montant("participation_forfaitaire", situation.date_evaluation, ZERO)
    exoneration = fait_exoneration(situation)
    lignes = _ligne_participation(situation, droit, participation, exoneration)
    prix, solde = situation.prix, situation.solde_cpf
    if prix is None or solde is None:
        inconnus = dans_l_ordre(champ for champ in ("prix", "solde_cpf") if getattr(situation, champ) is None)
        return Cout(prix, None, None, participation, None, exoneration is not None, lignes, inconnus)
    abondements = min(situation.abondements, prix)
    reste = _reste(prix - abondements, droits_utilisables(situation, solde, droit), participation, exoneration)
    part_cpf = prix - abondements - reste
    return Cout(
        prix=prix,
        abondements=abondements,
        part_cpf=part_cpf,
        participation=participation,
        reste_a_payer=reste,
        exoneration=exoneration is not None,
        lignes=(
            *_lignes_abondements(situation, prix),
            _ligne_cpf(situation, part_cpf, droit),
            Ligne("Reste à payer", reste, "cpf.plafond_paiement_personnel"),
            *lignes,
        ),
        manquant=(),
    )


def fait_exoneration(situation: Situation) -> str | None:
    """Rend le fait qui exonère de la participation, ou ``None`` si aucun ne l'établit.

    Sources : participation.exo_demandeur_emploi, participation.exo_employeur, participation.exo_opco,
    participation.exo_c2p_atmp. Un statut ou un abondement inconnu n'exonère pas.
    """
    if situation.statut == "demandeur_emploi":
        return "participation.exo_demandeur_emploi"
    if situation.dotation_employeur > 0:
        return "participation.exo_employeur"
    if situation.financement_opco > 0:
        return "participation.exo_opco"
    if situation.abondement_c2p_ou_atmp:
        return "participation.exo_c2p_atmp"
    return None


def droits_utilisables(situation: Situation, solde: Decimal, droit: Droit) -> Decimal:
    """Rend les droits annuels utilisables, en euros : le solde, sous le plafond en vigueur (cpf.plafond_bilan)."""
    return min(solde, droit.montant("cpf_plafond_bilan", situation.date_evaluation, solde))


def _reste(net: Decimal, droits: Decimal, participation: Decimal, exoneration: str | None) -> Decimal:
    """Reste à payer sur ``net``, le prix moins les abondements, en euros.

    La participation ne s'ajoute pas à un reste qui l'atteint déjà (participation.pas_deux_fois) et ne dépasse
    jamais ce qui reste dû.
    """
    sans_participation = max(ZERO, net - droits)
    return sans_participation if exoneration else max(sans_participation, min(participation, net))


def _lignes_abondements(situation: Situation, prix: Decimal) -> tuple[Ligne, ...]:
    """Une ligne par financement non nul, dans l'ordre de mobilisation et dans la limite du prix."""
    lignes, restant = [], prix
    for libelle, montant, fait in (
        ("Dotation de l'employeur", situation.dotation_employeur, "cpf.plafond_hors_employeur"),
        ("Financement de l'OPCO", situation.financement_opco, "cpf.plafond_hors_employeur"),
        ("Autres financements", situation.autres_financements, "cpf.plafond_hors_employeur"),
    ):
        retenu = min(montant, restant)
        restant -= retenu
        if retenu > 0:
            lignes.append(Ligne(libelle, retenu, fait))
    return tuple(lignes)


def _ligne_cpf(situation: Situation, part_cpf: Decimal, droit: Droit) -> Ligne:
    plafonne = droit.montant("cpf_plafond_bilan", situation.date_evaluation, ZERO) > 0
    return Ligne("Droits CPF annuels", part_cpf, "cpf.plafond_bilan" if plafonne else "cpf.ordre_mobilisation")


def _ligne_participation(
    situation: Situation, droit: Droit, participation: Decimal, exoneration: str | None
) -> tuple[Ligne, ...]:
    """La participation en vigueur, que le reste à payer comprend déjà ; nulle si la personne est exonérée."""
    if not participation:
        return ()
    if exoneration:
        return (Ligne("Participation forfaitaire (exonération)", ZERO, exoneration),)
    fait = droit.valeur("participation_forfaitaire", situation.date_evaluation).fait.id
    return (Ligne("Participation forfaitaire en vigueur", participation, fait),)
