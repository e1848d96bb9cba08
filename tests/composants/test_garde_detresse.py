"""La garde de détresse : ce qu'elle doit voir, ce qu'elle doit laisser passer, et ce qu'elle vaut à l'aveugle.

Chaque liste a été écrite avant d'être lue par la garde, puis a servi à la corriger : ici elles empêchent de reculer.
La mesure à l'aveugle est notée en tête de detresse/controle.yml ; elle est bien plus basse, surtout pour le voilé.
Ce que la garde manque revient au classifieur (seuil bas sur « exprimer_detresse »).
"""

from pathlib import Path

import pytest
import yaml

from actions.reglages import RACINE
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
    autres = [
        ligne.strip()[2:].strip()
        for fichier in sorted((RACINE / "data/nlu").glob("*.yml"))
        for bloc in yaml.load(fichier.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]
        if bloc["intent"] != "exprimer_detresse"
        for ligne in bloc["examples"].splitlines()
        if ligne.strip()
    ]
    assert len(autres) > 9000
    assert len(reconnus(autres)) <= len(autres) * 0.001, reconnus(autres)


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
