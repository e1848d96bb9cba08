"""Propriétés vérifiées sur des situations tirées au hasard."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.eligibilite import evaluer, lire_situation
from actions.eligibilite.chemins import CPF_EN_EUROS, _chemin
from actions.eligibilite.conditions import Effet
from actions.eligibilite.verdict import Verdict
from tests.eligibilite.cas import DROIT, FINANCEURS_COMPTES, STATUTS

PRIORITE = ("ouvert", "sous_accord", "a_verifier", "ferme")
MOTIFS_DE_FERMETURE = {
    "carence_5_ans",
    "retraite_taux_plein",
    "sans_activite",
    "solde_nul",
    "arret_en_cours",
    "intervalle_public",
    "anciennete_fph",
}
MOTIFS_D_ACCORD = {
    "autorisation_absence",
    "accord_employeur",
    "consentement_salarie",
    "accord_caisse",
    "accord_caisse_refuse",
    "avis_medical",
    "accord_employeur_public",
}
OBLIGATOIRES_DU_CHEMIN = [
    "chemin",
    "statut",
    "motifs",
    "references",
    "manquant",
    "employeur_informe",
    "payeur",
    "remuneration",
]
nombreux = settings(max_examples=400, deadline=None, derandomize=True)

JOURS = st.dates(date(2016, 1, 1), date(2032, 12, 31))
REFORMES = st.sampled_from(["2024-05-02", "2025-01-01", "2026-01-01", "2026-02-26", "2026-04-02", "2022-07-25"])
AUTOUR = st.builds(lambda jour, ecart: date.fromisoformat(jour) + timedelta(ecart), REFORMES, st.integers(-1, 1))
EUROS = st.one_of(
    st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(150), Decimal(1600), Decimal(1750)]),
    st.decimals(0, 9999, places=2),
)
CONTRATS = ("cdi", "cdd", "interim", "apprentissage", "professionnalisation", "titulaire", "contractuel")
BOOLEEN = st.sampled_from([None, False, True])


@st.composite
def dernier_bilan(tirer: st.DrawFn, jour: date) -> Any:
    genre = tirer(st.sampled_from(["inconnu", "aucun", "bilan", "bilan", "bilan"]))
    if genre != "bilan":
        return None if genre == "inconnu" else "aucun"
    anciennete = tirer(st.integers(0, 365 * 7))
    financeurs = (*FINANCEURS_COMPTES, "employeur", "soi_meme", "inconnu", None)
    return {
        "date": tirer(st.sampled_from([str(jour - timedelta(anciennete)), None])),
        "financeur": tirer(st.sampled_from(financeurs)),
    }


@st.composite
def situations(tirer: st.DrawFn) -> dict[str, Any]:
    jour = tirer(st.one_of(JOURS, AUTOUR))
    return {
        "date_evaluation": str(jour),
        "statut": tirer(st.sampled_from([None, *STATUTS])),
        "contrat": tirer(st.sampled_from([None, *CONTRATS])),
        "initiative": tirer(st.sampled_from([None, "salarie", "employeur"])),
        "solde_cpf": tirer(st.one_of(st.none(), EUROS)),
        "prix": tirer(st.one_of(st.none(), EUROS)),
        "dotation_employeur": tirer(st.one_of(st.just(0), EUROS)),
        "financement_opco": tirer(st.one_of(st.just(0), EUROS)),
        "autres_financements": tirer(st.one_of(st.just(0), EUROS)),
        "abondement_c2p_ou_atmp": tirer(BOOLEEN),
        "dernier_bilan": tirer(dernier_bilan(jour)),
        "arret": tirer(st.sampled_from([None, "aucun", "maladie", "at_mp"])),
        "accord_caisse": tirer(BOOLEEN),
        "conge_reclassement": tirer(BOOLEEN),
        "agent_prioritaire": tirer(BOOLEEN),
        "services_effectifs_mois": tirer(st.one_of(st.none(), st.integers(0, 60))),
        "date_debut": tirer(st.one_of(st.none(), JOURS.map(str))),
        "duree_mois": tirer(st.one_of(st.none(), st.integers(0, 12))),
    }


def juger(situation: dict[str, Any]) -> Verdict:
    return evaluer(lire_situation(situation), DROIT)


def par_nom(situation: dict[str, Any]) -> dict[str, Any]:
    return {voie.chemin: voie for voie in juger(situation).chemins}


def ecrire(situation: dict[str, Any]) -> bytes:
    return json.dumps(juger(situation).en_json(), ensure_ascii=False).encode("utf-8")


def remplissages(situation: dict[str, Any], autre: dict[str, Any]) -> list[dict[str, Any]]:
    """Les situations où un seul fait inconnu est rempli, avec la valeur de ``autre``."""
    remplies = [
        {**situation, champ: autre[champ]}
        for champ, valeur in situation.items()
        if valeur is None and autre[champ] is not None
    ]
    bilan = situation["dernier_bilan"]
    if isinstance(bilan, dict) and bilan["financeur"] in (None, "inconnu"):
        remplies += [
            {**situation, "dernier_bilan": {**bilan, "financeur": financeur}}
            for financeur in (*FINANCEURS_COMPTES, "employeur", "soi_meme")
        ]
    if isinstance(bilan, dict) and bilan["date"] is None:
        jour = date.fromisoformat(situation["date_evaluation"])
        remplies += [
            {**situation, "dernier_bilan": {**bilan, "date": str(jour - timedelta(jours))}}
            for jours in (0, 1200, 1500, 2500)
        ]
    return [s for s in remplies if _bilan_passe(s)]


def _bilan_passe(situation: dict[str, Any]) -> bool:
    bilan = situation["dernier_bilan"]
    return not isinstance(bilan, dict) or (bilan["date"] or "") <= situation["date_evaluation"]


@nombreux
@given(situations())
def test_meme_entree_meme_sortie_octet_pour_octet(situation: dict[str, Any]) -> None:
    melangee = dict(sorted(situation.items(), reverse=True))
    sans_nuls = {champ: valeur for champ, valeur in situation.items() if valeur is not None}
    assert ecrire(situation) == ecrire(melangee) == ecrire(sans_nuls)


@nombreux
@given(situations())
def test_aucun_ferme_par_fait_manquant(situation: dict[str, Any]) -> None:
    for voie in juger(situation).chemins:
        if voie.ferme:
            assert voie.manquant == ()
            assert voie.motifs and set(voie.motifs) <= MOTIFS_DE_FERMETURE
        else:
            assert set(voie.motifs) <= MOTIFS_D_ACCORD
        assert bool(voie.manquant) is (voie.statut == "a_verifier")


@nombreux
@given(situations(), situations())
def test_remplir_un_fait_inconnu_ne_rouvre_jamais_un_chemin_ferme(
    situation: dict[str, Any], autre: dict[str, Any]
) -> None:
    avant = par_nom(situation)
    for remplie in remplissages(situation, autre):
        apres = par_nom(remplie)
        for nom, voie in avant.items():
            if voie.ferme and nom in apres:
                assert apres[nom].ferme, (nom, remplie)
                assert set(voie.motifs) <= set(apres[nom].motifs)


@nombreux
@given(situations(), situations())
def test_remplir_ce_qui_manque_finit_par_trancher(situation: dict[str, Any], autre: dict[str, Any]) -> None:
    for nom, voie in par_nom(situation).items():
        remplie = {**situation, **{champ: autre[champ] for champ in voie.manquant}}
        bilan = remplie["dernier_bilan"]
        connu = bilan == "aucun" or (bilan and bilan["date"] and bilan["financeur"] not in (None, "inconnu"))
        if voie.manquant and connu and _bilan_passe(remplie) and None not in (remplie[c] for c in voie.manquant):
            suite = par_nom(remplie).get(nom)
            assert suite is None or not set(suite.manquant) & set(voie.manquant)


@nombreux
@given(situations())
def test_les_parts_font_le_prix(situation: dict[str, Any]) -> None:
    cout = juger(situation).cout
    if cout is None or cout.manquant:
        return
    assert cout.prix is not None and cout.abondements is not None
    assert cout.part_cpf is not None and cout.reste_a_payer is not None
    assert cout.part_cpf + cout.abondements + cout.reste_a_payer == cout.prix
    assert min(cout.part_cpf, cout.abondements, cout.reste_a_payer) >= 0
    assert cout.part_cpf <= situation["solde_cpf"]
    comptees = [ligne for ligne in cout.lignes if not ligne.libelle.startswith("Participation")]
    assert sum(ligne.montant for ligne in comptees) == cout.prix
    assert all(part == round(part, 2) for part in (cout.part_cpf, cout.reste_a_payer))


@nombreux
@given(situations(), EUROS, EUROS)
def test_le_reste_ne_diminue_pas_quand_le_prix_augmente(
    situation: dict[str, Any], prix: Decimal, ecart: Decimal
) -> None:
    connue = {**situation, "solde_cpf": situation["solde_cpf"] or Decimal(1)}
    moins, plus = (juger({**connue, "prix": p}).cout for p in (prix, prix + ecart))
    if moins is not None and plus is not None:
        assert moins.reste_a_payer is not None and plus.reste_a_payer is not None
        assert moins.reste_a_payer <= plus.reste_a_payer


@nombreux
@given(situations())
def test_jamais_un_ferme_seul(situation: dict[str, Any]) -> None:
    assert any(not voie.ferme for voie in juger(situation).chemins)


@nombreux
@given(situations())
def test_les_references_existent_et_sont_etablies(situation: dict[str, Any]) -> None:
    verdict = juger(situation)
    for voie in verdict.chemins:
        assert voie.references and len(set(voie.references)) == len(voie.references)
    cites = {fait for voie in verdict.chemins for fait in voie.references}
    cites |= {ligne.reference for ligne in (verdict.cout.lignes if verdict.cout else ())}
    cites |= {d.reference for dates in verdict.dates.values() for d in dates.values() if not isinstance(d, bool)}
    assert cites <= set(DROIT.faits)
    assert "a_verifier" not in {DROIT.faits[fait].confiance for fait in cites}


@nombreux
@given(situations())
def test_la_forme_est_celle_du_contrat(situation: dict[str, Any]) -> None:
    brut = json.loads(ecrire(situation))
    assert list(brut) == ["date_evaluation", "chemins", "cout", "dates", "manquant"]
    assert brut["date_evaluation"] == situation["date_evaluation"]
    for voie in brut["chemins"]:
        assert list(voie) == OBLIGATOIRES_DU_CHEMIN
        assert voie["statut"] in PRIORITE
        assert voie["employeur_informe"] in ("non", "absence_seulement", "existence_du_bilan")
    possibles = [voie for voie in brut["chemins"] if voie["chemin"] in CPF_EN_EUROS and voie["statut"] != "ferme"]
    assert (brut["cout"] is not None) is bool(possibles)
    if brut["cout"]:
        cles = "prix abondements part_cpf participation reste_a_payer exoneration lignes manquant"
        assert list(brut["cout"]) == cles.split()
    fermes = {voie["chemin"] for voie in brut["chemins"] if voie["statut"] == "ferme"}
    assert not fermes & set(brut["dates"])
    attendus = {champ for voie in brut["chemins"] for champ in voie["manquant"]}
    attendus |= set(brut["cout"]["manquant"] if brut["cout"] else ())
    assert set(brut["manquant"]) == attendus


effets = st.builds(
    Effet,
    st.sampled_from(PRIORITE),
    st.lists(st.sampled_from("abcd"), max_size=2).map(tuple),
    st.lists(st.sampled_from("wxyz"), max_size=2).map(tuple),
    st.lists(st.sampled_from(["prix", "statut"]), max_size=2).map(tuple),
)


@nombreux
@given(st.lists(effets, min_size=1, max_size=5))
def test_le_plus_contraignant_l_emporte(liste: list[Effet]) -> None:
    voie = _chemin("essai", tuple(liste), "non", payeur="p", remuneration="r")
    presents = {effet.statut for effet in liste}
    assert voie.statut == next(statut for statut in reversed(PRIORITE) if statut in presents)
    retenus = [effet for effet in liste if effet.statut == "ferme" or "ferme" not in presents]
    assert set(voie.motifs) == {motif for effet in retenus for motif in effet.motifs}
    assert set(voie.references) == {fait for effet in retenus for fait in effet.references}
    assert len(voie.motifs) == len(set(voie.motifs))
    assert voie.manquant == tuple(c for c in ("statut", "prix") if any(c in e.manquant for e in retenus))
