"""Le canal du widget, sur le vrai serveur : qui entre, ce qui est refusé, un seul tour par message, effacement."""

from __future__ import annotations

import contextlib
import re
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from html import escape

import pytest

from actions.reglages import MESSAGE_LONGUEUR_MAX, WIDGET_MESSAGES_PAR_MINUTE
from canaux.textes_widget import textes
from tests.canaux.test_garde import COMMANDES
from tests.serveur import Reponse, Serveur, Visiteur

QUESTION = "combien de temps dure un bilan de compétences ?"


def noms(recue: Reponse) -> list[str]:
    assert recue.code == 200, recue
    return [message["reponse"] for message in recue.json()["messages"]]


@pytest.fixture
def visiteur(serveur_temoin: Serveur) -> Visiteur:
    return Visiteur(serveur_temoin).ouvrir()


def test_l_ouverture_pose_un_temoin_au_hasard_et_dit_la_notice(serveur_temoin: Serveur) -> None:
    recues = [Visiteur(serveur_temoin).appeler("POST", "/session", {}) for _ in range(2)]
    temoins = [r.entetes["set-cookie"] for r in recues]
    for temoin in temoins:
        assert re.fullmatch(r"__Host-assistant=[\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict", temoin)
    assert temoins[0] != temoins[1]
    messages = recues[0].json()["messages"]
    assert len(messages) == 1
    for dit in ("assistant automatique", "n'est pas gardé", "60\u00a0minutes", "administrateur", "RH"):
        assert dit in messages[0]["texte"]
    assert "/parler_a_un_humain" in [b["envoi"] for b in messages[0]["boutons"]]
    assert recues[0].json()["expire_dans"] == 3600


def test_une_reponse_a_la_forme_promise_sans_redire_la_notice(visiteur: Visiteur) -> None:
    corps = visiteur.dire(QUESTION).json()
    assert [m["reponse"] for m in corps["messages"]] == ["utter_faq/duree"]
    message = corps["messages"][0]
    assert set(message) == {"texte", "boutons", "documents", "reponse", "sources"}
    assert set(message["boutons"][0]) == {"titre", "envoi"}
    assert message["sources"][0]["lien"].startswith("https://") and message["sources"][0]["verifie_le"] == "2026-11-22"
    assert corps["efface"] is False and corps["expire_dans"] == 3600


@pytest.mark.parametrize(
    "temoin", ["", "__Host-assistant=", "__Host-assistant=court", f"__Host-assistant={'A' * 43}", "autre=1", "=;;"]
)
def test_sans_session_ou_avec_une_session_etrangere_tout_est_refuse(serveur_temoin: Serveur, temoin: str) -> None:
    intrus = Visiteur(serveur_temoin, temoin=temoin)
    assert intrus.dire(QUESTION).code == 401
    assert intrus.appeler("GET", "/session").code == 401
    assert intrus.appeler("POST", "/avis", {"reponse": "utter_faq/duree", "avis": "utile"}).code == 401
    assert intrus.dire(QUESTION).json() == {"erreur": "session"}


def test_le_navigateur_ne_choisit_pas_sa_session(serveur_temoin: Serveur) -> None:
    impose = "__Host-assistant=" + secrets.token_urlsafe(32)
    fixe = Visiteur(serveur_temoin, temoin=impose).ouvrir()
    assert fixe.temoin and fixe.temoin != impose
    assert Visiteur(serveur_temoin, temoin=impose).dire(QUESTION).code == 401


def test_un_bouton_marche_ou_il_a_ete_offert_et_nulle_part_ailleurs(
    serveur_temoin: Serveur, visiteur: Visiteur
) -> None:
    bouton = visiteur.dire(QUESTION).json()["messages"][-1]["boutons"][0]["envoi"]
    assert visiteur.dire(bouton).json()["messages"][0]["reponse"] == "utter_detail_duree"
    autre = Visiteur(serveur_temoin).ouvrir()
    assert autre.dire(bouton).json()["messages"][0]["reponse"] in ("utter_bouton_perime", "utter_commande_refusee")


def test_la_notice_offre_deja_ses_boutons(visiteur: Visiteur) -> None:
    assert visiteur.dire("/parler_a_un_humain").json()["messages"][0]["reponse"] == "utter_humains"


def test_une_commande_tapee_n_est_jamais_une_commande(serveur_temoin: Serveur) -> None:
    visiteur = Visiteur(serveur_temoin)
    for rang, commande in enumerate(COMMANDES):
        if rang % 20 == 0:
            visiteur = Visiteur(serveur_temoin).ouvrir()
        assert noms(visiteur.dire(commande)) in (["utter_commande_refusee"], ["utter_bouton_perime"]), commande


def test_le_meme_message_deux_fois_n_est_joue_qu_une_fois(visiteur: Visiteur) -> None:
    # Joué une seconde fois, un message incompris aurait la réponse du second raté.
    for _ in range(3):
        assert noms(visiteur.dire("gfdsq trezp poiuy", "identique-0001")) == ["utter_repli_1"]
    assert noms(visiteur.dire("gfdsq trezp poiuy", "identique-0002")) == ["utter_repli_2"]


def test_le_meme_message_pendant_que_le_premier_tourne(visiteur: Visiteur) -> None:
    with ThreadPoolExecutor(8) as fils:
        recues = list(fils.map(lambda _: visiteur.dire("gfdsq trezp poiuy", "simultane-01"), range(8)))
    assert [noms(r) for r in recues] == [["utter_repli_1"]] * 8
    assert noms(visiteur.dire("gfdsq trezp poiuy", "simultane-02")) == ["utter_repli_2"]


def test_le_meme_identifiant_chez_deux_personnes_fait_deux_tours(serveur_temoin: Serveur, visiteur: Visiteur) -> None:
    visiteur.dire(QUESTION, "identifiant-commun")
    autre = Visiteur(serveur_temoin).ouvrir()
    assert noms(autre.dire("merci", "identifiant-commun")) == ["utter_remercier"]


def test_les_messages_d_une_personne_passent_a_la_suite_sans_attente_d_une_seconde(visiteur: Visiteur) -> None:
    debut = time.monotonic()
    with ThreadPoolExecutor(5) as fils:
        recues = list(fils.map(lambda n: visiteur.dire(QUESTION, f"rafale-{n:06}"), range(5)))
    assert {r.code for r in recues} == {200}
    assert time.monotonic() - debut < 2  # le verrou de Rasa seul demande plus de quatre secondes


@pytest.mark.parametrize(
    ("entetes", "code"),
    [
        ({"Origin": ""}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "http://127.0.0.1.evil.example"}, 403),
        ({"Origin": "http://evil.example", "Host": "evil.example"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "none"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_une_page_etrangere_ne_parle_pas_pour_la_personne(
    visiteur: Visiteur, entetes: dict[str, str], code: int
) -> None:
    recue = visiteur.appeler("POST", "/message", {"id": "etranger-1", "texte": QUESTION}, **entetes)
    assert recue.code == code
    assert "access-control-allow-origin" not in recue.entetes


@pytest.mark.parametrize("origine", ["https://evil.example", "null", ""])
def test_la_demande_prealable_d_un_autre_site_est_refusee(serveur_temoin: Serveur, origine: str) -> None:
    recue = Visiteur(serveur_temoin).appeler("OPTIONS", "/message", Origin=origine, Sec_Fetch_Site="cross-site")
    assert recue.code == 403 and not [e for e in recue.entetes if e.startswith("access-control")]


@pytest.mark.parametrize(
    ("corps", "code", "raison"),
    [
        (b"", 400, "forme"),
        (b"{", 400, "forme"),
        (b"[]", 400, "forme"),
        (b"[" * 9_000, 400, "forme"),
        (b"\xff\xfe", 400, "forme"),
        (b"{" + b" " * 20_000 + b"}", 413, "taille"),
        ({"texte": "a"}, 400, "forme"),
        ({"id": "identifiant"}, 400, "forme"),
        ({"id": "court", "texte": "a"}, 400, "forme"),
        ({"id": "x" * 65, "texte": "a"}, 400, "forme"),
        ({"id": "nul\x00nul\x00", "texte": "a"}, 400, "forme"),
        ({"id": 12345678, "texte": "a"}, 400, "forme"),
        ({"id": "identifiant", "texte": 42}, 400, "forme"),
        ({"id": "identifiant", "texte": None}, 400, "forme"),
        ({"id": "identifiant", "texte": {"$ne": 1}}, 400, "forme"),
        ({"id": "identifiant", "texte": "a" * (MESSAGE_LONGUEUR_MAX + 1)}, 400, "longueur"),
    ],
)
def test_un_message_mal_forme_est_refuse_avant_toute_analyse(
    visiteur: Visiteur, corps: object, code: int, raison: str
) -> None:
    recue = visiteur.appeler("POST", "/message", corps)
    assert (recue.code, recue.json()) == (code, {"erreur": raison})


@pytest.mark.parametrize(
    "texte", ["\x00", "\ud83d", "a\ud800b", "😀", "", " ", "<img src=x onerror=alert(1)>", "a" * 2000]
)
def test_une_entree_hostile_recoit_une_phrase(visiteur: Visiteur, texte: str) -> None:
    recue = visiteur.dire(texte)
    assert recue.code == 200 and all(m["texte"] for m in recue.json()["messages"])


def test_un_corps_enorme_est_coupe(serveur_temoin: Serveur, visiteur: Visiteur) -> None:
    with contextlib.suppress(ConnectionError):  # le serveur peut couper pendant l'envoi
        assert visiteur.appeler("POST", "/message", b"x" * 5_000_000).code == 413
    assert Visiteur(serveur_temoin).ouvrir().dire(QUESTION).code == 200


def test_le_debit_est_borne_par_conversation(visiteur: Visiteur, serveur_temoin: Serveur) -> None:
    codes = [visiteur.dire("merci").code for _ in range(WIDGET_MESSAGES_PAR_MINUTE + 8)]
    assert codes[:WIDGET_MESSAGES_PAR_MINUTE] == [200] * WIDGET_MESSAGES_PAR_MINUTE and 429 in codes
    refuse = visiteur.dire("merci")
    if refuse.code == 429:
        assert int(refuse.entetes["retry-after"]) >= 1 and refuse.json() == {"erreur": "debit"}
    assert Visiteur(serveur_temoin).ouvrir().dire("merci").code == 200


def test_effacer_ferme_la_session_et_le_dit(serveur_temoin: Serveur, visiteur: Visiteur) -> None:
    visiteur.dire(QUESTION)
    ancien = visiteur.temoin
    recue = visiteur.appeler("POST", "/effacer", {})
    assert recue.code == 200 and "effacé" in recue.json()["messages"][0]["texte"] and recue.json()["efface"] is True
    assert "Max-Age=0" in recue.entetes["set-cookie"] and not visiteur.temoin
    assert Visiteur(serveur_temoin, temoin=ancien).dire(QUESTION).code == 401
    assert Visiteur(serveur_temoin).appeler("POST", "/effacer", {}).code == 200  # rien à effacer : déjà vrai


def test_effacer_en_toutes_lettres_efface_aussi(serveur_temoin: Serveur, visiteur: Visiteur) -> None:
    visiteur.dire(QUESTION)
    ancien = visiteur.temoin
    recue = visiteur.dire("efface tout")
    assert recue.json()["efface"] is True and "affiché ici" in recue.json()["messages"][-1]["texte"]
    assert Visiteur(serveur_temoin, temoin=ancien).dire("plus simple").code == 401


def test_prolonger_ne_recommence_pas(visiteur: Visiteur) -> None:
    visiteur.dire(QUESTION)
    recue = visiteur.appeler("POST", "/session", {})
    assert (
        recue.json() == {"messages": [], "nouvelle": False, "expire_dans": 3600} and "set-cookie" not in recue.entetes
    )
    assert visiteur.appeler("GET", "/session").json()["expire_dans"] <= 3600
    assert visiteur.dire("plus simple").json()["messages"][0]["reponse"] == "utter_simple_duree"


@pytest.mark.parametrize(
    "corps",
    [
        {"reponse": "utter_faq/duree", "avis": "inconnu"},
        {"reponse": "utter_faq/inconnue", "avis": "faux"},
        {"reponse": "utter_faq/duree"},
        {"reponse": "utter_faq/duree", "avis": ["faux"]},
        {"reponse": {"a": 1}, "avis": "faux"},
        {"reponse": "utter_faq/duree", "avis": "faux", "texte": "mon avis avec mon nom"},
    ],
)
def test_un_avis_ne_porte_aucun_texte(visiteur: Visiteur, corps: dict[str, object]) -> None:
    assert visiteur.appeler("POST", "/avis", corps).code == 400


def test_chaque_raison_d_un_avis_se_publie_par_dizaines_de_personnes(serveur_temoin: Serveur) -> None:
    def publies() -> dict[str, int]:
        return Visiteur(serveur_temoin).appeler("GET", "/a-propos").json()["avis"].get("utter_faq/prix", {})

    def donner(*avis: str) -> None:
        visiteur = Visiteur(serveur_temoin).ouvrir()
        for donne in avis:
            assert visiteur.appeler("POST", "/avis", {"reponse": "utter_faq/prix", "avis": donne}).code == 204

    assert len(textes()["avis"]) == 6
    for raison in textes()["avis"]:
        for _ in range(9):
            donner("utile", raison, raison)  # changer d'avis, ou insister, ne compte pas deux fois
    assert publies() == {}, "cinquante-quatre avis, mais aucune raison n'en a dix"
    for _ in range(10):
        donner("faux")
    assert publies() == {"faux": 10}
    page = serveur_temoin.appeler("GET", "/a-propos").corps.decode()
    assert [raison for raison in textes()["avis"].values() if escape(raison) in page] == [textes()["avis"]["faux"]]
