"""Ce que dit l'assistant n'est jamais du code ; la page n'accepte que le script attendu, rien ne sort."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from playwright.sync_api import Page, expect

from canaux.paquet_widget import DOSSIER, paquet
from tests.conftest import SECRET_DE_TEST, Serveurs
from tests.serveur import CANAL, Serveur
from tests.widget.conftest import Contexte
from tests.widget.outils import Volet, message

_BALISES = [
    "<img src=x onerror=X>", "<svg onload=X>", "<svg/onload=X>", "<script>X</script>", "<scr<script>ipt>X</script>",
    "<body onload=X>", "<iframe src=javascript:X>", "<iframe srcdoc='<script>parent.X</script>'>",
    "<object data=javascript:X>", "<embed src=javascript:X>", "<a href=javascript:X>a</a>",
    "<a href='data:text/html,<script>X</script>'>a</a>", "<form action=javascript:X><button>a</button></form>",
    "<input autofocus onfocus=X>", "<video><source onerror=X></video>", "<audio src=x onerror=X>",
    "<details open ontoggle=X>", "<marquee onstart=X>", "<math><a xlink:href=javascript:X>a</a></math>",
    "<style>@import 'javascript:X'</style>", "<link rel=stylesheet href=javascript:X>",
    "<meta http-equiv=refresh content='0;url=javascript:X'>", "<base href=javascript:X//>",
    "<template><script>X</script></template>", "<noscript><img src=x onerror=X></noscript>",
    "<textarea autofocus onfocus=X>", "<select autofocus onfocus=X>", "<keygen autofocus onfocus=X>",
    "<isindex action=javascript:X>", "\"><img src=x onerror=X>", "'><svg onload=X>", "--><script>X</script>",
    "]]><script>X</script>", "</textarea><script>X</script>", "</title><script>X</script>",
    "<!--<img src='--><img src=x onerror=X>'>", "<img src=`x`onerror=X>", "<IMG SRC=x OnErRoR=X>",
    "<img\tsrc=x\nonerror=X>", "\u003cimg src=x onerror=X\u003e", "&lt;img src=x onerror=X&gt;",
    "<x contenteditable onblur=X>a", "<svg><animate onbegin=X attributeName=x dur=1s>",
    "<svg><script>X</script></svg>", "<svg><use href='data:image/svg+xml,<svg onload=X>'>",
]  # fmt: skip
_LIENS = [
    "javascript:X", "JaVaScRiPt:X", "java\tscript:X", " javascript:X", "\x01javascript:X", "javascript&colon;X",
    "javascript%3AX", "vbscript:X", "data:text/html,<script>X</script>",
    "data:text/html;base64,PHNjcmlwdD5YPC9zY3JpcHQ+", "blob:X", "file:///etc/passwd", "filesystem:X",
    "view-source:javascript:X", "//\x00javascript:X", "jar:javascript:X", "feed:javascript:X", "about:blank#X",
    "intent://x#Intent;scheme=javascript;end", "\u2028javascript:X",
]  # fmt: skip
CORPUS = [
    *(b.replace("X", "window.__xss=1") for b in _BALISES),
    *(f"[clic]({lien.replace('X', 'window.__xss=1')})" for lien in _LIENS),
    "![image](javascript:window.__xss=1)", "**[gras](javascript:window.__xss=1)**",
    "`<img src=x onerror=window.__xss=1>`",
    "- [liste](javascript:window.__xss=1)", "https://exemple.fr/\"onmouseover=window.__xss=1",
    "https://exemple.fr/<script>window.__xss=1</script>",
    "[a](https://exemple.fr\"onclick=window.__xss=1)", "[<img src=x onerror=window.__xss=1>](https://exemple.fr)",
]  # fmt: skip
ACTIFS = """[...r.querySelectorAll('#journal *, #suite *')].filter(e =>
  !['article','p','span','time','div','ul','ol','li','strong','em','code','br','a','button','svg','path'].includes(e.localName)
  || [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style'
    || /^\\s*(javascript|data|vbscript|blob|file):/i.test(a.value))
  || (e.localName === 'a' && !/^(https?|mailto|tel):/.test(e.href))).map(e => e.outerHTML)"""


def test_le_corpus_est_assez_grand() -> None:
    assert len(set(CORPUS)) >= 60


def test_aucune_charge_ne_devient_active(volet: Volet) -> None:
    """Chaque charge passe partout où un texte du serveur s'affiche : bulle, bouton, document, étape, liens."""
    page = volet.page
    for debut in range(0, len(CORPUS), 8):
        lot = CORPUS[debut : debut + 8]
        volet.simuler(
            *(
                message(
                    charge,
                    [charge],
                    documents=[{"titre": charge, "format": charge, "poids": charge, "lien": charge}],
                    etape={"numero": charge, "total": charge},
                    sources=[{"titre": charge, "lien": charge, "verifie_le": charge}],
                )
                for charge in lot
            )
        )
        avant = volet.messages.count()
        volet.ecrire("suite")
        expect(volet.messages).to_have_count(avant + 1 + len(lot))
        assert volet.ombre(ACTIFS) == []
    liens = page.locator("#journal a")
    for rang in range(liens.count()):
        liens.nth(rang).evaluate(
            "e => { e.target = ''; e.addEventListener('click', x => x.preventDefault()); e.click(); }"
        )
    page.mouse.move(500, 500)
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None and page.url.endswith("/demo")


@pytest.mark.parametrize("charge", ["<img src=x onerror=window.__xss=1>", "[clic](javascript:window.__xss=1)"])
def test_ce_que_tape_la_personne_reste_du_texte(volet: Volet, charge: str) -> None:
    volet.ecrire(charge)
    expect(volet.messages).to_have_count(3)
    assert charge in volet.messages.nth(1).inner_text() and volet.ombre(ACTIFS) == []
    volet.page.reload()
    expect(volet.messages).to_have_count(3)
    assert volet.ombre(ACTIFS) == [] and volet.page.evaluate("window.__xss") is None


def test_un_lien_sain_reste_un_lien_et_annonce_sa_fenetre(volet: Volet) -> None:
    volet.simuler(message("Voir [le site](https://exemple.fr/a) ou https://exemple.fr/b. Appelez le [15](tel:15)."))
    volet.ecrire("suite")
    liens = volet.messages.last.get_by_role("link")
    expect(liens).to_have_count(3)
    assert [lien.get_attribute("href") for lien in liens.all()] == [
        "https://exemple.fr/a",
        "https://exemple.fr/b",
        "tel:15",
    ]
    expect(liens.first).to_have_attribute("rel", "noopener noreferrer")
    assert "nouvelle fenêtre" in liens.first.inner_text() and "nouvelle" not in liens.last.inner_text()


def test_un_script_modifie_est_refuse_par_le_navigateur(contexte: Contexte, serveur_temoin: Serveur) -> None:
    page = contexte().new_page()
    page.route(
        "**/assistant.js", lambda r: r.fulfill(body=paquet().octets.decode() + " ", content_type="text/javascript")
    )
    page.goto(serveur_temoin.origine + "/demo")
    page.wait_for_timeout(300)
    assert page.locator("assistant-interne").count() == 0


def test_le_script_tient_dans_douze_kilo_octets_et_ne_cite_aucune_adresse(serveur_temoin: Serveur) -> None:
    servi = serveur_temoin.appeler("GET", paquet().chemin, None, {"Accept-Encoding": "gzip"})
    assert servi.entetes["content-encoding"] == "gzip" and len(servi.corps) <= 12_000
    source = gzip.decompress(servi.corps).decode()
    assert source.count("http://") == 1 and "http://www.w3.org/2000/svg" in source  # espace de noms, jamais demandé
    for interdit in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "DOMParser",
        "import(",
        "localStorage",
    ):
        assert interdit not in source
    assert "immutable" in servi.entetes["cache-control"]


def test_aucun_mot_de_l_interface_n_est_dans_le_script() -> None:
    source = (DOSSIER / "assistant.js").read_text(encoding="utf-8")
    code = "\n".join(ligne for ligne in source.splitlines() if not ligne.strip().startswith("//"))
    chaines = re.findall(r"\"([^\"\n]*)\"", code)
    assert len(chaines) > 100
    assert [c for c in chaines if re.search(r"[à-ÿÀ-Ý]|[A-Z][a-z]+ [a-z]+", c)] == []


def test_seules_les_requetes_attendues_partent(page: Page, serveur_temoin: Serveur) -> None:
    demandes: list[str] = []
    page.wait_for_load_state("networkidle")  # la première page finit de se charger
    page.on("request", lambda r: demandes.append(f"{r.method} {r.url.removeprefix(serveur_temoin.origine)}"))
    page.reload()
    volet = Volet(page)
    expect(volet.lanceur).to_be_visible()
    assert demandes == ["GET /demo", "GET /assistant/page.css", f"GET {paquet().chemin}", f"GET {CANAL}/textes"]
    volet.ouvrir().demander()
    # La page de sortie est lue d'avance : « Quitter vite » n'attendra pas le réseau.
    assert demandes[4:] == ["GET /assistant/pratique", f"POST {CANAL}/session", f"POST {CANAL}/message"]


class PageHote(BaseHTTPRequestHandler):
    """L'intranet d'une autre origine : une page, une politique stricte, un jeton de cinq minutes."""

    serveur: Serveur
    perimes = 0

    def do_GET(self) -> None:
        api = self.serveur.origine
        self.send_response(200)
        if self.path == "/jeton":
            type(self).perimes -= 1
            fin = time.time() + (-10 if self.perimes >= 0 else 300)
            jeton = jwt.encode({"sub": "visite-navigateur", "aud": "assistant", "exp": fin}, SECRET_DE_TEST, "HS256")
            corps, nature = jeton, "text/plain"
        else:
            balise = paquet().balise(jeton="/jeton", sortie="/autre").replace('src="', f'src="{api}')
            corps = f"<!doctype html><html lang=fr><title>Hôte</title><body><h1>Hôte</h1>{balise}</body></html>"
            nature = "text/html; charset=utf-8"
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; script-src {api}; connect-src 'self' {api}; require-trusted-types-for 'script'",
            )
        self.send_header("Content-Type", nature)
        self.end_headers()
        self.wfile.write(corps.encode())

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def hote(serveurs: Serveurs) -> Iterator[str]:
    PageHote.serveur = serveurs.jeton
    service = ThreadingHTTPServer(("127.0.0.1", serveurs.port_hote), PageHote)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    yield f"http://localhost:{serveurs.port_hote}"
    service.shutdown()
    service.server_close()


@pytest.mark.parametrize("perimes", [0, 1])
def test_sur_un_autre_site_le_jeton_de_la_page_sert_et_se_renouvelle(
    contexte: Contexte, hote: str, perimes: int
) -> None:
    PageHote.perimes = perimes
    page = contexte().new_page()
    page.goto(hote)
    volet = Volet(page).ouvrir().demander()
    assert page.context.cookies() == []
    volet.bouton("Qui peut lire ?").click()
    expect(volet.messages.last).to_contain_text("L'intranet atteste")
    document = {"titre": "Courrier", "format": "DOCX", "poids": "12 Ko", "lien": "/documents/abc"}
    volet.simuler(message("Prêt.", documents=[document]))
    volet.ecrire("suite")
    lien = volet.messages.last.get_by_role("link")
    expect(lien).to_have_attribute(
        "href", f"{PageHote.serveur.origine}/documents/abc"
    )  # chez l'assistant, pas chez l'hôte
    volet.menu("Effacer la conversation")
    volet.bouton("Tout effacer").click()
    expect(volet.messages.last).to_contain_text("C'est effacé")


def test_un_jeton_toujours_refuse_le_dit_sans_insister(contexte: Contexte, hote: str) -> None:
    PageHote.perimes = 99
    page = contexte().new_page()
    page.goto(hote)
    volet = Volet(page)
    volet.lanceur.click()
    expect(volet.alerte).to_contain_text("Rechargez la page")
