"""La garde de détresse : ce qu'elle doit voir, ce qu'elle doit laisser passer, et ce qu'elle vaut à l'aveugle.

Chaque liste a été écrite avant d'être lue par la garde, puis a servi à la corriger : ici elles empêchent de reculer.
La mesure à l'aveugle est notée en tête de detresse/controle.yml ; elle est bien plus basse, surtout pour le voilé.
Ce que la garde manque revient au classifieur (seuil bas sur « exprimer_detresse »).
"""

from pathlib import Path

import pytest
import yaml

from actions.reglages import RACINE
from composants.vigilance import est_une_detresse, est_une_tournure, redresser

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
# Part des tournures reconnues au dernier réglage, jamais moins : les autres reviennent au classifieur.
TOURNURES = {
    "exageration_reglage": 0.80,
    "exageration_controle": 0.72,
    "exageration_aveugle": 0.55,
    "sans_danger_reglage": 0.80,
    "sans_danger_controle": 0.80,
}
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


@pytest.mark.parametrize(("sorte", "part"), TOURNURES.items())
def test_une_tournure_est_reconnue_sans_alerte(sorte: str, part: float) -> None:
    textes = messages("tournures", sorte)
    assert len(reconnus(textes)) <= (5 if sorte == "exageration_aveugle" else 0), reconnus(textes)
    manquees = [texte for texte in textes if not est_une_tournure(texte)]
    assert len(manquees) <= len(textes) * (1 - part), manquees


@pytest.mark.parametrize("sorte", ["danger", "danger_voile"])
def test_un_danger_qui_ressemble_a_une_tournure_reste_au_classifieur(sorte: str) -> None:
    assert [texte for texte in messages("tournures", sorte) if est_une_tournure(texte)] == []


def test_aucun_danger_connu_ne_passe_pour_une_tournure() -> None:
    dangers = [texte for liste, sorte in MANQUES for texte in messages(liste, sorte)] + exemples(detresse=True)
    assert len(dangers) > 1300
    assert [texte for texte in dangers if est_une_tournure(texte)] == []


@pytest.mark.parametrize(
    ("tournure", "danger"),
    [
        ("ce taf va me tuer", "ce taf va me tuer, tant mieux"),
        ("je me tue au travail", "je me tue au travail ce soir"),
        ("je veux en finir avec ce contrat", "je veux en finir avec ce contrat et avec la vie"),
        ("j'ai cru mourir de honte", "j'ai envie de mourir de honte"),
        ("je ne suis pas suicidaire, juste fatigué", "je ne suis pas suicidaire, enfin je crois"),
        ("il y a une affiche du 3114 dans la salle de pause", "j'ai appelé le 3114 hier"),
    ],
)
def test_une_tournure_cede_des_que_la_suite_inquiete(tournure: str, danger: str) -> None:
    assert est_une_tournure(tournure)
    assert not est_une_tournure(danger)


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
