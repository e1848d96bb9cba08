"""Les liens privés : ils expirent, ne se falsifient pas, ne se lisent pas, et refont le même document."""

import base64
import string
from datetime import date

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from actions.documents import coffre
from actions.documents.coffre import JETON_MAX, Coffre, Demande, JetonExpire, JetonRefuse, produire
from tests.documents.outils import DROIT, JOUR, octets

MAINTENANT = 1_795_000_000
QUINZE_MINUTES = 15 * 60
LETTRE = Demande("lettre", "demande_plan", "docx", {"organisme": "Zygomatique", "prix": 1800}, JOUR)
COFFRE = Coffre()


@pytest.mark.parametrize(("age", "ouvre"), [(0, True), (QUINZE_MINUTES - 1, True), (QUINZE_MINUTES, False)])
def test_un_jeton_s_ouvre_pendant_quinze_minutes(age: int, ouvre: bool) -> None:
    jeton = COFFRE.sceller(LETTRE, MAINTENANT)
    if ouvre:
        assert COFFRE.ouvrir(jeton, MAINTENANT + age) == LETTRE
    else:
        with pytest.raises(JetonExpire):
            COFFRE.ouvrir(jeton, MAINTENANT + age)


def test_la_duree_se_regle() -> None:
    court = Coffre(minutes=1)
    jeton = court.sceller(LETTRE, MAINTENANT)
    assert court.ouvrir(jeton, MAINTENANT + 59) == LETTRE
    with pytest.raises(JetonExpire):
        court.ouvrir(jeton, MAINTENANT + 60)


def test_un_jeton_du_futur_est_refuse() -> None:
    with pytest.raises(JetonRefuse):
        COFFRE.ouvrir(COFFRE.sceller(LETTRE, MAINTENANT + 3600), MAINTENANT)


def test_une_cle_fournie_se_partage_entre_processus_et_une_cle_tiree_non() -> None:
    cle = Fernet.generate_key().decode()
    assert Coffre(cle).ouvrir(Coffre(cle).sceller(LETTRE, MAINTENANT), MAINTENANT) == LETTRE
    with pytest.raises(JetonRefuse):
        Coffre().ouvrir(Coffre().sceller(LETTRE, MAINTENANT), MAINTENANT)


def test_une_cle_mal_formee_se_dit() -> None:
    with pytest.raises(ValueError, match="BILAN_CLE_DOCUMENTS"):
        Coffre("trop-courte")


def test_le_jeton_tient_dans_une_adresse_et_ne_dit_rien() -> None:
    jeton = COFFRE.sceller(LETTRE, MAINTENANT)
    assert set(jeton) <= set(string.ascii_letters + string.digits + "-_")
    assert len(jeton) < 500
    assert b"Zygomatique" not in base64.urlsafe_b64decode(jeton + "=" * (-len(jeton) % 4))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_une_lettre_changee_et_le_jeton_est_refuse(donnees: st.DataObject) -> None:
    jeton = COFFRE.sceller(LETTRE, MAINTENANT)
    rang = donnees.draw(st.integers(0, len(jeton) - 2))  # le dernier caractère porte des bits perdus
    autre = donnees.draw(st.sampled_from(string.ascii_letters).filter(lambda c: c != jeton[rang]))
    with pytest.raises(JetonRefuse):
        COFFRE.ouvrir(jeton[:rang] + autre + jeton[rang + 1 :], MAINTENANT)


@pytest.mark.parametrize(
    "jeton", ["", "a", "é" * 40, "a" * JETON_MAX, "a" * (JETON_MAX + 1), "../../etc/passwd", "%00"]
)
def test_un_jeton_qui_n_en_est_pas_un_est_refuse(jeton: str) -> None:
    with pytest.raises(JetonRefuse):
        COFFRE.ouvrir(jeton, MAINTENANT)


def test_une_demande_trop_longue_n_est_pas_scellee() -> None:
    import secrets

    long = Demande("recapitulatif", "", "txt", {"blocs": [{"titre": secrets.token_hex(9_000), "lignes": []}]}, JOUR)
    with pytest.raises(JetonRefuse):
        COFFRE.sceller(long, MAINTENANT)


@pytest.mark.parametrize(
    ("genre", "format_"), [("lettre", "ics"), ("calendrier", "docx"), ("lettre", "pdf"), ("virus", "txt")]
)
def test_un_genre_ou_un_format_impossible_est_refuse(genre: str, format_: str) -> None:
    with pytest.raises(ValueError):
        Demande(genre, "x", format_, {}, JOUR)  # type: ignore[arg-type]


def test_le_coffre_ne_garde_rien() -> None:
    avant = {**COFFRE.__dict__}
    COFFRE.sceller(LETTRE, MAINTENANT)
    assert COFFRE.__dict__ == avant
    assert [v for v in vars(coffre).values() if isinstance(v, list)] == []


@pytest.mark.parametrize("format_", ["docx", "odt", "txt"])
def test_une_lettre_se_refait_a_l_identique(format_: str) -> None:
    demande = Demande("lettre", "demande_plan", format_, {"organisme": "Zygomatique"}, JOUR)  # type: ignore[arg-type]
    rouverte = COFFRE.ouvrir(COFFRE.sceller(demande, MAINTENANT), MAINTENANT)
    fichier = produire(rouverte, DROIT)
    assert fichier == produire(demande, DROIT)
    assert fichier.nom == f"courrier-demande.{format_}"
    assert fichier.octets == octets("demande_plan", format_, {"organisme": "Zygomatique"})


def test_un_recapitulatif_se_refait() -> None:
    bloc = {"titre": "Vos voies", "lignes": ["CPF : ouvert."], "sources": ["L. 6323-17"], "verifie_le": "2026-11-22"}
    fichier = produire(Demande("recapitulatif", "", "txt", {"blocs": [bloc]}, JOUR), DROIT)
    assert fichier.nom == "notes.txt" and "22/11/2026" in fichier.octets.decode()


def test_un_calendrier_garde_ses_identifiants_quand_on_le_reprend() -> None:
    faits = {"situation": {"statut": "salarie_prive", "date_debut": "2027-03-02"}, "chemin": "cpf_temps_travail"}
    demande = Demande("calendrier", "", "ics", faits, JOUR)
    rouverte = COFFRE.ouvrir(COFFRE.sceller(demande, MAINTENANT), MAINTENANT)
    fichier = produire(rouverte, DROIT)
    assert fichier == produire(demande, DROIT) and fichier.nom == "rappels.ics"
    autre = produire(Demande("calendrier", "", "ics", faits, JOUR), DROIT)
    uids, autres = ({str(e["uid"]) for e in Calendar.from_ical(f.octets).events} for f in (fichier, autre))
    assert len(uids) >= 6 and not uids & autres


def test_le_jour_du_document_voyage_avec_lui() -> None:
    demande = Demande("lettre", "demande_plan", "txt", {}, date(2026, 3, 1))
    rouverte = COFFRE.ouvrir(COFFRE.sceller(demande, MAINTENANT), MAINTENANT)
    assert "1er\u00a0mars\u00a02026" in produire(rouverte, DROIT).octets.decode()
