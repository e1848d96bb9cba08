"""Quoi qu'on écrive : jamais d'erreur, des valeurs que le cœur accepte, un temps borné."""

import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.comprehension import Faits, est_une_question, extraire, ne_sait_pas, oui_non, periodes
from actions.comprehension.parts import fraction
from actions.eligibilite.lecture import lire_situation
from tests.comprehension.test_cas import JOUR, REPONSES, lire

QUESTIONS = sorted({question for question, _ in REPONSES})
# Au-delà de la situation : ce que le questionnaire garde pour lui.
HORS_CONTRAT = {
    "agent_public",
    "fin_contrat",
    "arret_depuis",
    "fin_arret",
    "dernier_bilan_date",
    "dernier_bilan_financeur",
}
MONTANTS_D_AIDE = {"dotation_employeur", "financement_opco", "autres_financements"}
MORCEAUX = sorted(
    {mot for ligne in lire("dits") for mot in ligne[0].split()} | {"?", ",", "1200€", "-5", "31/02", "🤷", "\x00"}
)
# Un message de 2 000 caractères doit rester loin d'une seconde, même sur une machine chargée.
SECONDES_MAX = 0.5

textes = st.one_of(
    st.text(max_size=2000),
    st.lists(st.sampled_from(MORCEAUX), max_size=120).map(" ".join),
    st.text(alphabet="0123456789 .,/-€ek'", max_size=300),
)


def admis_par_le_coeur(faits: Faits) -> None:
    """Les valeurs, assemblées en situation, passent la lecture stricte du contrat."""
    for valeurs in (faits.valeurs, faits.suppositions):
        situation = {champ: valeur for champ, valeur in valeurs.items() if champ not in HORS_CONTRAT}
        # « La moitié » reste une part : elle ne devient un montant qu'avec le prix (actions/parcours/faits.py).
        aides = {champ: fraction(situation[champ]) for champ in MONTANTS_D_AIDE & set(situation)}
        parts = {champ: part for champ, part in aides.items() if part is not None}
        assert all(0 <= part <= 1 for part in parts.values())
        situation = {champ: valeur for champ, valeur in situation.items() if champ not in parts}
        if situation.get("statut") == "militaire":
            del situation["statut"]  # hors du contrat : l'assistant l'oriente sans interroger le cœur
        if "date_debut" in situation:
            situation["date_debut"] = periodes.lire(situation["date_debut"]).jour.isoformat()
        ecrite = valeurs.get("dernier_bilan_date")
        if situation.get("dernier_bilan") != "aucun":
            situation["dernier_bilan"] = {
                "date": min(periodes.lire(ecrite).fin, JOUR).isoformat() if ecrite else None,
                "financeur": valeurs.get("dernier_bilan_financeur"),
            }
        lire_situation({"date_evaluation": JOUR.isoformat(), **json.loads(json.dumps(situation))})


@settings(max_examples=300, deadline=None)
@given(textes, st.sampled_from([None, *QUESTIONS]))
def test_jamais_d_erreur_et_toujours_une_situation_valide(texte: str, question: str | None) -> None:
    debut = time.process_time()
    faits = extraire(texte, JOUR, question)
    assert time.process_time() - debut < SECONDES_MAX
    admis_par_le_coeur(faits)
    assert not set(faits.erreurs) & set(faits.valeurs)
    # D'un bilan dit en partie, la date ou le payeur peuvent rester inconnus.
    reste = {"dernier_bilan_date", "dernier_bilan_financeur"} if question == "dernier_bilan" else set()
    assert faits.inconnus <= {question} | reste
    assert not faits.inconnus & set(faits.valeurs)
    assert set(faits.approximations) <= set(faits.valeurs)
    assert not (question is None and (faits.erreurs or faits.inconnus))


@settings(max_examples=150, deadline=None)
@given(textes)
def test_les_petites_reponses_ne_levent_jamais(texte: str) -> None:
    assert est_une_question(texte) in (True, False)
    assert oui_non(texte) in (True, False, None)
    assert ne_sait_pas(texte) in (True, False)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([ligne[0] for ligne in lire("dits")]), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_le_jour_de_la_conversation_ne_casse_rien(texte: str, jour: date) -> None:
    faits = extraire(texte, jour)
    for champ, bout in (("dernier_bilan_date", "debut"), ("arret_depuis", "debut"), ("date_debut", "fin")):
        if champ in faits.valeurs:
            dite = getattr(periodes.lire(str(faits.valeurs[champ])), bout)
            assert dite <= jour if bout == "debut" else dite >= jour


@pytest.mark.parametrize("ligne", lire("dits")[::7], ids=lambda ligne: ligne[0])
def test_la_casse_les_accents_et_les_espaces_ne_changent_rien(ligne: list) -> None:
    texte = ligne[0]
    assert extraire(texte.upper(), JOUR).valeurs == extraire(texte, JOUR).valeurs
    assert extraire(f"  {texte}\n", JOUR).valeurs == extraire(texte, JOUR).valeurs
    assert extraire(texte.replace("'", "’"), JOUR).valeurs == extraire(texte, JOUR).valeurs


REPETES = [
    "je suis ",
    "j'ai ",
    "si je ",
    "mon cpf ",
    "bilan ",
    "1 ",
    "12/",
    "un ",
    "depuis ",
    "pas ",
    "il y a ",
    "mon employeur me ",
]
REPETES += [
    "mille ",
    "j'ai fait fait ",
    "cpf 1 ",
    "'",
    "a",
    "je suis en cdd, ",
    "?",
    "🤷",
    "mon arret ",
    "le centre me demande ",
    "et si ",
    "de cents ",
    "c d ",
    "j'en ai ",
    "arret est ",
    "medecin et caisse ",
    "et c'est quoi, ",
    "l'an dernier en ",
    "on me l'a ",
    "non ",
    "je sais pas ",
]


@pytest.mark.parametrize("morceau", REPETES)
@pytest.mark.parametrize("question", [None, "solde_cpf", "dernier_bilan", "arret", "accord_caisse", "initiative"])
def test_un_texte_fait_pour_ralentir_ne_ralentit_pas(morceau: str, question: str | None) -> None:
    texte = (morceau * 2000)[:2000]
    debut = time.process_time()
    extraire(texte, JOUR, question)
    assert time.process_time() - debut < SECONDES_MAX


def test_dateparser_n_est_pas_importe() -> None:
    """Les dates se lisent à la main : l'import de dateparser coûterait au démarrage."""
    import subprocess
    import sys

    code = "import sys, datetime, actions.comprehension as c; c.extraire('y a 3 ans', datetime.date(2026, 11, 23))"
    code += "; sys.exit('dateparser' in sys.modules or 'rasa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
