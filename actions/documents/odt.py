"""Met une page au format ODT : même mise en page que le DOCX."""

from __future__ import annotations

import io
from html import escape

from odfdo import Document, Header, Paragraph, Span

from actions.documents.archive import figer
from actions.documents.page import FORMES, Forme, Page, Style

TYPE_MIME = "application/vnd.oasis.opendocument.text"
_POLICE = 'fo:font-family="Arial, \'Liberation Sans\'" style:font-family-generic="swiss"'
_SURLIGNE = (
    '<style:style style:name="a_completer" style:family="text">'
    '<style:text-properties fo:background-color="#ffff00"/></style:style>'
)
_META = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
    "<dc:title>{titre}</dc:title><dc:language>fr-FR</dc:language></office:meta></office:document-meta>"
)


def en_odt(page: Page) -> bytes:
    """Rend le fichier ODT d'une page, octet pour octet le même pour la même page."""
    document = Document("text")
    document.body.clear()
    for style in (_SURLIGNE, *(_style(nom, forme) for nom, forme in FORMES.items())):
        document.insert_style(style, automatic=True)
    for element in page.paragraphes:
        niveau = FORMES[element.style].niveau
        ligne = Header(niveau) if niveau else Paragraph()
        ligne.style = element.style
        for morceau, a_completer in element.morceaux():
            ligne.append(Span(morceau, style="a_completer") if a_completer else Span(morceau))
        document.body.append(ligne)
    octets = io.BytesIO()
    document.save(octets)
    return figer(octets.getvalue(), {"meta.xml": _META.format(titre=escape(page.titre)).encode()})


def _style(nom: Style, forme: Forme) -> str:
    return (
        f'<style:style style:name="{nom}" style:family="paragraph" style:list-style-name="">'
        f'<style:paragraph-properties fo:margin-left="{forme.retrait}cm" fo:margin-top="{forme.avant}pt" '
        f'fo:margin-bottom="{forme.apres}pt" fo:line-height="115%"/>'
        f'<style:text-properties {_POLICE} fo:font-size="{forme.taille}pt" '
        f'fo:font-weight="{"bold" if forme.gras else "normal"}" fo:font-style="normal" '
        'fo:language="fr" fo:country="FR"/></style:style>'
    )
