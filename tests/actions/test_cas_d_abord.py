"""Les cas qui passent avant le classement : leurs façons de se dire, et ce qui leur ressemble sans en être."""

import pytest

from actions.parcours.choix import choix_dit
from actions.precisions import MessageDit, dite_partout, preciser

DITS: dict[str, tuple[list[str], dict[str, str], list[str]]] = {
    "utter_cas_caisse_et_employeur": (
        [],
        {},
        [
            "la cpam elle va prévenir mon patron ?",
            "est-ce que la sécu peut envoyer un courrier à mon chef",
            "la caisse peut informer mon employeur si je fais un bilan",
            "en arrêt, la secu appelle ma boite ?",
            "la caisse va le dire a mon employeur ou pas",
            "si je demande, l'assurance maladie écrit à ma direction ?",
        ],
    ),
    "utter_cas_caisse_et_sante": (
        [],
        {},
        [
            "je veux pas que la secu dise a mon patron que jai une depression",
            "la caisse va raconter à mon chef pourquoi je suis en arrêt ?",
            "la cpam dit à l'employeur ma maladie ?",
            "est ce que la caisse informe ma boite de mon burn out",
            "j'ai peur que l'assurance maladie dise au patron ce que j'ai",
            "la sécu transmet mon diagnostic à mon travail ? non à mon employeur la raison de mon arrêt",
        ],
    ),
    "utter_cas_discret": (
        [],
        {},
        [
            "il me fait peur je veux pas lui parler en face",
            "mon chef me fait peur",
            "je veux rester invisible",
            "ma patronne me fait trop peur",
            "je peux pas lui parler en face",
            "j'ose pas parler à mon chef en face",
        ],
    ),
    "utter_cas_discret_en_arret": ([], {"arret": "maladie"}, ["mon chef me fait peur", "je veux rester invisible"]),
    "utter_cas_rien_a_lui_demander": (
        ["discret_en_arret"],
        {"arret": "maladie"},
        ["comment je lui demande ?", "et faut lui dire quoi a mon chef", "je dois lui demander par ecrit ?"],
    ),
    "utter_cas_demander_par_ecrit": (["discret"], {}, ["comment je lui demande ?", "comment je fais alors"]),
    "utter_cas_prereprise": (
        [],
        {},
        [
            "c'est quoi une visite de préreprise",
            "c koi la pré-reprise",
            "à quoi sert la visite de pre reprise",
            "la visite de préreprise ça veut dire quoi",
            "explique moi la préreprise",
        ],
    ),
    "utter_cas_pas_fichu": (
        ["medecin_refuse"],
        {"arret": "maladie"},
        [
            "donc c'est fichu ?",
            "c mort alors",
            "je peux plus le faire ?",
            "donc pas de bilan",
            "c'est impossible alors",
        ],
    ),
    "utter_cas_rupture_avant": (
        ["licenciement_rupture"],
        {},
        [
            "et si je signe d'abord et apres je demande?",
            "je peux demander après la signature ?",
            "faut demander avant de signer ?",
        ],
    ),
    "utter_cas_rupture_signer": (
        ["licenciement_rupture"],
        {},
        ["donc je signe pas", "je signe ou pas", "je dois signer"],
    ),
    "utter_faq/csp": (
        [],
        {},
        [
            "licenciement économique, on est 80 salariés, j'ai droit à quoi ?",
            "ma boite de 45 personnes me licencie pour motif économique",
            "licenciement éco dans une PME, le bilan ?",
        ],
    ),
    "utter_cas_arnaque_subie": (
        [],
        {},
        [
            "jai deja clique sur le sms cpf et donné mon numero de secu",
            "on m'a volé mon cpf jfais koi",
            "j'ai donné mon code au téléphone pour le cpf",
            "ils m'ont arnaqué sur mon compte formation",
            "je me suis fait pirater mon cpf",
            "mon cpf a été vidé par quelqu'un, mon compte cpf est piraté",
        ],
    ),
    "utter_cas_identite_sejour": (
        [],
        {},
        ["carte sejour, pas possible identite numerique", "l'identité numérique refuse mon titre de séjour"],
    ),
    "utter_faq/majorite": (
        [],
        {},
        ["j ai 17 ans je peux pas faire l'identité numérique", "mineur et identité numérique ?"],
    ),
    "utter_cas_aide_sur_place": (
        [],
        {},
        [
            "jai pas de smartphone qui peut m'aider sur place avec l'ordinateur",
            "un guichet pour m'aider avec internet ?",
        ],
    ),
    "utter_cas_atmp_bilan": (
        ["accident_travail"],
        {},
        ["ok et jpeu payer le bilan avec", "ça peut servir pour le bilan ?"],
    ),
    "utter_cas_conge_parental_paye": (["conge_parental"], {}, ["c payé ?", "je serai rémunérée ?", "et le salaire"]),
    "utter_faq/transmettre_resultats": (
        ["apres_bilan"],
        {},
        ["mon patron le demande", "la rh veut voir la synthese", "il les veut"],
    ),
    "utter_cas_pendant_conges": (
        [],
        {},
        [
            "jpeux le faire pendant les vacances de noel",
            "je peux faire le bilan pendant mes congés",
            "possible pendant mes RTT ?",
            "le faire sur mes congés c'est possible",
        ],
    ),
    "utter_faq/plusieurs_employeurs": (
        [],
        {},
        ["Lequel de mes trois patrons dois-je prévenir ?", "mes deux employeurs, je dois demander à qui"],
    ),
    "utter_cas_pas_le_temps": ([], {}, ["jai pas le temps", "j'ai pas le temps pour ca", "je n'ai pas le temps"]),
}
# (message, sujets juste avant, faits) : rien de tout cela.
SANS_CAS = [
    ("j'écris une lettre à la caisse", [], {}),
    ("fais moi la lettre pour la caisse, mon patron a refusé", [], {}),
    ("je dois prévenir la caisse et mon employeur ?", [], {}),
    ("mon chef me harcèle et me fait peur", [], {}),
    ("mon bilan de compétences me fait peur", [], {}),
    ("et si on me vole mon cpf", [], {}),
    ("on m'a appelé pour mon cpf, c'est une arnaque ?", [], {}),
    ("j'ai reçu un sms pour mon cpf, c'est vrai ?", [], {}),
    ("j'ai donné mon accord pour le devis cpf", [], {}),
    ("licenciement économique dans une boite de 1 200 salariés", [], {}),
    ("mon employeur peut m'obliger pendant mes congés ?", [], {}),
    ("pendant mon congé maladie je peux faire un bilan", [], {}),
    ("combien ça dure", ["conge_parental"], {}),
    ("qui paye le bilan", ["conge_parental"], {}),
    ("en 2024", ["delai_5_ans"], {}),
    ("et si c'était avant le covid ?", ["delai_5_ans"], {}),
    ("il y a 3 ans", ["delai_5_ans"], {}),
    ("c'est fichu ?", ["prix"], {}),
    ("j'ai pas le temps de poser des congés, combien de jours avant", [], {}),
    ("les visites médicales", [], {}),
]


@pytest.mark.parametrize(
    ("texte", "precedents", "faits", "attendue"),
    [(t, avant, faits, cas) for cas, (avant, faits, textes) in DITS.items() for t in textes],
)
def test_un_cas_dite_partout(texte: str, precedents: list[str], faits: dict[str, str], attendue: str) -> None:
    message = MessageDit([texte], precedents, faits, {})
    trouvee = preciser("utter_faq/duree", message)
    assert dite_partout(message) and trouvee is not None and trouvee.reponse == attendue


@pytest.mark.parametrize(("texte", "precedents", "faits"), SANS_CAS)
def test_ce_qui_lui_ressemble_n_en_est_pas(texte: str, precedents: list[str], faits: dict[str, str]) -> None:
    assert not dite_partout(MessageDit([texte], precedents, faits, {}))


@pytest.mark.parametrize(
    ("texte", "sur"),
    [
        ("et j'envoie ca a qui ?", "envoi"),
        ("c bon jenvoie ca ou", "envoi"),
        ("a quelle adresse", "envoi"),
        ("je la donne à qui", "envoi"),
        ("je dois mettre mon mal de dos dedans ?", "sante"),
        ("faut dire pourquoi je suis en arrêt dans la lettre ?", "sante"),
        ("j'écris ma dépression dedans ?", "sante"),
        ("je fais quoi cette semaine ?", "suite"),
        ("et maintenant", "suite"),
        ("ok et je fais quoi maintenant", "suite"),
        ("c'est quoi la suite", "suite"),
        ("je fais quoi pour le cpf", None),
        ("c'est quoi un bilan", None),
    ],
)
def test_ce_qu_on_demande_d_une_lettre_donnee(texte: str, sur: str | None) -> None:
    assert choix_dit(texte, "suite_de_lettre") == sur


@pytest.mark.parametrize(
    "bout", ["la caisse va dire a mon chef ", "j'ai donné mon code ", "pas le temps ", "ok et je fais quoi "]
)
def test_un_tres_long_message_se_lit_vite(bout: str) -> None:
    texte = bout * (2000 // len(bout))
    assert not dite_partout(MessageDit([texte], ["delai_5_ans"], {}, {}))
    assert choix_dit(texte, "pas_le_temps") is None and choix_dit(texte * 2, "suite_de_lettre") in (
        None,
        "suite",
        "envoi",
    )
