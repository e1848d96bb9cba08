"""Lit une page du guide comme le ferait un navigateur sans script : liens, ancres, titres et textes."""

from __future__ import annotations

from html.parser import HTMLParser

_LIGNES = ("p", "li", "h1", "h2", "h3", "td", "th", "dt", "dd", "caption", "title")


class Lecteur(HTMLParser):
    """Les liens, identifiants et lignes de texte d'une page ; ``reponses`` : les lignes de chaque réponse reprise.

    Une réponse propre à un profil se nomme « utter_faq/x@militaire » ; ``remplies`` : celles que des faits complètent.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.liens: list[tuple[str, dict[str, str]]] = []
        self.charges: list[str] = []
        self.ids: list[str] = []
        self.balises: list[str] = []
        self.lignes: list[tuple[str, str]] = []
        self.reponses: dict[str, list[str]] = {}
        self.remplies: set[str] = set()
        self.textes_de_loi: list[str] = []
        self._ouvertes: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        attrs = {nom: valeur or "" for nom, valeur in attributs}
        self.balises.append(balise)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if "data-remplie" in attrs:
            self.remplies.add(attrs["data-remplie"])
        if balise == "a":
            self.liens.append((attrs["href"], attrs))
        elif "src" in attrs or (balise == "link" and "href" in attrs):
            self.charges.append(attrs.get("src") or attrs["href"])
        if balise not in ("meta", "link", "br", "input"):
            self._ouvertes.append((balise, attrs))
        if balise in _LIGNES:
            self.lignes.append((balise, ""))
            if self._reponse():
                self.reponses.setdefault(self._reponse(), []).append("")
            elif balise == "li" and any(a.get("class") == "texte" and b == "section" for b, a in self._ouvertes):
                self.textes_de_loi.append("")

    def handle_endtag(self, balise: str) -> None:
        while self._ouvertes and self._ouvertes.pop()[0] != balise:
            pass

    def handle_data(self, texte: str) -> None:
        balises = [b for b, _ in self._ouvertes]
        if not any(b in _LIGNES for b in balises) or not self.lignes:
            return
        self.lignes[-1] = (self.lignes[-1][0], self.lignes[-1][1] + texte)
        if self._reponse():
            self.reponses[self._reponse()][-1] += texte
        elif self.textes_de_loi and "li" in balises and any(a.get("class") == "texte" for _, a in self._ouvertes):
            self.textes_de_loi[-1] += texte

    def _reponse(self) -> str:
        dite = next((a for _, a in self._ouvertes if "data-reponse" in a), None)
        return "@".join(dite[nom] for nom in ("data-reponse", "data-profil") if nom in dite) if dite else ""

    def titres(self) -> list[tuple[str, str]]:
        """Titres de la page, dans l'ordre : (« h2 », texte)."""
        return [(b, t) for b, t in self.lignes if b in ("h1", "h2", "h3")]
