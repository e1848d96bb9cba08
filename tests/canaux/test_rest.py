"""Le canal REST refuse clairement ce qui est mal formé."""

import json

import pytest

from canaux.rest import RequeteRefusee, lire_requete

JSON = "application/json"


def corps(**champs: object) -> bytes:
    return json.dumps(champs).encode()


def test_une_requete_correcte_se_lit() -> None:
    assert lire_requete("application/json; charset=utf-8", corps(sender="a", message="salut")) == ("a", "salut")


@pytest.mark.parametrize(
    ("type_contenu", "recu", "code"),
    [
        ("text/plain", corps(sender="a", message="b"), 415),
        ("", corps(sender="a", message="b"), 415),
        (JSON, b"{" + b" " * 20_000 + b"}", 413),
        (JSON, b"", 400),
        (JSON, b"pas du json", 400),
        (JSON, b"[]", 400),
        (JSON, b"[" * 9_000, 400),
        (JSON, b"\xff\xfe", 400),
        (JSON, corps(sender="a"), 400),
        (JSON, corps(sender="a", message=42), 400),
        (JSON, corps(sender="a", message=None), 400),
        (JSON, corps(message="b"), 400),
        (JSON, corps(sender="", message="b"), 400),
        (JSON, corps(sender="a\x00b", message="b"), 400),
        (JSON, corps(sender="x" * 65, message="b"), 400),
        (JSON, corps(sender={"$ne": 1}, message="b"), 400),
    ],
)
def test_une_requete_mal_formee_est_refusee_avec_sa_raison(type_contenu: str, recu: bytes, code: int) -> None:
    with pytest.raises(RequeteRefusee) as refus:
        lire_requete(type_contenu, recu)
    assert refus.value.code == code
    assert len(str(refus.value)) > 10
