"""La garde de détresse : ce qu'elle doit voir, ce qu'elle doit laisser passer, et ce qu'elle vaut à l'aveugle.

Chaque liste a été écrite avant d'être lue par la garde, puis a servi à la corriger : ici elles empêchent de reculer.
La mesure à l'aveugle est notée en tête de detresse/controle.yml ; elle est bien plus basse, surtout pour le voilé.
Ce que la garde manque revient au classifieur (seuil bas sur « exprimer_detresse »).
"""

from pathlib import Path

import pytest
import yaml
from rasa.core.agent import Agent
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.reglages import RACINE
from bilan.moteur import faire_un_tour
from composants.classifieur_sujets import DANGER, DANGER_D_UNE_PHRASE
from composants.garde_detresse import DETRESSE_RECONNUE, GardeDetresse
from composants.modele_danger import phrases
from composants.vigilance import est_une_detresse, redresser

DOSSIER = Path(__file__).parent / "detresse"
# Part manquée tolérée : ce qui restait manqué au dernier réglage, jamais plus.
MANQUES = {
    ("avant", "danger"): 0.0,
    ("apres", "danger"): 0.02,
    ("aveugle", "danger"): 0.05,
    ("controle", "explicite"): 0.0,
    ("controle", "proche"): 0.0,
    ("controle", "voile"): 0.27,
}
# (liste de tournures.yml, part d'alertes au moins, au plus)
PRODUIT: list[tuple[str, float, float]] = []
LISTES = ["avant", "apres", "aveugle", "controle"]


def messages(liste: str, sorte: str) -> list[str]:
    return list(yaml.safe_load((DOSSIER / f"{liste}.yml").read_text(encoding="utf-8"))[sorte])


def reconnus(textes: list[str]) -> list[str]:
    return [texte for texte in textes if est_une_detresse(texte)]


def test_les_listes_sont_assez_longues_et_sans_doublon() -> None:
    tous = [
        texte
        for liste in LISTES
        for textes in yaml.safe_load((DOSSIER / f"{liste}.yml").read_text(encoding="utf-8")).values()
        for texte in textes
    ]
    assert len(set(tous)) == len(tous)
    for sorte in ("danger", "ordinaire"):
        assert len(messages("avant", sorte)) >= 200
        assert len(messages("apres", sorte)) >= 100


@pytest.mark.parametrize(("liste", "sorte"), MANQUES)
def test_un_danger_est_reconnu(liste: str, sorte: str) -> None:
    dangers = messages(liste, sorte)
    manques = [texte for texte in dangers if not est_une_detresse(texte)]
    assert len(manques) <= len(dangers) * MANQUES[liste, sorte], manques


@pytest.mark.parametrize("liste", LISTES)
def test_une_exageration_n_alerte_pas(liste: str) -> None:
    ordinaires = messages(liste, "ordinaire")
    assert len(reconnus(ordinaires)) <= len(ordinaires) * 0.01, reconnus(ordinaires)


def test_les_autres_exemples_d_entrainement_n_alertent_pas() -> None:
    """Toutes les questions ordinaires du projet forment le plus grand jeu de fausses alertes possibles."""
    autres = exemples(detresse=False)
    assert len(autres) > 9000
    assert len(reconnus(autres)) <= len(autres) * 0.001, reconnus(autres)


def exemples(detresse: bool) -> list[str]:
    return [
        ligne.strip()[2:].strip()
        for fichier in sorted((RACINE / "data/nlu").glob("*.yml"))
        for bloc in yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]
        if (bloc["intent"] == "exprimer_detresse") == detresse
        for ligne in bloc["examples"].splitlines()
        if ligne.strip()
    ]


@pytest.mark.parametrize(
    "sorte", [s for s in yaml.safe_load((DOSSIER / "tournures.yml").read_text()) if "danger" not in s]
)
def test_une_tournure_n_alerte_pas_par_la_regle(sorte: str) -> None:
    textes = messages("tournures", sorte)
    assert len(reconnus(textes)) <= (5 if sorte == "exageration_aveugle" else 0), reconnus(textes)


@pytest.mark.parametrize(
    ("texte", "probabilite", "reconnue"),
    [
        ("je veux mourir", 0.20, True),
        ("je veux mourir", 0.01, False),  # le modèle dément la règle
        ("je veux mourir", None, True),  # sans modèle, la règle suffit
        ("vous ne me reverrez plus", 0.99, True),
        ("qui paie le bilan", 0.10, False),
        ("qui paie le bilan", 0.50, False),  # le classement n'y croit pas : il en faut plus
        ("", 0.10, False),
        ("j'ai regardé, 3100", 0.99, False),  # un montant ou une date lus n'ont de mot que d'eux-mêmes
        ("jai vérifié sur le site, 3150 €", 0.99, False),
        ("c'est le 12 mars", 0.99, False),
        ("j'ai regardé le pont, 3100", 0.99, True),
        ("j'ai pris 30", 0.99, True),
        ("j'ai compté, 40", 0.99, True),
    ],
)
def test_la_garde_joint_la_regle_et_le_modele(texte: str, probabilite: float | None, reconnue: bool) -> None:
    message = Message({TEXT: texte, DANGER: probabilite, INTENT_RANKING_KEY: [{"name": "faq/prix", "confidence": 0.9}]})
    GardeDetresse(GardeDetresse.get_default_config()).process([message])
    assert message.get(DETRESSE_RECONNUE) is reconnue


@pytest.mark.parametrize(
    ("message_entier", "phrase", "reconnue"), [(0.05, 0.9, True), (0.05, 0.3, False), (0.001, 0.9, False)]
)
def test_une_seule_phrase_peut_dire_le_danger(message_entier: float, phrase: float, reconnue: bool) -> None:
    """Noyée dans une question administrative, elle compte, sauf si le message entier la dément tout à fait."""
    message = Message({TEXT: "qui paie le bilan", DANGER: message_entier, DANGER_D_UNE_PHRASE: phrase})
    GardeDetresse(GardeDetresse.get_default_config()).process([message])
    assert message.get(DETRESSE_RECONNUE) is reconnue


def test_un_message_se_lit_aussi_phrase_par_phrase() -> None:
    assert phrases("J'ai le CACES. Je pense à en finir.\nLe TOEIC est pris ?") == [
        "J'ai le CACES.",
        "Je pense à en finir.",
        "Le TOEIC est pris ?",
    ]
    assert phrases("qui paie ?") == []
    assert len(phrases("Oui. " * 100)) == 12


# Part d'alertes du produit sur des messages qui n'ont pas servi à l'apprendre : au dernier réglage, jamais pire.
@pytest.mark.parametrize(("sorte", "au_moins", "au_plus"), PRODUIT)
async def test_le_produit_alerte_a_bon_escient(agent: Agent, sorte: str, au_moins: float, au_plus: float) -> None:
    textes = messages("tournures", sorte)
    tours = [await faire_un_tour(agent, f"detresse-{sorte}-{rang}", texte) for rang, texte in enumerate(textes)]
    alertes = [texte for texte, tour in zip(textes, tours, strict=True) if "exprimer_detresse" in tour.sujets]
    assert au_moins <= len(alertes) / len(textes) <= au_plus, alertes


@pytest.mark.parametrize(
    ("ecrit", "redresse"),
    [
        ("jveu mourire", "je veux mourir"),
        ("Jé envi de mourir", "j'ai envie de mourir"),
        ("je n'ai plus goût à rien", "j'ai plus gout a rien"),
        ("J'ai envie, vraiment, de courir", "j'ai envie . vraiment . de courir"),
        ("g des idé noire", "j'ai des idees noires"),
        ("me foutre en lair", "me foutre en l'air"),
    ],
)
def test_un_texte_est_redresse(ecrit: str, redresse: str) -> None:
    assert redresser(ecrit) == redresse


def test_un_mot_voisin_n_est_pas_pris_pour_un_mot_de_danger() -> None:
    for mot in ("courir", "nourrir", "sacrifier", "ouvrir", "vendre", "caché"):
        assert redresser(mot) not in ("mourir", "scarifier", "pendre", "cachets")


def test_un_texte_vide_ou_tres_long_se_lit_sans_erreur() -> None:
    assert not est_une_detresse("")
    assert not est_une_detresse("… !?")
    assert not est_une_detresse("comment faire un bilan " * 400)
    assert est_une_detresse("comment faire un bilan " * 100 + "je veux mourir")
