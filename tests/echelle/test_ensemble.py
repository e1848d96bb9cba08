"""Deux assistants et un serveur d'actions derrière le nginx de deploiement/ : une personne ne voit qu'un assistant."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from actions.reglages import CORPS_TAILLE_MAX
from bilan.actions_distantes import autorisation
from tests.echelle.ensemble import Ensemble, Personne, configuration_nginx, ensemble
from tests.echelle.services import environnement, exiger_programme
from tests.serveur import CANAL, Serveur, Visiteur, port_libre

QUESTIONS = ["qui paie", "combien de temps ça dure", "mon employeur le saura ?", "c'est quoi le cpf", "plus simple"]
# Deux mêmes conversations ne diffèrent que par l'adresse scellée au hasard d'un document.
_HASARD = re.compile(r"/documents/[\w-]+")


@pytest.fixture(scope="module")
def tout(postgres: str, redis: str, rabbitmq: str) -> Iterator[Ensemble]:
    with ensemble(environnement(postgres, redis, rabbitmq)) as lance:
        yield lance


def textes(recue: object) -> list[str]:
    return [_HASARD.sub("", m["texte"]) for m in recue.json()["messages"]]  # type: ignore[attr-defined]


def test_nginx_accepte_sa_configuration(tmp_path: Path) -> None:
    exiger_programme("nginx")
    fichier = configuration_nginx(tmp_path, port_libre(), [5005, 5006])
    essai = subprocess.run(["nginx", "-t", "-c", str(fichier), "-e", "stderr"], capture_output=True, text=True)
    assert essai.returncode == 0 and "[warn]" not in essai.stderr, essai.stderr


def test_memes_reponses_que_l_assistant_embarque(tout: Ensemble, serveur_temoin: Serveur) -> None:
    embarque, echelle = Visiteur(serveur_temoin).ouvrir(), Personne(tout).ouvrir()
    for question in [*QUESTIONS, "vérifier mes droits", "salarié du privé", "qui peut payer ?", "cdi", "recapituler"]:
        assert textes(echelle.dire(question)) == textes(embarque.dire(question)), question


def test_une_personne_revient_au_meme_assistant_et_les_personnes_se_repartissent(tout: Ensemble) -> None:
    """Chacun des deux sert des personnes : vu dans leurs connexions à la base, une par message."""
    servis = []
    for assistant in tout.assistants:
        direct = Serveur(assistant.port, None, None)  # type: ignore[arg-type]
        avant = Personne(tout).ouvrir()
        servis.append((direct, avant))
    personnes = [Personne(tout).ouvrir() for _ in range(20)]
    with ThreadPoolExecutor(8) as fils:
        assert all(r.code == 200 for r in fils.map(lambda p: p.dire("qui paie"), personnes))
    charges = [_calcul(assistant.processus.pid) for assistant in tout.assistants]  # type: ignore[union-attr]
    seule = personnes[0]
    for _ in range(40):
        assert seule.dire("qui paie").code == 200
    ajouts = [_calcul(a.processus.pid) - c for a, c in zip(tout.assistants, charges, strict=True)]  # type: ignore[union-attr]
    assert max(ajouts) > 10 * max(min(ajouts), 0.01)


def _calcul(pid: int) -> float:
    champs = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(champs[11]) + int(champs[12])) / os.sysconf("SC_CLK_TCK")


def test_la_conversation_continue_sur_l_autre_assistant(tout: Ensemble) -> None:
    """Sans passer par nginx : l'un pose la question, l'autre comprend la réponse."""
    personne = Personne(tout).ouvrir()
    premier, second = (Ensemble(a.port, []) for a in tout.assistants)
    personne.dire("vérifier mes droits")
    vu_d_ailleurs = [
        _direct(e, personne, "salarié du privé", f"ailleurs-{i:08}") for i, e in enumerate([premier, second])
    ]
    assert all(code == 200 for code, _ in vu_d_ailleurs)


def _direct(tous: Ensemble, personne: Personne, texte: str, message_id: str) -> tuple[int, list[str]]:
    visiteur = Visiteur(Serveur(tous.port, None, None), temoin=personne.temoin)  # type: ignore[arg-type]
    recue = visiteur.appeler(
        "POST", "/message", {"id": message_id, "texte": texte}, Origin="https://assistant.exemple.fr"
    )
    return recue.code, textes(recue) if recue.code == 200 else []


def test_un_message_renvoye_a_l_autre_assistant_n_est_pas_rejoue(tout: Ensemble) -> None:
    personne = Personne(tout).ouvrir()
    personne.dire("vérifier mes droits")
    recues = [
        _direct(Ensemble(a.port, []), personne, "salarié du privé", "le-meme-numero") for a in (*tout.assistants,) * 2
    ]
    assert recues[0][0] == 200 and recues[0][1]
    assert all(recue == recues[0] for recue in recues)
    # Rejoué, « salarié du privé » aurait répondu à la question suivante : celle-ci est encore posée.
    suite = textes(personne.dire("répéter la question"))
    assert recues[0][1][-1].splitlines()[-1] in "\n".join(suite)


def test_effacer_efface_partout(tout: Ensemble) -> None:
    personne = Personne(tout).ouvrir()
    personne.dire("qui paie")
    temoin = personne.temoin
    assert tout.appeler("POST", f"{CANAL}/effacer", {}, temoin).code == 200
    for assistant in tout.assistants:
        assert _direct(Ensemble(assistant.port, []), personne, "qui paie", "message-apres")[0] == 401


def test_cinq_messages_ensemble_sont_tous_repondus_dans_l_ordre(tout: Ensemble) -> None:
    seule, groupee = Personne(tout).ouvrir(), Personne(tout).ouvrir()
    attendus = [textes(seule.dire(question)) for question in QUESTIONS]

    def envoyer(rang: int) -> tuple[list[str], float]:
        time.sleep(rang * 0.05)  # l'ordre d'arrivée de cinq connexions TLS ouvertes d'un coup n'appartient à personne
        return textes(groupee.dire(QUESTIONS[rang], f"ensemble-{rang:08}")), time.perf_counter()

    with ThreadPoolExecutor(5) as fils:
        recus = list(fils.map(envoyer, range(5)))
    assert [textes_recus for textes_recus, _ in recus] == attendus
    arrivees = [instant for _, instant in recus]
    assert arrivees == sorted(arrivees)


def test_les_documents_s_ouvrent_chez_l_un_comme_chez_l_autre(tout: Ensemble) -> None:
    personne = Personne(tout).ouvrir()
    personne.dire("qui paie")
    messages = personne.dire("récapituler").json()["messages"]
    adresses = [document["lien"] for m in messages for document in m["documents"]]
    assert adresses
    chemin = adresses[0][adresses[0].index("/documents/") :]
    for assistant in tout.assistants:
        assert Serveur(assistant.port, None, None).appeler("GET", chemin).code == 200  # type: ignore[arg-type]


def test_ni_le_canal_d_essai_ni_les_routes_de_l_exploitant_ne_sont_publies(tout: Ensemble) -> None:
    assert tout.appeler("POST", "/webhooks/rest/webhook", {"sender": "a", "message": "b"}).code == 404
    for chemin in ("/status", "/sante", "/pret", "/metrics"):
        assert tout.appeler("GET", chemin).code == 404, chemin


def test_nginx_refuse_un_corps_de_plus_de_seize_kio_comme_l_assistant(tout: Ensemble, serveur_temoin: Serveur) -> None:
    gros = {"id": "message-gros", "texte": "a" * CORPS_TAILLE_MAX}
    devant = tout.appeler("POST", f"{CANAL}/message", gros, Personne(tout).ouvrir().temoin)
    dedans = Visiteur(serveur_temoin).ouvrir().appeler("POST", "/message", gros)
    assert (devant.code, devant.json()) == (dedans.code, dedans.json()) == (413, {"erreur": "taille"})


async def test_le_serveur_d_actions_exige_son_secret_et_ne_rend_aucune_conversation(
    tout: Ensemble, secret: None
) -> None:
    serveur = Serveur(tout.actions[0].port, None, None)  # type: ignore[arg-type]
    appel = b'{"next_action": "action_repondre", "tracker": {"sender_id": "a"}, "domain": {}}'
    sans = await asyncio.to_thread(serveur.appeler, "POST", "/webhook", appel)
    assert sans.code == 401 and b"sender_id" not in sans.corps
    faux = await asyncio.to_thread(serveur.appeler, "POST", "/webhook", appel, {"Authorization": "Bearer x"})
    assert faux.code == 401
    juste = {"Authorization": autorisation(), "Content-Type": "application/json"}
    for abime in (appel.replace(b"action_repondre", b"action_inconnue"), b'{"sender_id": "a"}', b"{"):
        refuse = await asyncio.to_thread(serveur.appeler, "POST", "/webhook", abime, juste)
        assert refuse.code >= 400 and b"sender_id" not in refuse.corps and b"Traceback" not in refuse.corps
