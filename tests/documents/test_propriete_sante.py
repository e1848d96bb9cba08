"""Aucune entrée ne fait passer un mot de santé dans une lettre à l'employeur, dans aucun format.

Le fichier produit est relu, puis jugé par un oracle qui ne partage rien avec la garde que sa liste.
"""

import re
import string
import unicodedata
from typing import Any

import yaml
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from actions.documents.champs import ErreurChamp
from actions.documents.garde_sante import MotDeSante
from actions.documents.modeles import SANS_SANTE
from actions.reglages import RACINE
from tests.documents.outils import MODELES, PLEINS, lettre, octets, relire, texte_de

LISTES = yaml.safe_load((RACINE / "data/vigilance/sante.yml").read_text(encoding="utf-8"))
MOTS = [*LISTES["mots"], *LISTES["expressions"], *LISTES["racines"], *LISTES["sigles"]]
LONGS = [mot for mot in MOTS if len(mot) >= 7 and " " not in mot]
EMPLOYEUR = sorted(n for n, m in MODELES.items() if m.destinataire in SANS_SANTE)
FORMATS = ("docx", "odt", "txt")


def plat(texte: str) -> str:
    """Minuscules sans accents ; rien d'autre n'est corrigé."""
    decompose = unicodedata.normalize("NFKD", texte.lower())
    return "".join(c for c in decompose if not unicodedata.combining(c))


def oracle(texte: str, temoin: str) -> list[str]:
    """Mots de la liste lus dans un texte et absents du témoin (la même lettre, sans champ libre)."""
    mots, mots_temoin = (set(re.findall(r"[a-z]+", plat(t))) for t in (texte, temoin))
    serre, serre_temoin = ("".join(re.findall(r"[a-z]", plat(t))) for t in (texte, temoin))
    entiers = [m for m in MOTS if m in mots and m not in mots_temoin]
    return entiers + [m for m in LONGS if m in serre and m not in serre_temoin]


def test_l_oracle_voit_et_se_tait_a_bon_escient() -> None:
    assert oracle("ma Maladie", "") and oracle("m a l a d i e", "") and not oracle("mon projet", "")


def test_les_temoins_sont_propres() -> None:
    for nom in EMPLOYEUR:
        assert oracle(texte_de(lettre(nom, {})), "") == [], nom


_GLUES = st.sampled_from(["", "", "", " ", "-", ".", "'", "\u200b", "\u00ad", "\u2060", "\n", "_", "*"])
_ALPHABET = string.ascii_letters + "éèêàçùïœ '’&.,()+-" + string.digits


@st.composite
def mot_deguise(tirer: st.DrawFn) -> str:
    mot = tirer(st.sampled_from(MOTS))
    geste = tirer(st.sampled_from(["tel quel", "casse", "accents", "étire", "glue", "entouré", "sosies"]))
    if geste == "casse":
        return "".join(tirer(st.sampled_from([c.upper(), c])) for c in mot)
    if geste == "accents":
        return mot.translate(str.maketrans({"e": "é", "a": "à", "i": "î"}))
    if geste == "étire":
        lettre_ = tirer(st.sampled_from(sorted(set(mot) - {" "})))
        return mot.replace(lettre_, lettre_ * 3)
    if geste == "glue":
        return tirer(_GLUES).join(mot)
    if geste == "sosies":
        return mot.translate(str.maketrans("aeo", "аео"))
    return mot if geste == "tel quel" else f"{tirer(st.text(_ALPHABET, max_size=6))} {mot} "


def valeur() -> st.SearchStrategy[Any]:
    libre = st.one_of(st.text(max_size=60), st.text(_ALPHABET, max_size=40), mot_deguise())
    melange = st.tuples(st.text(_ALPHABET, max_size=20), mot_deguise(), st.text(_ALPHABET, max_size=20)).map(" ".join)
    autres = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.dates())
    return st.one_of(libre, melange, autres)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nom=st.sampled_from(EMPLOYEUR), donnees=st.data())
def test_aucune_entree_ne_fait_passer_un_mot_de_sante(nom: str, donnees: st.DataObject) -> None:
    connus = [*MODELES[nom].champs, "nom", "adresse", "employeur", "ville", "objet", "motif"]
    faits = dict(PLEINS[nom]) if donnees.draw(st.booleans()) else {}
    for champ in donnees.draw(st.lists(st.sampled_from(connus), min_size=1, max_size=4, unique=True)):
        faits[champ] = donnees.draw(valeur())
    note(str(faits))
    try:
        redigee = lettre(nom, faits)
    except (MotDeSante, ErreurChamp):
        return
    sans_texte = {c: v for c, v in faits.items() if c in MODELES[nom].champs and MODELES[nom].champs[c].type != "texte"}
    temoin = texte_de(lettre(nom, sans_texte))
    for format_ in FORMATS:
        relu = relire(octets(nom, format_, faits), format_)
        assert oracle(relu, temoin) == []
    assert oracle(redigee.objet + " " + redigee.fichier, "") == []


@settings(max_examples=600, deadline=None)
@given(mot=mot_deguise(), avant=st.text(_ALPHABET, max_size=15), apres=st.text(_ALPHABET, max_size=15))
def test_le_nom_du_prestataire_est_le_seul_texte_libre_et_il_est_garde(mot: str, avant: str, apres: str) -> None:
    """Le nom du prestataire, seul texte libre : un mot de santé y est refusé, ou ne s'y lit plus."""
    libres = {c.nom for n in EMPLOYEUR for c in MODELES[n].champs.values() if c.type == "texte"}
    assert libres == {"organisme"}
    organisme = f"{avant} {mot} {apres}"
    try:
        texte = texte_de(lettre("demande_plan", {"organisme": organisme}))
    except (MotDeSante, ErreurChamp):
        return
    assert oracle(texte, texte_de(lettre("demande_plan", {"organisme": "Xyz"}))) == []
