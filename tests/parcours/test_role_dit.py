"""De quelle place la personne parle, et ce qu'elle demande de cette place."""

import time

import pytest

from actions.contenus import contenus_en_place
from actions.parcours.choix import choix, choix_dit, theme_du_role

CONTENUS = contenus_en_place()
ROLES = ("employeur", "elu", "referent_handicap", "service_social")
THEMES = [(role, theme) for role in ROLES for theme in choix()[f"theme_{role}"]]


@pytest.mark.parametrize(
    ("texte", "role"),
    [
        ("je suis RH dans une boite de 120 salariés", "employeur"),
        ("j'ai une petite boite de 4 salariés, un plombier qui me demande un bilan", "employeur"),
        ("bonjour je suis patron, 6 personnes", "employeur"),
        ("non mais je suis le patron, pas le salarié", "employeur"),
        ("mon comptable me demande un bilan de compétences", "employeur"),
        ("je gère une équipe de 8 personnes, l'un d'eux me demande un bilan", "employeur"),
        ("drh d'une pme, on me demande un bilan", "employeur"),
        ("mon mécano est en arrêt", "employeur"),
        ("j'ai un salarié qui demande un bilan, ai-je le choix ?", "employeur"),
        ("bonsoir, gérant d'un resto, on me demande un bilan", "employeur"),
        ("comment on fait pour proposer un bilan à une vendeuse", "employeur"),
        ("je suis élu au CSE", "elu"),
        ("élue cse, 62 salariés", "elu"),
        ("je suis déléguée du personnel", "elu"),
        ("je suis pas le patron, je suis salarié", "soi"),
        ("je suis patron et c'est pour moi le bilan", "soi"),
        ("mon patron me propose un bilan", "salarie"),
        ("je suis gérante, je veux faire un bilan de compétences", "salarie"),
        ("mon assistante sociale me dit de faire un bilan", None),
        ("un conseiller me demande mon numéro de sécu", None),
        ("je suis plombier dans une boite de 4 salariés", None),
        ("drh au courant ?", None),
        ("je suis secrétaire médicale", None),
        ("rh : demande reçue le 29 octobre", "employeur"),
        ("je suis DGS d'une commune, un agent veut un bilan", "employeur"),
        ("secrétaire du cse, l'employeur veut les synthèses", "elu"),
        ("employeur privé : j'ai reçu une demande", "employeur"),
        ("RH mairie 80 agents. un adjoint technique demande un bilan", "employeur"),
        ("drh, pme de 60 personnes : on nous demande un bilan", "employeur"),
        ("bonjour, RH dans un groupe de btp", "employeur"),
        ("bonjour, RH dans une PME de 80 personnes. Un salarié me demande un bilan", "employeur"),
        ("responsable rh dans une boîte de 40", "employeur"),
        ("bonjour madame, gérante d'un restaurant, 8 salariés, un cuisinier veut un bilan", "employeur"),
        ("une salariée m'a écrit le 20 novembre pour un bilan", "employeur"),
        ("un salarié vient de nous demander un bilan", "employeur"),
        ("la rh d'une boîte de 40 personnes. elle refuse mon absence", None),
        ("la DRH de ma boîte refuse. que faire", None),
        ("je suis comptable dans une pme de 80 salariés, le patron refuse", None),
        ("rh : elle a refusé mon bilan", "salarie"),
        ("employeur : il m'a refusé mon absence, que faire", None),
        ("ma RH dit que je dois attendre", None),
        ("mon chef veut pas", None),
        ("je suis élue CSE et en arrêt, je peux faire un bilan ?", None),
        ("élu cse, je voudrais faire un bilan", "salarie"),
        ("élue CSE : une collègue en arrêt veut un bilan", "elu"),
        ("référente handicap, la psop c'est moi qui la prescris ?", "referent_handicap"),
        ("je suis référent handicap dans une boîte de 300 personnes", "referent_handicap"),
        ("je suis référente handicap et je veux faire un bilan", "salarie"),
        ("la référente handicap m'a parlé d'un bilan", None),
        ("mon référent handicap doit le savoir ?", None),
        ("assistante sociale Carsat, dans quel ordre faire les démarches", "service_social"),
        ("je suis assistante sociale à la MSA", "service_social"),
        ("je suis assistante sociale, j'ai 45 ans et j'en ai marre", None),
        ("je suis assistante sociale à la CPAM et je veux changer de métier", None),
    ],
)
def test_la_place_se_dit_ou_se_dement(texte: str, role: str | None) -> None:
    assert choix_dit(texte, "role") == role


@pytest.mark.parametrize(
    ("texte", "theme"),
    [
        ("je dois repondre sous combien de temps ?", "faq/temps_travail"),
        ("quel est le délai", "faq/temps_travail"),
        ("et si je refuse je dois motiver ?", "faq/employeur_refus"),
        ("je peux lui refuser ?", "faq/employeur_refus"),
        ("et si je repond pas", "idee_recue/silence_vaut_refus"),
        ("j'ai oublié de lui répondre", "idee_recue/silence_vaut_refus"),
        ("je veux lui dire oui mais pas le mardi", "idee_recue/conge_bilan"),
        ("je veux bien mais en mars", "idee_recue/conge_bilan"),
        ("on peut lui imposer ses dates", "idee_recue/conge_bilan"),
        ("on veut lui proposer un bilan en janvier", None),
        ("il est reconnu travailleur handicapé ça change ?", "faq/handicap"),
        ("elle a la rqth", "faq/handicap"),
        ("il est en essai encore", "faq/alternance"),
        ("au bout de combien de temps c'est accepté", "faq/temps_travail"),
        ("je peux pas me passer d'elle", "faq/employeur_refus"),
        ("et si elle passe par son cpf", "faq/employeur_informe"),
        ("et si je cotise pour eux sur leur cpf", "faq/plafond_cpf"),
        ("il peut partir quand meme sans me le dire ?", "faq/employeur_informe"),
        ("on pense à un essai encadré", None),
        ("elle est en arret maladie en fait maintenant", "faq/arret_maladie"),
        ("il veut arrêter", None),
        ("je peux demander au médecin ce qu'il a", "faq/qui_preconise"),
        ("je dois payer ?", "faq/employeur_finance"),
        ("il est demandeur que je paye tout", "faq/employeur_finance"),
        ("je dois payer son salaire ?", "faq/remuneration"),
        ("il devra encore payer les 150 ?", "faq/reste_a_charge"),
        ("je fais comment pour l'abondement", "faq/plafond_cpf"),
        ("je suis pas obligé alors", "faq/refuser_bilan"),
        ("est ce que je peux l'obliger a faire un bilan lui", "faq/employeur_propose"),
        ("et si elle refuse", "faq/employeur_propose"),
        ("je peux le sanctionner ?", "faq/peur_sanction"),
        ("on a un salarié qui refuse le bilan qu'on lui propose, c'est une faute ?", "faq/peur_sanction"),
        ("si le salarié dit non au bilan c'est fautif", "faq/peur_sanction"),
        ("son refus peut être un motif de licenciement", "faq/peur_sanction"),
        ("si je refuse l'absence c'est une faute ?", "faq/employeur_refus"),
        ("mon serveur refuse le bilan", "faq/employeur_propose"),
        ("et s'ils refusent", "faq/employeur_propose"),
        ("si je lui paye je veux savoir le resultat", "faq/synthese"),
        ("combien de temps pour organiser la convention", "faq/convention_tripartite"),
        ("depuis 8 ans pas d'entretien", "idee_recue/entretien_manquant_indemnite"),
        ("redige moi une reponse a mon salarié", "lettre_employeur"),
        ("un gars pleure et il en peut plus", "faq/epuisement"),
        ("je n'en peux plus", None),
        ("merci bonne journée", None),
        ("ça coute combien un bilan", None),
        ("c'est à qui d'écrire à la cpam, lui ou moi ?", "cas_employeur_caisse"),
        ("je dois prévenir la caisse ?", "cas_employeur_caisse"),
        ("il est en arrêt, je peux lui proposer un bilan par téléphone ?", "cas_employeur_propose_en_arret"),
        ("si il dit rien quand je lui envoie le papier ca veut dire oui", "idee_recue/silence_convention_accord"),
        ("il n'a pas rendu la convention, c'est bon on lance ?", "idee_recue/silence_convention_accord"),
        ("un agent veut un bilan, on a combien de temps ?", "faq/temps_travail"),
        ("son silence vaut accord ?", "idee_recue/silence_convention_accord"),
        ("écrivez un mail pour proposer un bilan à mon salarié", "cas_employeur_proposition"),
        ("un modèle pour lui proposer d'autres dates", "lettre_employeur"),
        ("je verse 300 euros pour un bilan à 1900, il paie combien", "cas_employeur_cout"),
        ("je dois donner une raison ?", "faq/employeur_refus"),
        ("c'est à nous de payer le bilan ?", "faq/employeur_finance"),
        ("elle a une rqth, je peux lui demander le papier", "cas_referent_preuve"),
    ],
)
def test_ce_que_demande_un_employeur(texte: str, theme: str | None) -> None:
    assert theme_du_role("employeur", [texte]) == theme
    assert theme_du_role(None, [texte]) is None


@pytest.mark.parametrize(
    ("texte", "theme"),
    [
        ("le CSE peut voir les bilans ?", "faq/confidentialite"),
        ("la direction veut la liste de ceux qui ont refusé", "faq/confidentialite"),
        ("et le cse peut payer un bilan ?", "faq/employeur_finance"),
        ("est ce que le CSE devait etre consulté avant de mettre ce chatbot ?", "faq/dpo"),
        ("le patron refuse tous les bilans depuis 2 ans", "faq/employeur_refus"),
        ("et s'ils refusent pas de prime apparement", "faq/peur_sanction"),
        ("le DRH peut il obliger les gens a faire un bilan", "faq/refuser_bilan"),
        ("j'ai besoin de connaitre mes droits, je veux faire un bilan", None),
        ("bonjour", None),
        ("refuser de donner sa synthèse est une faute, vrai ?", "cas_elu_synthese"),
        ("le patron réclame les résultats à une collègue", "cas_elu_synthese"),
        ("la direction menace de pas augmenter ceux qui refusent le bilan", "faq/peur_sanction"),
        ("refuser un bilan c'est une faute ?", "faq/peur_sanction"),
        ("on peut avoir le nombre de bilans refusés ?", "cas_elu_chiffres"),
        ("un collègue peut refuser le bilan ?", "faq/refuser_bilan"),
        ("que risquent ceux qui refusent le bilan", "faq/refuser_bilan"),
        ("le manager a refusé son absence", "faq/employeur_refus"),
        ("et si la collègue ne signe pas la convention", "cas_elu_convention"),
        ("l'employeur n'a pas répondu", "faq/temps_travail"),
        ("on refuse de répondre à cette enquête", None),
    ],
)
def test_ce_que_demande_un_elu(texte: str, theme: str | None) -> None:
    assert theme_du_role("elu", [texte]) == theme


@pytest.mark.parametrize(
    ("role", "texte", "theme"),
    [
        ("referent_handicap", "je peux exiger une copie de sa RQTH", "cas_referent_preuve"),
        ("referent_handicap", "on me demande sa notification mdph", "cas_referent_preuve"),
        ("referent_handicap", "je dois le dire à la DRH ?", "cas_referent_discretion"),
        ("referent_handicap", "le manager veut savoir, je fais quoi", "cas_referent_discretion"),
        ("referent_handicap", "je participe au rendez-vous de liaison ?", "cas_referent_liaison"),
        ("referent_handicap", "l'agefiph donne quoi", "cas_referent_aides"),
        ("referent_handicap", "la PSOP, qui la prescrit", "cas_referent_psop"),
        ("referent_handicap", "ça dure combien un bilan", None),
        ("service_social", "dans quel ordre faire les démarches", "cas_social_etapes"),
        ("service_social", "si la caisse refuse, quel recours ?", "cas_caisse_refuse"),
        ("service_social", "qui paie le bilan", "cas_social_paiement"),
        ("service_social", "on peut commencer sans réponse ?", "cas_social_attente"),
        ("referent_handicap", "elle est en arrêt, ça change quoi", "cas_social_etapes"),
    ],
)
def test_ce_que_demande_un_referent_ou_le_service_social(role: str, texte: str, theme: str | None) -> None:
    assert theme_du_role(role, [texte]) == theme


@pytest.mark.parametrize(("role", "theme"), THEMES)
def test_chaque_theme_mene_a_une_reponse_dite_de_cette_place(role: str, theme: str) -> None:
    nom = CONTENUS.reponse_d_etiquette(theme)
    assert nom is not None
    # La lettre n'est que d'un employeur ; ce que garde l'assistant vaut pour tous ; un cas n'est dit que d'une place.
    if theme not in ("lettre_employeur", "faq/vie_privee_assistant") and not theme.startswith("cas_"):
        assert CONTENUS.variante(nom, {"role": role})["text"] != CONTENUS.variante(nom)["text"]


@pytest.mark.parametrize(
    "motif", ["je suis ", "mon bilan ", "j'ai une boite ", "il en ", "le cse ", "propose ", "un plombier "]
)
def test_un_message_hostile_ne_fait_pas_tourner(motif: str) -> None:
    texte, debut = motif * (2_000 // len(motif)), time.monotonic()
    choix_dit(texte, "role")
    for role in ROLES:
        theme_du_role(role, [texte])
    assert time.monotonic() - debut < 1.0
