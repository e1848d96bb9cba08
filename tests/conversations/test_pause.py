"""Mettre en pause et reprendre, dans le vrai dialogue : le code seul porte les réponses, deux phrases par message."""

from __future__ import annotations

import base64
import re
import uuid
from datetime import timedelta

import pytest
from rasa.core.agent import Agent

from actions import reglages
from actions.parcours import code_de_reprise
from actions.parcours.faits import CHAMPS
from actions.phrases import compter
from bilan.moteur import Tour, faire_un_tour

CODE = re.compile(r"(?:[A-Z2-7]{4}-)+[A-Z2-7]{1,4}")
MENTION = re.compile(r"\n?(Vérifié le|Recoupé le|Probable au) [^\n]*$")
PATIENCE = 12


class Personne:
    """Une conversation : ce qu'on y écrit, ce qu'on y touche."""

    def __init__(self, agent: Agent) -> None:
        self.agent, self.identifiant = agent, f"pause-{uuid.uuid4()}"
        self.tour: Tour | None = None

    async def dit(self, texte: str) -> Tour:
        self.tour = await faire_un_tour(self.agent, self.identifiant, texte)
        return self.tour

    async def touche(self, titre: str) -> Tour:
        assert self.tour is not None
        envois = {b["titre"]: b["envoi"] for r in self.tour.reponses for b in r["boutons"]}
        assert titre in envois, sorted(envois)
        return await self.dit(envois[titre])

    async def slot(self, nom: str) -> object:
        fil = await self.agent.tracker_store.retrieve(self.identifiant)
        return fil.get_slot(nom) if fil else None


def textes(tour: Tour) -> str:
    return "\n".join(reponse["texte"] for reponse in tour.reponses)


def code_dit(tour: Tour) -> str:
    trouve = CODE.search(textes(tour))
    assert trouve, textes(tour)
    return trouve[0]


@pytest.fixture(autouse=True)
def une_cle_du_processus() -> None:
    code_de_reprise.codes_en_place.cache_clear()


async def commencer(agent: Agent) -> Personne:
    personne = Personne(agent)
    await personne.dit("vérifier mes droits")
    await personne.dit("je suis salarié du privé en CDI")
    return personne


@pytest.mark.parametrize("mots", ["mettre en pause", "je reprends plus tard", "mode pause"])
async def test_une_pause_donne_un_code_qui_rend_les_reponses_a_une_autre_conversation(agent: Agent, mots: str) -> None:
    avant = await commencer(agent)
    question = await avant.slot("requested_slot")
    tour = await avant.dit(mots)
    code = code_dit(tour)
    assert "On s'arrête là" in textes(tour) and await avant.slot("requested_slot") is None
    # La conversation d'avant n'existe plus nulle part : seul le code porte l'état.
    await avant.dit("effacer")
    apres = Personne(agent)
    repris = await apres.dit(f"reprendre {code}")
    assert "On reprend, avec ceci" in textes(repris) and "salarié du privé" in textes(repris)
    assert await apres.slot("statut") == "salarie_prive" and await apres.slot("contrat") == "cdi"
    assert await apres.slot("parcours") == "verifier_eligibilite" and await apres.slot("requested_slot") == question


async def test_le_code_seul_suffit_et_remplace_ce_qui_etait_dit(agent: Agent) -> None:
    code = code_dit(await (await commencer(agent)).dit("mets en pause"))
    autre = Personne(agent)
    await autre.dit("vérifier mes droits")
    await autre.dit("je suis fonctionnaire territorial")
    tour = await autre.dit(code.lower().replace("-", " "))
    assert await autre.slot("statut") == "salarie_prive", textes(tour)
    assert await autre.slot("parcours") == "verifier_eligibilite" and await autre.slot("requested_slot")


async def test_un_code_faux_expire_ou_d_avant_un_redemarrage_est_dit(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_dit(await (await commencer(agent)).dit("mets en pause"))
    personne = Personne(agent)
    assert "vérifiez chaque bloc" in textes(await personne.dit("reprendre " + code[:-6] + "7A7"))
    plus_tard = reglages.aujourd_hui() + timedelta(days=31)
    with monkeypatch.context() as le_mois_d_apres:
        le_mois_d_apres.setenv("BILAN_DATE", plus_tard.isoformat())
        assert "trop vieux" in textes(await personne.dit(f"reprendre {code}"))
    code_de_reprise.codes_en_place.cache_clear()  # ce que fait un redémarrage sans clé gardée
    assert "redémarré" in textes(await personne.dit(f"reprendre {code}"))
    assert all([await personne.slot(champ) is None for champ in CHAMPS])


@pytest.mark.parametrize("cle", [None, base64.urlsafe_b64encode(bytes(32)).decode()])
async def test_la_phrase_dit_vrai_sur_un_redemarrage(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, cle: str | None
) -> None:
    monkeypatch.setattr(reglages, "CLE_REPRISE", cle)
    tour = await (await commencer(agent)).dit("mets en pause")
    code = code_dit(tour)
    assert ("sauf si l'assistant est redémarré" in textes(tour)) is (cle is None)
    code_de_reprise.codes_en_place.cache_clear()
    repris = textes(await Personne(agent).dit(f"reprendre {code}"))
    assert ("On reprend" in repris) is (cle is not None)
    code_de_reprise.codes_en_place.cache_clear()


async def test_sans_reponse_il_n_y_a_rien_a_mettre_dans_un_code(agent: Agent) -> None:
    tour = await Personne(agent).dit("mets en pause")
    assert not CODE.search(textes(tour)) and "rien à mettre" in textes(tour)


@pytest.mark.parametrize(
    "messages",
    [
        ["c'est quoi un bilan de compétences ?", "en savoir plus"],
        ["mon patron sera au courant ?", "le texte"],
        ["vérifier mes droits", "je suis agent territorial titulaire", "pourquoi ?", "non", "jamais"],
        ["je suis en arrêt maladie, j'y ai droit ?", "salarié du privé", "jamais"],
        ["menu", "merci", "c'est quoi le CPF ?", "plus de détails"],
    ],
)
async def test_en_pause_jamais_plus_de_deux_phrases_et_la_suite_dit_tout(agent: Agent, messages: list[str]) -> None:
    courte, longue = Personne(agent), Personne(agent)
    await courte.dit("messages courts")
    await longue.dit("bonjour")
    coupes = 0
    for message in messages:
        entier, tour = await longue.dit(message), await courte.dit(message)
        dits = []
        for _ in range(PATIENCE):
            for reponse in tour.reponses:
                dit = MENTION.sub("", re.sub(r"^Question [^\n]*\n", "", reponse["texte"]))
                assert compter(dit) <= 2, dit
                assert len(reponse["boutons"]) <= 5
                dits.append(dit)
            if not any(b["titre"] == "La suite" for r in tour.reponses for b in r["boutons"]):
                break
            coupes += 1
            assert next(b["titre"] for b in tour.reponses[-1]["boutons"]) == "La suite"
            tour = await courte.touche("La suite")
        else:
            pytest.fail("la suite n'en finit pas")
        if not any(sujet in textes(entier) for sujet in ("Vérifié le", "Recoupé le", "Probable au")):
            lus = " ".join(" ".join(dits).split())
            for reponse in entier.reponses:
                for ligne in re.sub(r"^Question [^\n]*\n", "", reponse["texte"]).split("\n"):
                    assert " ".join(ligne.split()).strip("- ").split(". ")[0][:40] in lus, ligne
    assert coupes


async def test_secours_et_contacts_restent_entiers_et_messages_entiers_revient(agent: Agent) -> None:
    personne = Personne(agent)
    await personne.dit("messages courts")
    assert "3114" in textes(await personne.dit("je veux mourir")) and "112" in textes(personne.tour)  # type: ignore[arg-type]
    contacts = await personne.dit("je veux parler à quelqu'un")
    assert any(compter(r["texte"]) > 2 for r in contacts.reponses)
    await personne.dit("messages courts")
    await personne.touche("Messages entiers")
    tour = await personne.dit("c'est quoi qualiopi ?")
    assert not any(b["titre"] == "La suite" for r in tour.reponses for b in r["boutons"])


async def test_la_suite_sans_rien_a_dire_le_dit(agent: Agent) -> None:
    personne = Personne(agent)
    await personne.dit("bonjour")
    assert "tout dit" in textes(await personne.dit("la suite"))
