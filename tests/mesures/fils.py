"""Des conversations entières, que rejouent la charge, le plan et la comparaison de deux Python."""

FILS = [
    ["bonjour", "c'est quoi un bilan de compétences", "combien de temps ça dure", "qui paie", "plus simple", "merci"],
    ["vérifier mes droits", "salarié du privé", "cdi", "oui", "je ne sais pas", "qui paie", "récapituler"],
    ["je suis en arrêt maladie", "mon employeur le saura ?", "dites m'en plus", "quelle est la source ?", "au revoir"],
    ["c'est quoi le cpf", "combien j'ai", "et si je n'ai pas assez", "je veux parler à quelqu'un", "merci beaucoup"],
    ["bonjour", "vérifier mes droits", "agent territorial", "oui", "c'est payé ?", "stop", "récapituler", "effacer"],
]
