"""L'autre identité : un jeton court signé par la page hôte, d'une autre origine de la liste exacte."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from actions import reglages
from canaux.acces import Refus
from canaux.identite import CleFaible, conversation_nommee, jetons_en_place
from tests.conftest import SECRET_DE_TEST, Serveurs
from tests.serveur import Visiteur


def signer(cle: Any = SECRET_DE_TEST, algorithme: str = "HS256", sans: str = "", **champs: Any) -> str:
    contenu = {"sub": "visite-1", "aud": "assistant", "exp": time.time() + 300, **champs}
    contenu.pop(sans, None)
    return jwt.encode(contenu, cle, algorithm=algorithme)


def visiteur(serveurs: Serveurs, jeton: str, origine: str | None = None) -> Visiteur:
    entetes = {"Origin": origine or f"http://localhost:{serveurs.port_hote}", "Sec-Fetch-Site": "cross-site"}
    if jeton:
        entetes["Authorization"] = f"Bearer {jeton}"
    return Visiteur(serveurs.jeton, entetes)


def test_un_jeton_valide_ouvre_parle_et_efface_sans_temoin(serveurs: Serveurs) -> None:
    personne = visiteur(serveurs, signer(sub="entier"))
    ouverte = personne.appeler("POST", "/session", {})
    assert ouverte.code == 200 and "set-cookie" not in ouverte.entetes
    assert ouverte.entetes["access-control-allow-origin"] == f"http://localhost:{serveurs.port_hote}"
    assert "access-control-allow-credentials" not in ouverte.entetes and "Origin" in ouverte.entetes["vary"]
    assert personne.dire("merci").code == 200
    # Le jeton renouvelé de la même visite retrouve la conversation ; une autre visite n'y a pas accès.
    assert visiteur(serveurs, signer(sub="entier", exp=time.time() + 200)).dire("merci").code == 200
    assert visiteur(serveurs, signer(sub="autre visite")).dire("merci").json() == {"erreur": "session"}
    assert personne.appeler("POST", "/effacer", {}).code == 200
    assert personne.dire("merci").json() == {"erreur": "session"}


_RSA = rsa.generate_private_key(65537, 2048)

JETONS: dict[str, Callable[[], str]] = {
    "absent": lambda: "",
    "illisible": lambda: "a.b.c",
    "autre secret": lambda: signer("un-autre-secret-de-plus-de-32-octets"),
    "expiré": lambda: signer(exp=time.time() - 5),
    "trop long": lambda: signer(exp=time.time() + 3600),
    "éternel": lambda: signer(exp=9e11),
    "sans exp": lambda: signer(sans="exp"),
    "sans sub": lambda: signer(sans="sub"),
    "sans aud": lambda: signer(sans="aud"),
    "autre aud": lambda: signer(aud="autre"),
    "sub vide": lambda: signer(sub=""),
    "sub nombre": lambda: signer(sub=12),
    "sub énorme": lambda: signer(sub="x" * 300),
    "pas encore": lambda: signer(nbf=time.time() + 100),
    "alg none": lambda: jwt.encode({"sub": "a", "aud": "assistant", "exp": time.time() + 60}, None, algorithm="none"),
    "HS512": lambda: signer(SECRET_DE_TEST * 2, "HS512"),
    "RS256": lambda: signer(_RSA, "RS256"),
}


@pytest.mark.parametrize("nom", JETONS)
def test_un_jeton_douteux_est_refuse(serveurs: Serveurs, nom: str) -> None:
    for route, corps in (("/session", {}), ("/message", {"id": "identifiant", "texte": "merci"}), ("/effacer", {})):
        recue = visiteur(serveurs, JETONS[nom]()).appeler("POST", route, corps)
        assert (recue.code, recue.json()) == (401, {"erreur": "jeton"})


def test_un_temoin_ne_remplace_pas_un_jeton(serveurs: Serveurs) -> None:
    personne = visiteur(serveurs, "")
    personne.temoin = f"__Host-assistant={'A' * 43}"
    assert personne.appeler("POST", "/session", {}).json() == {"erreur": "jeton"}


@pytest.mark.parametrize(
    "origine", ["https://evil.example", "https://rh.exemple.evil.example", "http://rh.exemple", "null"]
)
def test_une_origine_hors_de_la_liste_est_refusee(serveurs: Serveurs, origine: str) -> None:
    personne = visiteur(serveurs, signer(), origine)
    for methode in ("POST", "OPTIONS"):
        recue = personne.appeler(methode, "/session", {} if methode == "POST" else None)
        assert recue.code == 403 and "access-control-allow-origin" not in recue.entetes


def test_la_demande_prealable_d_une_origine_de_la_liste_est_admise(serveurs: Serveurs) -> None:
    recue = visiteur(serveurs, "", "https://rh.exemple").appeler("OPTIONS", "/message")
    assert recue.code == 204 and recue.entetes["access-control-allow-origin"] == "https://rh.exemple"
    assert recue.entetes["access-control-allow-headers"] == "authorization, content-type"


def test_qui_peut_lire_dit_ce_qui_est_vrai_ici(serveurs: Serveurs) -> None:
    lignes = visiteur(serveurs, "").appeler("GET", "/qui-peut-lire").json()["texte"]
    assert "L'intranet atteste" in lignes and "tiré au hasard" not in lignes
    autre = Visiteur(serveurs.temoin).appeler("GET", "/qui-peut-lire").json()["texte"]
    assert "tiré au hasard" in autre and "L'intranet atteste" not in autre


def test_la_conversation_ne_porte_ni_le_temoin_ni_le_nom() -> None:
    nom = conversation_nommee("jeanne.martin@exemple.fr")
    assert nom.startswith("widget:") and "jeanne" not in nom and len(nom) == len("widget:") + 64


def test_une_cle_asymetrique_ne_se_confond_pas_avec_un_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """La clé publique, connue de tous, ne signe rien : la confusion RS256/HS256 est refusée."""
    privee = ec.generate_private_key(ec.SECP256R1())
    publique = privee.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "cle.pem").write_bytes(publique)
    monkeypatch.setattr(reglages, "WIDGET_JETON_CLE_PUBLIQUE", str(tmp_path / "cle.pem"))
    jetons = jetons_en_place()
    assert jetons is not None and jetons.sujet(signer(privee, "ES256")) == "visite-1"
    entete, corps = (jwt.utils.base64url_encode(x).decode() for x in (b'{"alg":"HS256"}', b'{"sub":"a"}'))
    import hashlib
    import hmac

    signature = hmac.new(publique, f"{entete}.{corps}".encode(), hashlib.sha256).digest()
    with pytest.raises(Refus):
        jetons.sujet(f"{entete}.{corps}.{jwt.utils.base64url_encode(signature).decode()}")


def test_une_cle_faible_arrete_le_demarrage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    privee = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "privee").write_bytes(privee.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for secret, fichier in (
        ("trop court", ""),
        ("", str(tmp_path / "absente")),
        ("", str(tmp_path / "privee")),
        (SECRET_DE_TEST, str(tmp_path / "privee")),
    ):
        monkeypatch.setattr(reglages, "WIDGET_JETON_SECRET", secret)
        monkeypatch.setattr(reglages, "WIDGET_JETON_CLE_PUBLIQUE", fichier)
        with pytest.raises(CleFaible):
            jetons_en_place()
