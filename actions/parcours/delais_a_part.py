"""Les délais que leurs mots nomment : un recours, un CSP, la commande CPF, un taux d'incapacité, une preuve."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from actions.calendrier import FRANCE
from actions.comprehension import dates
from actions.comprehension.delais_dits import Dits
from actions.comprehension.durees import avancer
from actions.comprehension.periodes import Periode
from actions.droit import ecriture
from actions.eligibilite.dates import decaler, nombre_applicable
from actions.parcours import delais_anfh, delais_recours, seuils_dits
from actions.parcours.choix import choix_dit, simplifier
from actions.parcours.delais_calcules import PREFIXE, Calcul, Reponse
from actions.parcours.delais_communs import dire
from actions.parcours.messages import Message

_REMBOURSE = re.compile(r"\brembours\w*|\brecuper\w*|\brends?\b|\bperd\w*")
_TAUX = re.compile(r"(\d{1,3}(?:[.,]\d)?) ?(?:%|pour ?(?:cent|100)\b)")
_SUR_LE_TEMPS = re.compile(
    r"\b(?:jusqu'?a|combien de (?:temps|jours)|quand|delai|date|dernier jour|trop tard|jours?|droit|encore)\b|\?"
)
_PREVENIR = re.compile(r"\b(?:preven\w+|demand\w+|inform\w+|avertir|dire|autorisation)\b")
_COMBIEN_AVANT = re.compile(r"\bcombien de (?:temps|jours)\b|\bquel delai\b|\b(?:jours|mois) (?:avant|a l'avance)\b")
_ANNULATION = f"{PREFIXE}annulation"
_ANNULATION_INCONNUE = f"{_ANNULATION}_inconnue"
# Ce que l'on en redemande se redit : « il me reste combien de temps ? ».
_A_PART = tuple(f"{PREFIXE}{quoi}_" for quoi in ("atmp", "csp", "recours", "commande"))
# Le pré-bilan passé n'est pas la remise du dossier, d'où part le délai.
_PRE_BILAN = re.compile(r"\bpre ?-?bilan\b(?!.*\b(?:dossier|accepter|adherer|signer)\b)")
_FAIT = re.compile(r"\b(?:j'ai|on a|m'a|m'ont) (?:deja |bien )?(?:fait|eu|passe|fini)\b.*\bbilan de competences?\b")
_NOMBRE_DE_JOURS = re.compile(r"\b(\d{1,3}) jours\b")
_D_UNE_ABSENCE = ("utter_delai_accepte", "utter_delai_en_cours", "utter_delai_reponse_tardive", "utter_delai_silence")


def repondre(texte: str, dits: Dits, calcul: Calcul) -> Reponse | None:
    """Rend la réponse à un délai que ses mots nomment, s'il y en a un ; sinon ``None``."""
    simple = simplifier(texte)
    if seuil := seuils_dits.repondre(texte, calcul):
        return seuil
    du_public = delais_anfh.repondre(texte, simple, dits, calcul)
    du_public = du_public or delais_recours.repondre(texte, simple, dits, calcul)
    if du_public:
        return du_public
    quoi, precedente = choix_dit(texte, "delai_a_part"), calcul.contexte.precedente
    sur_le_temps = _SUR_LE_TEMPS.search(simple) is not None
    if quoi == "atmp" and (sur_le_temps or _TAUX.search(simple)):
        return _incapacite(simple, calcul)
    if quoi == "csp" and _PRE_BILAN.search(simple):
        return _sure("utter_idee_recue/csp_bilan", {}) if _FAIT.search(simple) else None
    if quoi == "csp" and sur_le_temps:
        return _securisation(simple, calcul)
    if quoi == "onze_jours" and dits.commande and dits.debut:
        return _commande(dits.commande, dits.debut, calcul)
    if quoi == "annulation" or precedente == _ANNULATION_INCONNUE:
        return _annulation(simple, dits, calcul)
    if precedente.startswith(_A_PART) and sur_le_temps and dits.court and not dits.date:
        return Reponse(redire=True, question=True, sur=True)
    if choix_dit(texte, "suite_de_delai") == "sans_preuve" and precedente in _D_UNE_ABSENCE:
        return Reponse([Message(f"{PREFIXE}preuve")], question=True, sur=True)
    prive = not calcul.public and not dits.demande
    if (
        prive
        and choix_dit(texte, "moment") == "hors_temps"
        and _PREVENIR.search(simple)
        and _COMBIEN_AVANT.search(simple)
    ):
        return Reponse([Message(f"{PREFIXE}hors_heures")], question=True, sur=True)
    if prive and dits.envoi and dits.demande_l_envoi and calcul.contexte.faits.get("moment") == "hors_temps":
        return _debut_par_le_cpf(dits.envoi, calcul)
    return None


def _debut_par_le_cpf(envoi: Periode, calcul: Calcul) -> Reponse:
    """Hors des heures, seul compte le délai du site entre la demande et le début."""
    delai = nombre_applicable(calcul.droit, "mcf_delai_avant_debut", calcul.jour)
    premiere = FRANCE.decaler_ouvres(envoi.jour, delai)
    return _sure(f"{PREFIXE}debut_cpf", {"demande": dire(envoi), "promise": ecriture.jour(premiere)})


def _securisation(simple: str, calcul: Calcul) -> Reponse | None:
    """Les jours pour accepter un CSP, comptés de la remise du dossier."""
    remis = _proche(simple, calcul.jour)
    if remis is None:
        return None
    limite = decaler(remis.debut, calcul.droit, "csp_reponse", calcul.jour).date
    delai = nombre_applicable(calcul.droit, "csp_reponse", calcul.jour)
    faux = {int(n) for n in _NOMBRE_DE_JOURS.findall(simple)} - {delai}
    nom = f"{PREFIXE}csp_{'passe' if limite < calcul.jour else 'a_temps'}"
    corrige = calcul.gabarit(nom, "corrige", {}) if faux else ""
    return _sure(nom, {"date": dire(remis), "limite": ecriture.jour(limite), "intro": corrige})


def _annulation(simple: str, dits: Dits, calcul: Calcul) -> Reponse | None:
    """Jusqu'à quand se rétracter, d'après le jour de la commande ; sinon, ce jour manque."""
    precedente = calcul.contexte.precedente
    commande = dits.commande or (dits.date if precedente == _ANNULATION_INCONNUE else None)
    if commande:
        delai = nombre_applicable(calcul.droit, "mcf_retractation", calcul.jour)
        limite = commande.debut + timedelta(days=delai)
        nom = f"{_ANNULATION}_{'passee' if limite < calcul.jour else 'datee'}"
        return _sure(nom, {"date": dire(commande), "limite": ecriture.jour(limite)})
    if _REMBOURSE.search(simple) and precedente.startswith((_ANNULATION, "utter_faq/annulation")):
        return _sure(f"{_ANNULATION}_remboursee", {})
    return _sure(_ANNULATION_INCONNUE, {"debut": dire(dits.debut)}) if dits.debut else None


def _commande(commande: Periode, debut: Periode, calcul: Calcul) -> Reponse:
    """Jours ouvrés entre la commande et le début, le lendemain de la commande et le jour du début comptés."""
    delai = nombre_applicable(calcul.droit, "mcf_delai_avant_debut", calcul.jour)
    premiere = FRANCE.decaler_ouvres(commande.jour, delai)
    jours, ouvres = commande.jour, -1
    while jours <= debut.debut and ouvres < 400:
        ouvres += 1
        jours = FRANCE.decaler_ouvres(jours, 1)
    nom = f"{PREFIXE}commande_{'tenue' if debut.debut >= premiere else 'trop_tot'}"
    ecart = ecriture.grandeur(ouvres, "jours_ouvres")
    return _sure(
        nom, {"debut": dire(debut), "date": dire(commande), "ecart": ecart, "promise": ecriture.jour(premiere)}
    )


def _incapacite(simple: str, calcul: Calcul) -> Reponse | None:
    """Le taux suffit-il pour l'abondement, et jusqu'à quand le demander : sans rien en retenir."""
    dit = _TAUX.search(simple)
    if dit is None:
        return None
    taux = Decimal(dit[1].replace(",", "."))
    if taux < nombre_applicable(calcul.droit, "abondement_atmp_taux", calcul.jour):
        return _sure(f"{PREFIXE}atmp_taux_bas", {})
    notifie = dates.chercher(simple, calcul.jour, "passe")
    if not isinstance(notifie, Periode):
        return _sure(f"{PREFIXE}atmp_sans_date", {})
    ans = nombre_applicable(calcul.droit, "abondement_atmp_delai", calcul.jour)
    limite = avancer(notifie.debut, ans * 12)
    nom = f"{PREFIXE}atmp_{'passe' if limite < calcul.jour else 'ouvert'}"
    mots = {"date": dire(notifie), "limite": ecriture.jour(limite)}
    approchee = notifie.debut != notifie.fin
    return _sure(nom, {**mots, "reserve": calcul.gabarit(nom, "approchee", {}) if approchee else ""})


def _proche(simple: str, jour: date) -> Periode | None:
    """La date dite, passée ou à venir : la plus proche d'aujourd'hui."""
    lues = [dates.chercher(simple, jour, "passe"), dates.chercher(simple, jour, "futur")]
    trouvees = [lue for lue in lues if isinstance(lue, Periode)]
    return min(trouvees, key=lambda lue: abs((lue.jour - jour).days), default=None)


def _sure(nom: str, mots: dict[str, str]) -> Reponse:
    return Reponse([Message(nom, mots)], question=True, sur=True)
