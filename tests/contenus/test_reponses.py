"""Les textes des RH : complets, sourcés, sans chiffre tapé, courts, et dont chaque bouton mène quelque part."""

import re
from datetime import date
from statistics import mean
from typing import Any

import pytest
import yaml

from actions.contenus import contenus_en_place, envoi, typographier
from actions.droit import droit_en_place, parametres_cites
from actions.reglages import RACINE
from composants.denis import LAISSE
from composants.reponses_datees import ReponsesDatees

CONTENUS = contenus_en_place()
DROIT = droit_en_place()
JOUR = date(2026, 11, 23)
GROUPES: dict[str, dict[str, list[str]]] = yaml.safe_load((RACINE / "data/sujets.yml").read_text(encoding="utf-8"))
CONNAISSANCES = [s for g, sujets in GROUPES.items() if g not in ("parcours", "conversation") for s in sujets]
TOUS = {s for sujets in GROUPES.values() for s in sujets}
NIVEAUX = [f"utter_{n}{s}" for s in CONNAISSANCES for n in ("faq/", "detail_", "simple_")]
AFFIRMENT = [n for n in CONTENUS.reponses if n.startswith(("utter_faq/", "utter_detail_", "utter_idee_recue/"))]
SIMPLES = [f"utter_simple_{s}" for s in CONNAISSANCES]
DU_PRODUIT = {
    "conservation_inactivite", "message_longueur_max", "date_du_jour", "lignes", "titre", "source", "lien", "porte",
    "lien_porte", "verifie_le", "duree_lien", "lieu_du_fil",
}  # fmt: skip
# Mots que les parcours donnent à leurs réponses (actions/parcours), et ceux de leurs gabarits de ligne.
DES_PARCOURS = {
    "accord", "accords", "apres", "avant", "cause", "change", "changement", "chemin", "code", "conseil",
    "coordonnees", "date", "dates", "debut", "debut_possible", "delai_public", "demande", "droits", "ecart", "echeance",
    "aide", "avance", "delai", "depot", "dernier", "employeur", "fin", "le_debut", "lendemain",
    "etat", "exoneration", "faits_changes", "faits_connus", "faits_dits", "faits_notes", "heures_conge", "hypothese",
    "intro", "joindre", "lettre", "libelle", "lien_guide", "limite", "manquants", "mini", "montant", "nom", "nombre",
    "plan", "nombre_etapes", "nouveau", "numero", "obtenir", "origine", "paie", "participation", "payeur", "prix",
    "promise",
    "raison", "raisons", "rang", "reserve", "reste", "role", "saura", "selon", "seuil", "sources", "statut", "texte",
    "total", "voulu", "carence", "intervalle", "bilan", "heures", "heures_prioritaires", "prioritaire",
    "anciennete", "quand", "services", "payeur_conge", "essai_public",
    "article", "bon", "enonce",
}  # fmt: skip
FOURNIS = DU_PRODUIT | DES_PARCOURS
_ACCOLADES = re.compile(r"\{[^}]*\}")
_SIGLES = re.compile(r"\bC2P\b")
_NOMBRES = (
    r"un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-huit|vingt"
    r"|trente|quarante|cinquante|soixante|cent|mille"
)
_DUREE_EN_LETTRES = re.compile(
    rf"\b(?!un jour\b|une année trav)(?:{_NOMBRES})(?:[- ](?:{_NOMBRES}))* "
    r"(?:heures?|jours?|semaines?|mois|ans?|années?|euros?|€|%)(?!\w)",
    re.I,
)


def textes(nom: str) -> list[str]:
    """Tous les textes tapés d'une réponse : variantes, boutons, gabarits."""
    trouves = []
    for variante in CONTENUS.reponses[nom]:
        trouves.append(variante.get("text", ""))
        trouves += [b["title"] for b in variante.get("buttons") or []]
        trouves += [v for v in (variante.get("metadata") or {}).values() if isinstance(v, str)]
    return trouves


def rendu(nom: str) -> dict[str, Any]:
    message = ReponsesDatees().composer(nom)
    assert message is not None
    return message


def phrases(texte: str) -> list[str]:
    lignes = [ligne.lstrip("- ").strip() for ligne in texte.replace("\u00a0", " ").split("\n")]
    return [p for ligne in lignes for p in re.split(r"(?<=[.?!:;])\s+", ligne) if re.search(r"\w", p)]


@pytest.mark.parametrize("nom", NIVEAUX)
def test_chaque_sujet_a_sa_bulle_son_detail_et_sa_version_simple(nom: str) -> None:
    assert nom in CONTENUS.reponses


@pytest.mark.parametrize("nom", sorted([*AFFIRMENT, *SIMPLES]))
def test_une_affirmation_cite_des_faits_et_ne_tient_pas_pour_sur_ce_qui_est_a_verifier(nom: str) -> None:
    donnees = CONTENUS.metadonnees(nom)
    affirmes, douteux = donnees.get("faits", []), donnees.get("a_verifier", [])
    assert affirmes or douteux
    for fait in [*affirmes, *douteux]:
        assert fait in DROIT.faits, fait
    assert [f for f in affirmes if DROIT.faits[f].confiance == "a_verifier"] == []
    assert [f for f in douteux if DROIT.faits[f].confiance != "a_verifier"] == []


@pytest.mark.parametrize("nom", sorted(AFFIRMENT))
def test_un_point_non_etabli_est_dit_non_etabli(nom: str) -> None:
    donnees = CONTENUS.metadonnees(nom)
    if donnees.get("a_verifier"):
        texte = CONTENUS.variante(nom)["text"].lower()
        assert re.search(
            r"établi|confirm|vérifi|demande|renseign|précis|certain|connu|dépend|interrog|projet|auprès|selon|voyez"
            r"|consultez|contactez|incertain|sûr",
            texte,
        ), texte


# Reçues par une question neutre dont la réponse est oui, ces idées ne s'ouvrent pas sur un refus.
@pytest.mark.parametrize(
    "idee",
    [
        "arret_interdit", "arret_sans_accord", "perte_indemnites", "silence_vaut_refus", "silence_convention_accord",
        "absence_de_droit", "cpf_fini", "employeur_recoit_resultats", "public_exclu",
        "preavis_trop_tard", "refus_perd_droits", "medecin_travail_arret", "essai_encadre_indemnites",
        "cap_emploi_chomeurs", "cep_chomeurs", "sans_smartphone", "apprenti_sans_cpf", "particulier_employeur_exclu",
        "elu_exclu", "dif",
    ],
)  # fmt: skip
def test_une_idee_recue_reste_juste_pour_qui_demande_sans_se_tromper(idee: str) -> None:
    assert not CONTENUS.variante(f"utter_idee_recue/{idee}")["text"].startswith("Non")


def test_qui_ecrit_a_l_employeur_sait_que_la_sante_n_entre_pas_dans_la_lettre() -> None:
    for nom in ("utter_ask_lettre", "utter_parcours_rediger_lettre"):
        assert "jamais la santé dans une lettre" in CONTENUS.variante(nom)["text"]


@pytest.mark.parametrize("sujet", CONNAISSANCES)
def test_une_reponse_cite_tous_les_faits_de_son_sujet(sujet: str) -> None:
    groupe = next(g for g in GROUPES.values() if sujet in g)
    cites = {*CONTENUS.faits(f"utter_faq/{sujet}"), *CONTENUS.faits(f"utter_detail_{sujet}")}
    assert [f for f in groupe[sujet] if f in DROIT.faits and f not in cites] == []


@pytest.mark.parametrize("nom", sorted(CONTENUS.reponses))
def test_aucun_chiffre_n_est_tape(nom: str) -> None:
    for texte in textes(nom):
        libre = _SIGLES.sub("", _ACCOLADES.sub("", texte.replace("\u00a0", " ")))
        assert not re.search(r"\d", libre), f"{nom} : {texte}"
        assert not _DUREE_EN_LETTRES.search(libre), f"{nom} : {_DUREE_EN_LETTRES.search(libre)}"


@pytest.mark.parametrize("nom", sorted(CONTENUS.reponses))
def test_chaque_accolade_est_un_parametre_en_vigueur(nom: str) -> None:
    for texte in textes(nom):
        cites = parametres_cites(texte) - FOURNIS
        assert cites <= set(DROIT.parametres), cites - set(DROIT.parametres)
        rempli = DROIT.remplir(texte, JOUR, dict.fromkeys(FOURNIS, "x"))
        assert "{" not in rempli and "}" not in rempli, rempli


@pytest.mark.parametrize("nom", sorted(CONTENUS.reponses))
def test_une_valeur_annoncee_par_un_projet_est_dite_comme_un_projet(nom: str) -> None:
    for texte in textes(nom):
        projets = [DROIT.parametres[p] for p in parametres_cites(texte) - FOURNIS if DROIT.parametres[p].projet]
        if projets:
            assert re.search(r"projet .*(prévoit|dit)", texte, re.S | re.I) and "adopté" in texte, texte
            assert {v.fait.id for p in projets for v in p.valeurs} <= set(CONTENUS.metadonnees(nom)["a_verifier"])


@pytest.mark.parametrize("nom", sorted(AFFIRMENT))
def test_la_source_montree_est_celle_d_un_fait_de_la_reponse(nom: str) -> None:
    faits = [DROIT.faits[f] for f in CONTENUS.metadonnees(nom).get("faits", [])]
    mention = rendu(nom)["text"].replace("\u00a0", " ").rsplit("\n", 1)[-1]
    if faits:
        attendues = {f.porte.nom for f in faits} if mention.startswith("Probable") else {f.reference for f in faits}
        assert any(mention.endswith(typographier(a).replace("\u00a0", " ")) for a in attendues), mention


def test_les_reponses_sensibles_montrent_le_texte_qui_les_fonde() -> None:
    for nom, source in {
        "utter_faq/vie_privee_assistant": "RGPD",
        "utter_detail_vie_privee_assistant": "RGPD",
        "utter_faq/inaptitude": "L1226-2",
        "utter_idee_recue/prereprise_employeur": "R4624-29",
        "utter_faq/visites_medicales": "L1226-1-3",
    }.items():
        assert source in rendu(nom)["text"].rsplit("\n", 1)[-1]


@pytest.mark.parametrize("nom", sorted(CONTENUS.reponses))
def test_le_ton_est_calme(nom: str) -> None:
    for texte in textes(nom):
        assert "!" not in texte
        assert not re.search(
            r"n'hésitez|bien sûr|je comprends que|désolé pour vous|courage|malheureusement|[\U0001f300-\U0001faff]",
            texte,
            re.I,
        ), texte


@pytest.mark.parametrize(
    "nom", [n for n in sorted(CONTENUS.reponses) if n.startswith(("utter_faq/", "utter_idee_recue/"))]
)
def test_une_premiere_bulle_est_courte_et_se_suffit(nom: str) -> None:
    assert len(CONTENUS.variante(nom)["text"]) >= 80 and len(rendu(nom)["text"].rsplit("\n", 1)[0]) <= 350


@pytest.mark.parametrize("sujet", CONNAISSANCES)
def test_la_version_simple_est_simple(sujet: str) -> None:
    assert len(rendu(f"utter_simple_{sujet}")["text"].split()) <= 60


def test_les_phrases_sont_courtes() -> None:
    toutes = [len(p.split()) for n in NIVEAUX for p in phrases(CONTENUS.variante(n)["text"])]
    assert mean(toutes) <= 16
    longues = [p for n in NIVEAUX for p in phrases(CONTENUS.variante(n)["text"]) if len(p.split()) > 32]
    assert longues == []


@pytest.mark.parametrize("nom", sorted(CONTENUS.reponses))
def test_les_boutons_sont_peu_nombreux_lisibles_et_vivants(nom: str) -> None:
    domaine = yaml.safe_load((RACINE / "domain.yml").read_text(encoding="utf-8"))
    for variante in CONTENUS.reponses[nom]:
        boutons = variante.get("buttons") or []
        assert len(boutons) <= 5
        for bouton in boutons:
            assert len(DROIT.remplir(bouton["title"], JOUR)) <= 36, bouton
            intention, _, reste = bouton["payload"].lstrip("/").partition("{")
            assert intention in domaine["intents"], bouton
            if intention in ("faq", "idee_recue", "hors_sujet"):
                sujet = yaml.safe_load("{" + reste)["sujet"]
                assert f"utter_{intention}/{sujet}" in CONTENUS.reponses, bouton


@pytest.mark.parametrize("sujet", CONNAISSANCES)
def test_une_bulle_offre_deux_a_quatre_questions_suivantes(sujet: str) -> None:
    assert 2 <= len(CONTENUS.variante(f"utter_faq/{sujet}").get("buttons") or []) <= 4
    assert len(rendu(f"utter_faq/{sujet}")["buttons"]) <= 5
    assert CONTENUS.titre(f"faq/{sujet}") and len(CONTENUS.titre(f"faq/{sujet}") or "") <= 36


def test_les_titres_sont_distincts() -> None:
    titres = [CONTENUS.titre(f"faq/{s}") for s in CONNAISSANCES]
    assert sorted({t for t in titres if titres.count(t) > 1}, key=str) == []


def test_les_sujets_declares_existent() -> None:
    for nom in CONTENUS.reponses:
        assert set(CONTENUS.sujets(nom)) <= TOUS, nom


def test_trente_idees_recues_au_moins_corrigees_d_abord() -> None:
    idees = [n for n in CONTENUS.reponses if n.startswith("utter_idee_recue/")]
    assert len(idees) >= 30
    for nom in idees:
        assert CONTENUS.sujets(nom), nom


def test_la_detresse_donne_les_secours() -> None:
    texte = rendu("utter_exprimer_detresse")["text"]
    for numero in ("numero_suicide", "numero_samu", "numero_urgences"):
        assert str(DROIT.valeur(numero, JOUR).montant) in texte


def test_chaque_bouton_court_se_developpe() -> None:
    assert envoi("/faq/duree") == '/faq{"sujet": "duree"}'
    assert envoi("/parler_a_un_humain/externe") == '/parler_a_un_humain{"precision": "externe"}'
    assert envoi("/demander_aide") == "/demander_aide"


def test_toutes_les_reponses_servent() -> None:
    """Chaque réponse est nommée par une règle, une action, le générateur ou un canal, ou suit une convention de nom."""
    code = "".join(
        f.read_text(encoding="utf-8")
        for d in ("actions", "bilan", "canaux", "composants", "data/rules")
        for f in (RACINE / d).rglob("*")
        if f.suffix in (".py", ".yml")
    )
    conventions = (
        "utter_faq/", "utter_detail_", "utter_simple_", "utter_idee_recue/", "utter_hors_sujet/", "utter_parcours_",
        "utter_ask_", "utter_pourquoi_", "utter_erreur_", "utter_chemin_", "utter_si_", "utter_cpf_etape_",
        "utter_employeur_", "utter_repetition_retour_", "utter_calendrier_boutons_", "utter_cout_aide_",
        "utter_humains_", "utter_delai_", "utter_refaire_", "utter_cas_", "utter_arret_bilan_",
    )  # fmt: skip
    suivre = {"utter_affirmer", "utter_nier", "utter_ne_sait_pas"}  # dites par action_suivre, selon l'intention
    suivre |= {"utter_defi_robot", "utter_signaler_harcelement"}  # par action_repondre, de même
    assistant = yaml.safe_load((RACINE / "data/assistant.yml").read_text(encoding="utf-8"))["questions"]
    suivre |= {f"utter_{entree['reponse']}" for entree in assistant} | {f"utter_{LAISSE}"}
    assert [n for n in suivre if CONTENUS.reponse_d_etiquette(n.removeprefix("utter_")) is None] == []
    orphelines = [n for n in CONTENUS.reponses if not n.startswith(conventions) and n not in code and n not in suivre]
    assert orphelines == []


def test_toutes_les_reponses_nommees_existent() -> None:
    for dossier in ("actions", "canaux", "composants", "bilan", "data/rules"):
        for fichier in (f for f in (RACINE / dossier).rglob("*") if f.suffix in (".py", ".yml")):
            for nom in re.findall(
                r'["\s](utter_(?!action|message)[a-z_]+[a-z0-9])(?=["\s])', fichier.read_text(encoding="utf-8")
            ):
                prefixe = any(reponse.startswith(f"{nom}_") for reponse in CONTENUS.reponses)
                assert nom in CONTENUS.reponses or prefixe, f"{fichier.name} : {nom}"


@pytest.mark.parametrize("nom", sorted(CONTENUS.reponses))
def test_aucun_identifiant_de_fait_n_est_montre(nom: str) -> None:
    """« rgpd.cnil_conservation » est notre classement : une personne lit le nom du texte."""
    prefixes = {identifiant.split(".")[0] for identifiant in DROIT.faits}
    interne = re.compile(rf"(?<![\w.])(?:{'|'.join(sorted(prefixes))})\.(?:\*|[a-z0-9]+(?:_[a-z0-9]+)*)(?![\w.])")
    faits = CONTENUS.faits(nom)
    for message in (rendu(nom), ReponsesDatees().composer("utter_le_texte", faits=faits) or {}):
        # Le bout d'une adresse (« act.gouv.fr ») n'est pas un identifiant.
        sans_adresse = re.sub(r"https?://\S+|[\w-]+(?:\.[\w-]+)*\.(?:fr|org|com|eu)\b", "", message["text"])
        assert interne.findall(sans_adresse) == []
