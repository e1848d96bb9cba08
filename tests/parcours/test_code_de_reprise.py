"""Le code de reprise : il rend ce qu'on y a mis, expire, ne se falsifie pas et ne se lit pas sans la clé."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.parcours.catalogue import PARCOURS
from actions.parcours.code_de_reprise import DUREE, CodeExpire, CodeRefuse, Codes, Reprise, _questions
from actions.parcours.faits import CHAMPS

JOUR = date(2026, 11, 23)
CLE = base64.urlsafe_b64encode(bytes(range(32))).decode()
CODES = Codes(CLE)
# Un dossier bien rempli : ce qu'une personne en arrêt aura dit au bout de dix questions.
FAITS: dict[str, Any] = {
    "statut": "salarie_prive", "contrat": "cdi", "initiative": "salarie", "arret": "maladie", "accord_caisse": False,
    "dernier_bilan": "aucun", "solde_cpf": 1234.56, "prix": 2000.0, "date_debut": "plus_tot", "moment": "hors_temps",
}  # fmt: skip
_SANS_CODES = [champ for champ, codes in _questions().items() if not codes or champ == "date_debut"]
_DATES = [champ for champ in _SANS_CODES if "date" in champ or champ in ("arret_depuis", "fin_arret", "fin_contrat")]
_NOMBRES = [
    champ
    for champ in _questions()
    if champ in ("solde_cpf", "prix", "duree_mois") or champ in set(_SANS_CODES) - set(_DATES)
]


def _valeurs(champ: str) -> st.SearchStrategy[Any]:
    choix = [st.none(), *([st.sampled_from(_questions()[champ])] if _questions()[champ] else [])]
    if champ in _NOMBRES:
        choix.append(st.integers(0, 9_999_999).map(lambda centimes: centimes / 100))
    if champ in _DATES:
        choix.append(st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(date.isoformat))
        choix.append(
            st.sampled_from(
                ["2021", "2026-03", "2026-11-06~", "../2021-11-27", "2021-11-27/..", "2021-03-17/2021-12-31"]
            )
        )
    return st.one_of(choix)


@given(
    st.fixed_dictionaries({champ: _valeurs(champ) for champ in CHAMPS}),
    st.sets(st.sampled_from(CHAMPS)),
    st.sampled_from([None, *PARCOURS]),
    st.sets(st.sampled_from(["accord_arret", "identite", "solde", "comparer", "absence", "demande", "validation"])),
)
def test_le_code_rend_ce_qu_il_porte(
    faits: dict[str, Any], inconnus: set[str], parcours: str | None, etapes: set[str]
) -> None:
    connus = {champ: valeur for champ, valeur in faits.items() if valeur is not None}
    code, _ = CODES.ecrire(Reprise(connus, inconnus, parcours, etapes), JOUR)
    lu = CODES.lire(code, JOUR)
    assert lu.faits == connus and [type(lu.faits[c]) for c in connus] == [type(v) for v in connus.values()]
    assert set(lu.inconnus) == inconnus - set(connus)
    assert lu.parcours == parcours and set(lu.etapes_faites) == etapes


def test_il_tient_sur_un_papier_et_se_recopie_comme_on_veut() -> None:
    code, fin = CODES.ecrire(Reprise(FAITS, ["duree_mois"], "simuler_cout"), JOUR)
    assert len(code.replace("-", "")) <= 64 and fin == JOUR + timedelta(days=30)
    for recopie in (
        code.lower(),
        code.replace("-", " "),
        code.replace("-", ""),
        code.replace("I", "1").replace("O", "0"),
    ):
        assert CODES.lire(recopie, JOUR).faits == FAITS


def test_il_expire_apres_trente_jours() -> None:
    code, fin = CODES.ecrire(Reprise(FAITS), JOUR)
    assert CODES.lire(code, fin).faits == FAITS and fin - JOUR == DUREE
    with pytest.raises(CodeExpire):
        CODES.lire(code, fin + timedelta(days=1))


def test_ni_falsifie_ni_d_une_autre_cle_ni_d_autres_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    code, _ = CODES.ecrire(Reprise(FAITS), JOUR)
    serre = code.replace("-", "")
    for rang in range(0, len(serre) - 1, 7):
        faux = serre[:rang] + ("A" if serre[rang] != "A" else "B") + serre[rang + 1 :]
        with pytest.raises(CodeRefuse):
            CODES.lire(faux, JOUR)
    for faux in (serre[:-8], serre + "AAAAAAAA", "", "A" * 40, "é" * 40, "A" * 5_000, "9" * 40):
        with pytest.raises(CodeRefuse):
            CODES.lire(faux, JOUR)
    with pytest.raises(CodeRefuse):
        Codes().lire(code, JOUR)
    monkeypatch.setattr("actions.parcours.code_de_reprise._forme", lambda: b"d'autres questions")
    with pytest.raises(CodeRefuse):
        CODES.lire(code, JOUR)


def test_la_meme_cle_relit_apres_un_redemarrage() -> None:
    code, _ = CODES.ecrire(Reprise(FAITS), JOUR)
    assert Codes(CLE).lire(code, JOUR).faits == FAITS


def test_aucun_texte_n_y_entre() -> None:
    """Une valeur qui n'est ni un choix, ni un nombre, ni une date n'est pas emportée."""
    code, _ = CODES.ecrire(Reprise({"statut": "Mme Dupont, dépression", "prix": 1e9, "date_demande": "hier"}), JOUR)
    vide, _ = CODES.ecrire(Reprise({}), JOUR)
    assert CODES.lire(code, JOUR).faits == {} and len(code) == len(vide)
