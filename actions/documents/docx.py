"""Met une page au format DOCX : A4, une police courante, ce qui reste à compléter surligné."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from actions.documents.archive import figer
from actions.documents.page import FORMES, POLICE, TAILLE, Forme, Page

TYPE_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOIR = RGBColor(0, 0, 0)
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def en_docx(page: Page) -> bytes:
    """Rend le fichier DOCX d'une page, octet pour octet le même pour la même page."""
    document = Document()
    _regler(document, page.titre)
    for element in page.paragraphes:
        forme = FORMES[element.style]
        paragraphe = document.add_paragraph(style=f"Heading {forme.niveau}" if forme.niveau else "Normal")
        _mettre_en_forme(paragraphe, forme)
        for morceau, a_completer in element.morceaux():
            passage = paragraphe.add_run(morceau)
            passage.font.name, passage.font.size, passage.bold = POLICE, Pt(forme.taille), forme.gras
            passage.font.color.rgb = _NOIR
            if a_completer:
                passage.font.highlight_color = WD_COLOR_INDEX.YELLOW
    octets = io.BytesIO()
    document.save(octets)
    return figer(octets.getvalue(), {"docProps/app.xml": _APPLICATION})


def _mettre_en_forme(paragraphe: Paragraph, forme: Forme) -> None:
    format_ = paragraphe.paragraph_format
    format_.left_indent = Cm(forme.retrait)
    format_.space_before, format_.space_after = Pt(forme.avant), Pt(forme.apres)


def _regler(document: Any, titre: str) -> None:
    """Pose la page A4, la langue française et des métadonnées vides (python-docx met les siennes)."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = POLICE, Pt(TAILLE)
    normal.paragraph_format.line_spacing = 1.15
    langue = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    if langue is None:
        langue = OxmlElement("w:lang")
        document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}").append(langue)
    langue.set(qn("w:val"), "fr-FR")
    proprietes = document.core_properties
    for champ in ("author", "comments", "last_modified_by", "keywords", "subject", "category"):
        setattr(proprietes, champ, "")
    proprietes.title, proprietes.language = titre, "fr-FR"
    for date in ("dcterms:created", "dcterms:modified"):
        element = proprietes._element.find(qn(date))
        if element is not None:
            proprietes._element.remove(element)
