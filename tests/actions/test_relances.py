"""La table des relances : lisible, menant à des réponses qui existent, et prudente."""

import time

import pytest
import yaml

from actions.contenus import contenus_en_place
from actions.reglages import RACINE
from actions.relances import MEME_SUJET, TEXTES, lire, relances_en_place

GROUPES = yaml.safe_load((RACINE / "data/sujets.yml").read_text(encoding="utf-8"))
SUJETS = [s for g, sujets in GROUPES.items() if g not in ("parcours", "conversation") for s in sujets]
TABLE = relances_en_place()


def test_chaque_but_existe() -> None:
    buts = {b for e in TABLE.entrees for b in (*e.selon.values(), e.vers) if b and b not in (MEME_SUJET, TEXTES)}
    assert [b for b in buts if contenus_en_place().reponse_d_etiquette(b) is None] == []


def test_chaque_cle_est_un_sujet_ou_un_groupe() -> None:
    assert {cle for e in TABLE.entrees for cle in e.selon} - {*SUJETS, *GROUPES} == set()


@pytest.mark.parametrize(
    ("message", "precedent", "but"),
    [
        ("et pour un fonctionnaire ?", "temps_travail", "faq/public_conge"),
        ("et pour un fonctionnaire ?", "duree", "faq/agent_public"),
        ("et pour un prof ?", "delai_5_ans", "faq/public_frequence"),
        ("et pour une atsem ?", "duree", "faq/public_territorial"),
        ("et un gendarme ?", "plafond_cpf", "faq/public_militaire"),
        ("qui paie ?", "agent_public", "faq/public_paiement"),
        ("et s'ils refusent ?", "public_conge", "faq/public_refus"),
        ("et si je suis en arrêt ?", "public_paiement", "faq/public_arret"),
        ("il le saura ?", "public_conge", "faq/public_discretion"),
        ("combien de fois ?", "public_conge", "faq/public_frequence"),
        ("il peut me virer ?", "temps_travail", "faq/peur_sanction"),
        ("il peut me virer ?", "refuser_bilan", MEME_SUJET),
        ("et si c'est pendant mes heures ?", "financement", "faq/temps_travail"),
        ("combien ça me coûterait ?", "plafond_cpf", "faq/reste_a_charge"),
        ("et lui il le saura ?", "hors_temps", "faq/employeur_informe"),
        ("et lui il le saura ?", "arret_maladie", "idee_recue/arret_employeur_ignore"),
        ("pourquoi ?", "delai_5_ans", MEME_SUJET),
        ("et s'il refuse ?", "temps_travail", "faq/employeur_refus"),
        ("Mais s'il ne répond pas ?", "temps_travail", "idee_recue/silence_vaut_refus"),
        ("du coup c'est long ?", "duree", MEME_SUJET),
        ("c'est long ?", "choisir_prestataire", "faq/duree"),
        ("et s'il ne dit rien ?", "temps_travail", "idee_recue/silence_vaut_refus"),
        ("il a combien de temps pour répondre ?", "employeur_refus", "faq/temps_travail"),
        ("tous les combien ?", "plafond_cpf", "faq/delai_5_ans"),
        ("et après 3 ans ?", "conservation_documents", MEME_SUJET),
        ("même en arrêt ?", "beneficiaires", "faq/arret_maladie"),
        ("à 58 ans ?", "quand_faire", "faq/legitimite_age"),
        ("et en CDD", "duree", "faq/cdd_interim"),
        ("c'est vrai ?", "duree", TEXTES),
        ("et après ?", "phase_preliminaire", "faq/phase_investigation"),
    ],
)
def test_une_relance_suit_le_sujet_precedent(message: str, precedent: str, but: str) -> None:
    assert TABLE.trouver(message, precedent) == but


@pytest.mark.parametrize(
    "message",
    [
        "bonjour",
        "oui",
        "mon patron",
        "",
        "?!",
        "combien coûte un bilan de compétences dans un cabinet privé ?",
        "j'ai été licencié hier et je voudrais savoir ce que devient mon compte formation après ça",
        "pourquoi faire un bilan de compétences ?",
        "je suis à bout",
    ],
)
@pytest.mark.parametrize("precedent", ["duree", "temps_travail", "prix"])
def test_un_message_qui_se_comprend_seul_n_est_pas_une_relance(message: str, precedent: str) -> None:
    assert TABLE.trouver(message, precedent) is None


@pytest.mark.parametrize(
    ("message", "precedent", "classement"),
    [
        ("sur quel motif ?", "employeur_refus", "beneficiaires"),
        ("qui la demande ?", "visites_medicales", "demander_cpf"),
        ("deux fois ?", "employeur_refus", "delai_5_ans"),
        ("depuis quand ?", "plafond_cpf", None),
    ],
)
def test_un_message_sans_sujet_garde_le_precedent(message: str, precedent: str, classement: str | None) -> None:
    assert TABLE.garde_le_sujet(message, precedent, classement)


@pytest.mark.parametrize(
    ("message", "precedent", "classement"),
    [
        ("il refuse", "temps_travail", "employeur_refus"),  # un sujet voisin reste croyable
        ("à qui demander", "duree", "parler_a_un_humain"),
        ("comment refuser un bilan", "cpf_perte", "refuser_bilan"),  # le bilan est nommé
        ("62 ou 64 ans ?", "cpf_perte", "hors_sujet"),
        ("2", "cpf_perte", None),
        ("j'en peux plus", "cpf_perte", "epuisement"),
        ("trop c'est trop", "cpf_perte", None),
        ("à quoi ça sert de continuer", "cpf_perte", None),
        ("", "cpf_perte", None),
    ],
)
def test_un_message_qui_dit_son_sujet_ou_un_mal_etre_n_herite_pas(
    message: str, precedent: str, classement: str | None
) -> None:
    assert not TABLE.garde_le_sujet(message, precedent, classement)


def test_le_voisinage_ne_nomme_que_des_sujets_et_des_groupes() -> None:
    connus = {*GROUPES, *(s for sujets in GROUPES.values() for s in sujets)}
    assert {*TABLE.voisinage, *(v for voisins in TABLE.voisinage.values() for v in voisins)} - connus == {"partout"}


def test_une_ecriture_illisible_est_refusee() -> None:
    brut = {
        "relances": [{"dit": ["(a"], "vers": "faq/duree"}],
        "mots": {},
        "liaisons": {"debut": ["et"], "fin": ["svp"]},
    }
    with pytest.raises(ValueError, match="relances"):
        lire(brut, GROUPES)


@pytest.mark.parametrize(
    "message",
    [
        "mais non je vais tres bien mdr, je parle d'arreter mon apprentissage",
        "c koi ce numero",
        "c'est quoi ce 3114 ?",
        "t'es relou avec ce numéro",
        "pourquoi vous me donnez un numéro de suicide ?",
        "tout va bien, je demande juste pour mon cpf",
        "non mais j'ai pas besoin de ce numéro",
        "vous vous êtes trompé",
        "c'était juste une façon de parler",
    ],
)
def test_une_alerte_se_dement_de_bien_des_facons(message: str) -> None:
    assert TABLE.arrete_le_rappel(message)


@pytest.mark.parametrize(
    "message",
    [
        "je vais pas bien",
        "je vais bien finir par le faire",
        "dites leur que je vais bien",
        "c'est quoi le numéro déjà ?",
        "j'arrive pas à chasser mes idées noires",
        "ce numéro répond pas",
        "pourquoi ce numéro ne répond pas",
        "ça va mieux",
        "je vais bien un jour et mal le lendemain",
    ],
)
def test_ce_qui_n_est_pas_un_dementi_laisse_le_rappel(message: str) -> None:
    assert not TABLE.arrete_le_rappel(message)


@pytest.mark.parametrize("motif", ["arretenumero", "quoijaigdit", "arrete ", "je vais ", "a"])
def test_un_message_hostile_se_lit_vite(motif: str) -> None:
    debut = time.perf_counter()
    TABLE.arrete_le_rappel((motif * 2000)[:2000])
    TABLE.fait_craindre_une_rechute((motif * 2000)[:2000])
    assert time.perf_counter() - debut < 1
