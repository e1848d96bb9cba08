"""Les parcours : de quelques faits dits par la personne à un acte. Python pur, sans Rasa ni horloge."""
