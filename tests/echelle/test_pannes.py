"""Une panne à la fois, pendant six conversations : réponses du calme, aucun message perdu, doublé ou d'autrui."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from tests.echelle.ensemble import Personne, ensemble
from tests.echelle.pannes import Reseau, Scene
from tests.echelle.services import RABBITMQ, environnement, postgres_a_soi, redis_a_soi
from tests.serveur import CANAL, Serveur, Visiteur, port_libre


@pytest.fixture(scope="module")
def scene(rabbitmq: str) -> Iterator[Scene]:
    with postgres_a_soi(port_libre()) as (postgres, url), redis_a_soi(port_libre()) as redis:
        reseau = Reseau(postgres=postgres.port, redis=redis.port, rabbitmq=urlsplit(RABBITMQ).port or 5672)
        services = environnement(
            f"postgresql://essai@127.0.0.1:{reseau.port('postgres')}/postgres",
            f"redis://127.0.0.1:{reseau.port('redis')}/0",
            f"amqp://guest:guest@127.0.0.1:{reseau.port('rabbitmq')}/",
        )
        with ensemble(services) as tous:
            scene = Scene(tous, postgres, redis, reseau, url)
            scene.au_calme()
            yield scene
        reseau.fermer()


def test_un_assistant_tue_l_autre_continue_puis_il_revient(scene: Scene) -> None:
    victime = scene.tous.assistants[0]
    scene.pendant(victime.tuer)
    victime.lancer()  # ce que fait systemd ou Kubernetes
    victime.attendre()
    time.sleep(5)  # nginx le reprend après fail_timeout
    autre = scene.tous.assistants[1]
    scene.pendant(autre.tuer)
    autre.lancer()
    autre.attendre()


def test_tous_les_assistants_redemarrent_au_milieu_d_un_questionnaire(scene: Scene) -> None:
    def redemarrer() -> None:
        for assistant in scene.tous.assistants:
            assistant.tuer(signal.SIGTERM)
            assistant.lancer()
        for assistant in scene.tous.assistants:
            assistant.attendre()

    scene.pendant(redemarrer, delai_s=90)


def test_le_serveur_d_actions_tue_les_assistants_calculent(scene: Scene) -> None:
    actions = scene.tous.actions[0]
    scene.pendant(actions.tuer)
    actions.lancer()
    actions.attendre()


def test_redis_tue_puis_revenu(scene: Scene) -> None:
    scene.pendant(scene.redis.tuer)
    scene.redis.demarrer()


def test_redis_gele_n_arrete_ni_la_sante_ni_les_reponses(scene: Scene) -> None:
    def geler() -> None:
        scene.redis.geler()
        try:
            assert scene.sante_ms(5) < 200
        finally:
            scene.redis.degeler()

    scene.pendant(geler)


def test_postgres_tue_on_le_dit_puis_on_reprend_a_la_meme_question(scene: Scene) -> None:
    personne = Personne(scene.tous).ouvrir()
    personne.dire("vérifier mes droits")

    def tuer() -> None:
        scene.postgres.tuer()
        debut = time.monotonic()
        recue = personne.dire("salarié du privé", "message-pendant")
        assert recue.code == 503 and time.monotonic() - debut < 12
        assert "assistant" in recue.json()["secours"] or "http" in recue.json()["secours"]
        scene.postgres.demarrer()

    scene.pendant(tuer)
    assert personne.insister("salarié du privé")


def test_postgres_gele_la_sante_repond(scene: Scene) -> None:
    def geler() -> None:
        scene.postgres.geler()
        try:
            assert scene.sante_ms(5) < 200
        finally:
            scene.postgres.degeler()

    scene.pendant(geler, delai_s=60)


def test_base_ralentie_de_deux_secondes(scene: Scene) -> None:
    def ralentir() -> None:
        scene.reseau.relais["postgres"].retard_s = 2.0
        time.sleep(8)
        scene.reseau.relais["postgres"].retard_s = 0.0

    scene.pendant(ralentir, delai_s=60)


def test_rabbitmq_coupe_ne_change_rien(scene: Scene) -> None:
    def couper() -> None:
        scene.reseau.couper("rabbitmq")

    personnes = scene.pendant(couper)
    scene.reseau.retablir("rabbitmq")
    assert all(personne.essais == personne.envoyes for personne in personnes)


@pytest.mark.parametrize("muet", [True, False], ids=["muet", "refuse"])
def test_reseau_coupe_entre_les_assistants_et_leurs_services(scene: Scene, muet: bool) -> None:
    def couper() -> None:
        for nom, relais in scene.reseau.relais.items():
            relais.muet = muet
            if not muet:
                scene.reseau.couper(nom)
        time.sleep(4)
        for nom, relais in scene.reseau.relais.items():
            relais.muet = False
            if not muet:
                scene.reseau.retablir(nom)

    scene.pendant(couper, delai_s=60)


def test_le_meme_message_recu_ensemble_par_les_deux_assistants_est_joue_une_fois(scene: Scene) -> None:
    for essai in range(5):
        personne = Personne(scene.tous).ouvrir()
        personne.insister("vérifier mes droits")
        corps = {"id": f"message-{2:08}", "texte": "salarié du privé"}

        def envoyer(port: int, corps: dict[str, str] = corps, personne: Personne = personne) -> object:
            visiteur = Visiteur(Serveur(port, None, None), temoin=personne.temoin)  # type: ignore[arg-type]
            recue = visiteur.appeler("POST", "/message", corps, Origin="https://assistant.exemple.fr")
            return recue.code, recue.corps

        with ThreadPoolExecutor(6) as fils:
            recues = list(fils.map(envoyer, [a.port for a in scene.tous.assistants] * 3))
        textes = {corps for code, corps in recues if code == 200}  # type: ignore[misc]
        assert textes and {code for code, _ in recues} <= {200, 503}, (essai, recues)  # type: ignore[misc]
        assert scene.messages_gardes(personne) == [scene.numero(personne, 1), scene.numero(personne, 2)]


def test_plus_aucun_assistant_nginx_le_dit(scene: Scene) -> None:
    for assistant in scene.tous.assistants:
        assistant.tuer(signal.SIGSTOP)
        assistant.tuer(signal.SIGCONT)
        assistant.tuer()
    try:
        recue = scene.tous.appeler("POST", f"{CANAL}/session", {})
        assert recue.code == 503 and recue.json() == {"erreur": "panne"}
    finally:
        for assistant in scene.tous.assistants:
            assistant.lancer()
        for assistant in scene.tous.assistants:
            assistant.attendre()
