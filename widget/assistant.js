// Le widget d'intranet : un élément personnalisé, aucune dépendance, aucun HTML interprété.
// Mots : un seul objet, T, que le canal sert depuis data/widget.yml. Style : widget/assistant.css, posé à la construction.
(() => {
  "use strict";
  const balise = document.currentScript;
  const canal = new URL(balise.dataset.canal || "/webhooks/widget/", balise.src);
  const CLE = "volet";
  // Toujours offert par la notice ; son bouton a sa place fixe et n'est pas répété sous les réponses.
  const HUMAIN = "/parler_a_un_humain";
  const MESSAGES_MAX = 200;
  const DELAI_MS = 30000;
  const ESSAIS = 3;
  const RECUL_MS = 1000;
  const LENT_MS = 700;
  const AVERTIR_MS = 300000;
  const feuille = new CSSStyleSheet();
  feuille.replaceSync("__STYLE__");
  const TRACES = {
    bulle: "M4 4h16v12H9l-5 4z",
    croix: "M6 6l12 12M18 6 6 18",
    menu: "M5 12h.01M12 12h.01M19 12h.01",
    copier: "M9 9h11v11H9zM5 15H4V4h11v1",
    oui: "M7 11l4-7 2 1-1 5h7l-2 9H7zM3 11h4v8H3z",
    non: "M17 13l-4 7-2-1 1-5H5l2-9h10zM21 13h-4V5h4z",
    envoyer: "M4 12l16-8-6 16-3-6z",
  };
  // Un seul formateur : en créer un par message ferait l'essentiel du temps de restauration.
  let HEURE;
  const heure = (quand) =>
    (HEURE ||= new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" })).format(quand);
  let T, AVIS, ERREURS, SECOURS, LONGUEUR, GUIDE, LANGUES;

  // Construction du document : nœuds et textes seulement.
  const el = (nom, proprietes, ...enfants) => {
    const e = document.createElement(nom);
    for (const [cle, valeur] of Object.entries(proprietes || {})) {
      if (valeur == null) continue;
      if (cle.startsWith("on")) e.addEventListener(cle.slice(2), valeur);
      else if (cle in e && cle !== "role") e[cle] = valeur;
      else e.setAttribute(cle, valeur);
    }
    e.append(...enfants.filter((x) => x != null));
    return e;
  };
  const icone = (nom) => {
    const espace = "http://www.w3.org/2000/svg";
    const s = document.createElementNS(espace, "svg");
    s.setAttribute("viewBox", "0 0 24 24");
    s.setAttribute("aria-hidden", "true");
    const trace = document.createElementNS(espace, "path");
    trace.setAttribute("d", TRACES[nom]);
    s.append(trace);
    return s;
  };
  const bouton = (texte, action, proprietes) => el("button", { type: "button", onclick: action, ...proprietes }, texte);
  const boutonIcone = (nom, trace, action, proprietes) =>
    el("button", { type: "button", className: "ico", title: nom, "aria-label": nom, onclick: action, ...proprietes }, icone(trace));
  const mots = (gabarit, valeurs) => gabarit.replace(/\{(\w+)\}/g, (_, cle) => valeurs[cle] ?? "");
  const numero = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((o) => o.toString(16).padStart(2, "0")).join("");
  const pause = (ms) => new Promise((suite) => setTimeout(suite, ms));

  // Liens : quatre protocoles admis, tout le reste s'affiche comme du texte.
  const adresse = (brut, base = location.href) => {
    try {
      const u = new URL(brut, base);
      return /^(https?|mailto|tel):$/.test(u.protocol) ? u : null;
    } catch {
      return null;
    }
  };
  const lien = (texte, brut) => {
    const u = adresse(brut);
    if (!u) return texte;
    const dehors = /^http/.test(u.protocol) && u.origin !== location.origin;
    return el(
      "a",
      { href: u.href, target: dehors ? "_blank" : null, rel: dehors ? "noopener noreferrer" : null },
      texte,
      dehors ? el("span", { className: "lu" }, " " + T.nouvelle_fenetre) : null,
    );
  };
  // Le peu de mise en forme admis : gras, italique, code, liens, listes.
  const MARQUES =
    /\*\*(.+?)\*\*|\*([^*\s][^*]*?)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])/g;
  const enLigne = (texte) => {
    const morceaux = [];
    let debut = 0;
    for (const m of texte.matchAll(MARQUES)) {
      morceaux.push(texte.slice(debut, m.index));
      if (m[1]) morceaux.push(el("strong", null, ...enLigne(m[1])));
      else if (m[2]) morceaux.push(el("em", null, ...enLigne(m[2])));
      else if (m[3]) morceaux.push(el("code", null, m[3]));
      else morceaux.push(m[4] ? lien(m[4], m[5]) : lien(m[6], m[6]));
      debut = m.index + m[0].length;
    }
    morceaux.push(texte.slice(debut));
    return morceaux;
  };
  const mettreEnForme = (texte) => {
    const racine = document.createDocumentFragment();
    let liste = null;
    let paragraphe = null;
    for (const ligne of texte.slice(0, 8000).split("\n")) {
      const puce = /^\s*(?:([-•])|\d+[.)])\s+(.*)$/.exec(ligne);
      if (puce) {
        const nom = puce[1] ? "ul" : "ol";
        if (!liste || liste.localName !== nom) racine.append((liste = el(nom)));
        liste.append(el("li", null, ...enLigne(puce[2])));
        paragraphe = null;
      } else {
        liste = null;
        // « English: … » : une ligne d'une autre langue se lit avec sa voix.
        const lang = LANGUES[/^(\S+?)\s?:/.exec(ligne)?.[1]];
        const mis = lang ? [el("span", { lang }, ...enLigne(ligne))] : enLigne(ligne);
        if (!ligne.trim()) paragraphe = null;
        else if (paragraphe) paragraphe.append(el("br"), ...mis);
        else racine.append((paragraphe = el("p", null, ...mis)));
      }
    }
    return racine;
  };

  // Le canal : délai, nouveaux essais, jeton renouvelé une fois ; une panne est une erreur avec sa raison.
  let jeton = null;
  const lireJeton = async () => {
    if (!balise.dataset.jeton || jeton) return;
    const r = await fetch(new URL(balise.dataset.jeton, location.href), { credentials: "same-origin" });
    if (r.ok) jeton = (await r.text()).trim();
  };
  const echec = (raison, definitif, attente) => Object.assign(new Error(raison), { raison, definitif, attente });
  const requete = async (chemin, corps, options) => {
    await lireJeton();
    const entetes = corps ? { "content-type": "application/json" } : {};
    if (jeton) entetes.authorization = "Bearer " + jeton;
    return fetch(new URL(chemin, canal), {
      method: corps ? "POST" : "GET",
      credentials: balise.dataset.jeton ? "omit" : "same-origin",
      headers: entetes,
      body: corps && JSON.stringify(corps),
      ...options,
    });
  };
  const demander = async (chemin, corps, surNouvelEssai = () => {}) => {
    let renouvele = false;
    for (let n = 0; ; n++) {
      let panne;
      try {
        const r = await requete(chemin, corps, { signal: AbortSignal.timeout(DELAI_MS) });
        const recu = r.status === 204 ? {} : await r.json();
        if (r.ok) return recu;
        if (recu.erreur === "jeton" && balise.dataset.jeton && !renouvele) {
          renouvele = true;
          jeton = null;
          continue;
        }
        const passager = r.status === 429 || r.status >= 500;
        panne = echec(recu.erreur, !passager, 1000 * (Number(r.headers.get("retry-after")) || 0));
      } catch (e) {
        panne = echec(e.name === "TimeoutError" ? "delai" : "reseau");
      }
      if (panne.definitif || n >= ESSAIS || !navigator.onLine) throw panne;
      surNouvelEssai();
      await pause(Math.max(panne.attente || 0, RECUL_MS * 2 ** n * (0.75 + Math.random() / 2)));
    }
  };

  class Assistant extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      this.lang = "fr";
      this.etat = this.relire();
      this.nonLus = 0;
      this.dessinerLanceur();
      this.ecouteurs = [
        [window, "keydown", (e) => this.raccourci(e)],
        [window, "online", () => (this.dire(T.en_ligne), this.vider())],
        [window, "offline", () => this.dire(T.hors_ligne)],
        [window, "pageshow", (e) => e.persisted && this.revenir()],
        [document, "visibilitychange", () => this.veiller()],
        [(this.etroit = matchMedia("(max-width:30em),(max-height:26em)")), "change", () => this.volet?.open && this.montrer()],
      ];
      for (const [cible, nom, suite] of this.ecouteurs) cible.addEventListener(nom, suite);
      this.restaurer();
    }

    disconnectedCallback() {
      for (const [cible, nom, suite] of this.ecouteurs) cible.removeEventListener(nom, suite);
      clearTimeout(this.veille);
    }

    // État de l'onglet : rien n'est écrit avant le premier clic.
    neuf() {
      return { m: [], ouvert: false, brouillon: "", theme: "", grand: false, session: false, expire: 0 };
    }

    relire() {
      try {
        const lu = JSON.parse(sessionStorage.getItem(CLE));
        if (lu && Array.isArray(lu.m) && Date.now() < lu.expire) {
          this.permis = true;
          return { ...this.neuf(), ...lu, m: lu.m.slice(-MESSAGES_MAX) };
        }
        sessionStorage.removeItem(CLE);
      } catch {
        // Stockage refusé ou abîmé : la conversation vit dans la page seulement.
      }
      return this.neuf();
    }

    garder() {
      if (!this.permis) return;
      this.etat.brouillon = this.champ.value;
      this.etat.m = this.etat.m.slice(-MESSAGES_MAX);
      try {
        sessionStorage.setItem(CLE, JSON.stringify(this.etat));
      } catch {
        // Voir relire().
      }
    }

    dessinerLanceur() {
      const racine = this.attachShadow({ mode: "open" });
      racine.adoptedStyleSheets = [feuille];
      this.pastille = el("span", { className: "pastille", hidden: true });
      const raccourci = balise.dataset.raccourci === "non" ? null : "Alt+Shift+H";
      const preparer = () => this.dessinerVolet();
      this.lanceur = el(
        "button",
        { type: "button", id: "lanceur", part: "lanceur", "aria-expanded": "false", "aria-haspopup": "dialog", "aria-keyshortcuts": raccourci, onclick: () => this.basculer(true), onfocus: preparer, onpointerenter: preparer },
        icone("bulle"),
        el("span", null, T.lanceur),
        this.pastille,
      );
      racine.append(this.lanceur);
    }

    // Le volet se construit quand on s'en approche : une page où personne ne l'ouvre ne paie que le lanceur.
    dessinerVolet() {
      if (this.volet) return;
      this.journal = el("div", { id: "journal", role: "log", "aria-label": T.journal, "aria-live": "polite", tabIndex: 0 });
      this.statut = el("p", { id: "statut", role: "status" });
      this.points = el("span", { className: "points", hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
      this.alerte = el("p", { id: "alerte", role: "alert" });
      this.gestes = el("div", { className: "gestes" });
      this.plus = bouton(T.nouveaux, () => (this.descendre(), this.champ.focus()), { id: "plus", hidden: true });
      this.suite = el("div", { id: "suite" });
      this.fil = el("div", { id: "fil", onscroll: () => this.auBout() && (this.plus.hidden = true) }, this.journal, this.suite);
      this.compte = el("span", { id: "compte" });
      this.champ = el("textarea", {
        id: "champ",
        rows: 1,
        maxLength: LONGUEUR,
        autocomplete: "off",
        "aria-describedby": "indice compte",
        value: this.etat.brouillon,
        oninput: () => this.saisir(),
        onkeydown: (e) => {
          if (e.key !== "Enter" || e.shiftKey || e.isComposing) return;
          e.preventDefault();
          this.soumettre();
        },
      });
      this.taille = bouton("", () => this.agrandir());
      this.theme = bouton("", () => this.changerTheme());
      this.menu = el(
        "ul",
        { id: "menu", hidden: true, onkeydown: (e) => e.key === "Escape" && (e.stopPropagation(), e.preventDefault(), this.ouvrirMenu(false)) },
        ...[
          bouton(T.copier_tout, () => this.copier(this.transcrire())),
          bouton(T.telecharger, () => this.telecharger()),
          bouton(T.effacer, () => this.demanderEffacement()),
          this.theme,
          this.taille,
          bouton(T.pause, () => this.proposer(T.pause, T.pause)),
          GUIDE ? el("a", { href: adresse(GUIDE)?.href, target: "_blank", rel: "noopener" }, T.guide, el("span", { className: "lu" }, " " + T.nouvelle_fenetre)) : null,
          balise.dataset.aPropos ? el("a", { href: adresse(balise.dataset.aPropos)?.href, target: "_blank", rel: "noopener" }, T.a_propos, el("span", { className: "lu" }, " " + T.nouvelle_fenetre)) : null,
        ].filter(Boolean).map((x) => el("li", { onclick: () => this.ouvrirMenu(false, false) }, x)),
      );
      this.boutonMenu = boutonIcone(T.menu, "menu", () => this.ouvrirMenu(this.menu.hidden), { id: "plus-d-actions", "aria-expanded": "false", "aria-controls": "menu" });
      this.volet = el(
        "dialog",
        {
          id: "volet",
          part: "volet",
          "aria-labelledby": "titre",
          oncancel: (e) => (e.preventDefault(), this.basculer(false)),
          onkeydown: (e) => {
            if (e.key !== "Escape" || e.isComposing) return;
            e.preventDefault();
            this.basculer(false);
          },
        },
        el(
          "div",
          { className: "tete" },
          el("h2", { id: "titre" }, T.titre),
          bouton(T.quitter, () => this.quitter(), { id: "quitter", "aria-keyshortcuts": balise.dataset.raccourci === "non" ? null : "Alt+Shift+Q" }),
          this.boutonMenu,
          boutonIcone(T.fermer, "croix", () => this.basculer(false), { id: "fermer" }),
        ),
        this.menu,
        el(
          "div",
          { className: "aide" },
          bouton(T.humain, () => this.proposer(HUMAIN, T.humain), { id: "humain" }),
          bouton(T.qui_peut_lire, () => this.direQuiPeutLire(), { id: "qui" }),
        ),
        this.fil,
        this.plus,
        el("div", { className: "vif" }, this.points, this.statut, this.alerte, this.gestes),
        el(
          "form",
          { onsubmit: (e) => (e.preventDefault(), this.soumettre()) },
          el("label", { htmlFor: "champ" }, T.champ),
          el("div", { className: "rang" }, this.champ, el("button", { type: "submit", id: "envoyer", "aria-label": T.envoyer, title: T.envoyer }, icone("envoyer"))),
          el("p", { className: "indice" }, el("span", { id: "indice" }, T.indice), " ", this.compte),
        ),
      );
      this.shadowRoot.prepend(this.volet);
      this.peindre();
    }

    // L'historique rendu ne s'annonce pas : la région devient polie une fois posée.
    restaurer() {
      if (!this.permis) return;
      this.dessinerVolet();
      this.redessiner();
      if (this.etat.ouvert) this.basculer(true, false);
      this.veiller();
      this.vider();
    }

    redessiner() {
      this.journal.setAttribute("aria-live", "off");
      this.journal.replaceChildren(...this.etat.m.map((m) => this.bulle(m)));
      this.suite.replaceChildren();
      const dernier = this.etat.m.at(-1);
      if (dernier?.q === "a") this.poserSuite(dernier);
      setTimeout(() => this.journal.setAttribute("aria-live", "polite"), 200);
    }

    // Page ressortie du cache du navigateur : elle ne doit rien montrer d'une conversation effacée depuis.
    revenir() {
      this.etat = this.relire();
      if (!this.volet) return this.restaurer();
      this.champ.value = this.etat.brouillon;
      this.redessiner();
      if (!this.etat.ouvert && this.volet.open) this.basculer(false);
    }

    raccourci(e) {
      if (!e.altKey || !e.shiftKey || balise.dataset.raccourci === "non") return;
      if (e.code === "KeyH") (e.preventDefault(), this.basculer(!this.volet?.open));
      if (e.code === "KeyQ" && this.volet?.open) (e.preventDefault(), this.quitter());
    }

    peindre() {
      const sombre = this.etat.theme ? this.etat.theme === "sombre" : matchMedia("(prefers-color-scheme:dark)").matches;
      if (this.etat.theme) this.setAttribute("theme", this.etat.theme);
      this.theme.textContent = sombre ? T.theme_clair : T.theme_sombre;
      this.taille.textContent = this.etat.grand ? T.reduire : T.agrandir;
      return sombre;
    }

    changerTheme() {
      this.etat.theme = this.peindre() ? "clair" : "sombre";
      this.peindre();
      this.garder();
      this.boutonMenu.focus();
    }

    agrandir() {
      this.etat.grand = !this.etat.grand;
      this.peindre();
      this.montrer();
      this.garder();
      this.boutonMenu.focus();
    }

    ouvrirMenu(ouvert, rendre = true) {
      this.menu.hidden = !ouvert;
      this.boutonMenu.setAttribute("aria-expanded", ouvert);
      if (ouvert) this.menu.querySelector("button").focus();
      else if (rendre) this.boutonMenu.focus();
    }

    // Non modal à côté de la page, modal quand il la couvre ; show() volerait le focus.
    montrer() {
      const avant = this.shadowRoot.activeElement;
      if (this.volet.open) this.volet.close();
      this.volet.classList.toggle("grand", this.etat.grand);
      if (this.etat.grand || this.etroit.matches) this.volet.showModal();
      else this.volet.open = true;
      if (avant && avant !== this.shadowRoot.activeElement) avant.focus();
    }

    basculer(ouvert, prendreLeFocus = true) {
      this.dessinerVolet();
      if (ouvert === this.volet.open) return;
      this.lanceur.hidden = ouvert;
      this.lanceur.setAttribute("aria-expanded", ouvert);
      this.etat.ouvert = ouvert;
      if (ouvert) {
        this.preparerSortie();
        this.permis = true;
        this.montrer();
        this.compterNonLus(0);
        this.descendre();
        if (prendreLeFocus) this.champ.focus();
        if (!this.etat.session && !this.etat.m.length) this.commencer();
      } else {
        this.ouvrirMenu(false, false);
        this.volet.close();
        this.lanceur.focus();
      }
      this.garder();
    }

    compterNonLus(n) {
      this.nonLus = n;
      this.pastille.hidden = !n;
      this.pastille.replaceChildren();
      if (n) this.pastille.append(el("span", { "aria-hidden": "true" }, String(n)), el("span", { className: "lu" }, ", " + mots(n > 1 ? T.non_lus : T.non_lu, { n })));
    }

    auBout() {
      const f = this.fil;
      return f.scrollHeight - f.scrollTop - f.clientHeight < 40;
    }

    // Au bout de la conversation, sans passer le début de ce qui vient d'arriver.
    descendre(depuis) {
      const f = this.fil;
      f.scrollTop = depuis ? depuis.offsetTop - f.offsetTop - 8 : f.scrollHeight;
      // Très bas, c'est le volet entier qui défile.
      const entier = depuis && f.scrollHeight <= f.clientHeight && this.etroit.matches;
      this.volet.scrollTop = entier ? depuis.offsetTop - 8 : this.volet.scrollHeight;
      this.plus.hidden = true;
    }

    dire(texte) {
      clearTimeout(this.oubli);
      if (!this.volet) return;
      this.statut.textContent = texte;
      if (texte && texte !== T.hors_ligne) this.oubli = setTimeout(() => (this.statut.textContent = ""), 6000);
    }

    // Le texte est annoncé ; les boutons restent hors de la région vive.
    alerter(texte, ...boutons) {
      this.alerte.textContent = texte;
      this.gestes.replaceChildren(...boutons);
    }

    saisir() {
      const reste = LONGUEUR - this.champ.value.length;
      this.compte.textContent = reste <= 100 ? mots(T.restants, { n: reste }) : "";
      this.garder();
    }

    soumettre() {
      const texte = this.champ.value.trim();
      this.champ.focus();
      if (!texte) return;
      this.champ.value = "";
      this.saisir();
      this.proposer(texte, texte);
    }

    // Pose un message de la personne et l'envoie ; un bouton affiche son titre et envoie sa charge.
    proposer(envoi, affiche) {
      this.champ.focus();
      this.suite.replaceChildren();
      const m = { id: numero(), q: "u", t: affiche, e: envoi, i: Date.now(), s: "attente" };
      this.ajouter(m);
      this.descendre();
      this.vider();
    }

    ajouter(m) {
      this.etat.m.push(m);
      this.journal.append(this.bulle(m));
      while (this.journal.children.length > MESSAGES_MAX) this.journal.firstChild.remove();
      this.garder();
    }

    async commencer() {
      this.alerter("");
      try {
        await this.assurerSession();
      } catch (e) {
        this.alerter(ERREURS[e.raison] || ERREURS.reseau, bouton(T.renvoyer, () => (this.champ.focus(), this.commencer())));
        this.secourir();
      }
    }

    assurerSession() {
      if (this.etat.session) return;
      this.ouverture ||= demander("session", {}, () => this.dire(T.nouvel_essai))
        .then((recu) => {
          this.etat.session = true;
          this.minuter(recu.expire_dans);
          this.recevoir(recu.messages);
        })
        .finally(() => (this.ouverture = null));
      return this.ouverture;
    }

    async vider() {
      if (this.occupe) return;
      this.occupe = true;
      for (let m; (m = this.etat.m.find((x) => x.s === "attente")); ) {
        if (!navigator.onLine) {
          this.dire(T.hors_ligne);
          break;
        }
        this.alerter("");
        const lent = setTimeout(() => ((this.points.hidden = false), this.dire(T.ecrit)), LENT_MS);
        let panne = null;
        try {
          await this.livrer(m);
        } catch (e) {
          panne = e;
        }
        clearTimeout(lent);
        this.points.hidden = true;
        if ([T.ecrit, T.nouvel_essai].includes(this.statut.textContent)) this.dire("");
        if (panne && !this.rater(m, panne)) break;
      }
      this.occupe = false;
    }

    async livrer(m) {
      const corps = { id: m.id, texte: m.e };
      const patienter = () => this.dire(T.nouvel_essai);
      await this.assurerSession();
      let recu;
      try {
        recu = await demander("message", corps, patienter);
      } catch (e) {
        if (e.raison !== "session") throw e;
        this.expirer(m);
        await this.assurerSession();
        recu = await demander("message", corps, patienter);
      }
      if (!this.etat.m.includes(m)) return;
      if (!Array.isArray(recu.messages) || !recu.messages.length) throw echec("vide");
      m.s = "ok";
      if (recu.efface) this.oublierIci();
      else this.minuter(recu.expire_dans);
      this.recevoir(recu.messages);
    }

    // Rend vrai si la file peut continuer.
    rater(m, panne) {
      if (!this.etat.m.includes(m)) return true;
      if (!navigator.onLine) {
        this.dire(T.hors_ligne);
        return false;
      }
      m.s = "echec";
      this.marquer(m);
      this.garder();
      const renvoyer = () => {
        m.s = "attente";
        this.marquer(m);
        this.champ.focus();
        this.vider();
      };
      this.alerter(ERREURS[panne.raison] || ERREURS.reseau, bouton(T.renvoyer, renvoyer));
      if (!panne.definitif) this.secourir();
      return false;
    }

    marquer(m) {
      const bulle = this.journal.children[this.etat.m.indexOf(m)];
      bulle?.classList.toggle("rate", m.s === "echec");
    }

    // Quand le serveur ne répond pas, les contacts humains restent à portée.
    secourir() {
      if (!this.etat.m.some((m) => m.t === SECOURS)) this.recevoir([{ texte: SECOURS }]);
    }

    recevoir(messages) {
      const suivre = this.auBout() || this.shadowRoot.activeElement === this.champ;
      const avant = this.journal.lastChild;
      for (const x of messages) {
        const m = { q: "a", t: String(x.texte || ""), b: x.boutons, d: x.documents, n: x.etape, r: x.reponse, o: x.sources, i: Date.now() };
        for (const ancien of this.etat.m) delete ancien.b;
        this.ajouter(m);
        this.poserSuite(m);
        if (!this.volet.open) this.compterNonLus(this.nonLus + 1);
      }
      if (suivre) this.descendre(avant ? avant.nextSibling : this.journal.firstChild);
      else this.plus.hidden = false;
    }

    bulle(m) {
      const quand = new Date(m.i);
      const deLui = m.q === "a";
      const corps = el("div", { className: "texte" });
      if (m.n) corps.append(el("p", { className: "etape" }, mots(T.etape, { n: m.n.numero, total: m.n.total })));
      corps.append(deLui ? mettreEnForme(m.t) : el("p", null, m.t));
      for (const d of m.d || []) {
        const u = adresse(d.lien, canal);
        if (u)
          corps.append(el("p", { className: "carte" }, el("a", { href: u.href, download: "" }, mots(d.poids ? T.document : T.document_sans_poids, d))));
      }
      return el(
        "article",
        { className: `msg ${m.q}${m.s === "echec" ? " rate" : ""}` },
        el("p", { className: "qui" }, deLui ? T.assistant : T.vous, " ", el("time", { dateTime: quand.toISOString() }, heure(quand))),
        corps,
      );
    }

    // Sous le dernier message, hors du journal : réponses proposées, puis copier et donner son avis.
    poserSuite(m) {
      const propositions = (m.b || [])
        .filter((b) => b.envoi !== HUMAIN)
        .slice(0, 8)
        .map((b) => el("li", null, bouton(b.titre, () => this.proposer(b.envoi, b.titre))));
      const voter = (pour) => (e) => {
        for (const b of barre.querySelectorAll("[aria-pressed]")) b.setAttribute("aria-pressed", b === e.currentTarget);
        if (pour) this.noter(m, "utile");
        else this.demanderRaison(m, e.currentTarget);
      };
      const barre = el(
        "div",
        { className: "barre", role: "toolbar", "aria-label": T.actions_reponse, onkeydown: (e) => this.parcourir(e, barre) },
        boutonIcone(T.copier, "copier", () => this.copier(this.reponse().join("\n\n"))),
        ...(m.r ? [boutonIcone(T.utile, "oui", voter(true), { "aria-pressed": m.f === "utile" }), boutonIcone(T.pas_utile, "non", voter(false), { "aria-pressed": !!m.f && m.f !== "utile" })] : []),
      );
      [...barre.children].forEach((b, rang) => (b.tabIndex = rang ? -1 : 0));
      this.suite.replaceChildren(barre);
      if (propositions.length) this.suite.prepend(el("ul", { className: "rapides", "aria-label": T.suggestions }, ...propositions));
    }

    parcourir(e, barre) {
      const boutons = [...barre.children];
      const ici = boutons.indexOf(this.shadowRoot.activeElement);
      const la = { ArrowRight: ici + 1, ArrowLeft: ici - 1, Home: 0, End: boutons.length - 1 }[e.key];
      if (la == null) return;
      e.preventDefault();
      const cible = boutons[(la + boutons.length) % boutons.length];
      for (const b of boutons) b.tabIndex = b === cible ? 0 : -1;
      cible.focus();
    }

    demanderRaison(m, retour) {
      this.suite.querySelector(".raisons")?.remove();
      const fermer = () => (groupe.remove(), retour.focus());
      const groupe = el(
        "div",
        { className: "raisons", role: "group", "aria-labelledby": "pourquoi", onkeydown: (e) => e.key === "Escape" && (e.stopPropagation(), e.preventDefault(), fermer()) },
        el("p", { id: "pourquoi" }, T.pourquoi),
        ...Object.entries(AVIS).map(([raison, texte]) => bouton(texte, () => (fermer(), this.noter(m, raison)))),
        bouton(T.passer, () => (retour.setAttribute("aria-pressed", "false"), fermer())),
      );
      this.suite.append(groupe);
      groupe.querySelector("button").focus();
    }

    async noter(m, avis) {
      m.f = avis;
      this.garder();
      try {
        await demander("avis", { reponse: m.r, avis });
        this.dire(T.merci);
      } catch (e) {
        this.alerter(ERREURS[e.raison] || ERREURS.reseau);
      }
    }

    async direQuiPeutLire() {
      try {
        const { texte } = await demander("qui-peut-lire");
        this.recevoir([{ texte }]);
      } catch (e) {
        this.alerter(ERREURS[e.raison] || ERREURS.reseau);
      }
    }

    transcrire() {
      const source = (s) => `- ${s.titre} : ${s.lien}`;
      return this.etat.m
        .map((m) =>
          [`${m.q === "a" ? T.assistant : T.vous} (${new Date(m.i).toLocaleString("fr-FR")})`, m.t]
            .concat((m.d || []).map((d) => `${d.titre} : ${d.lien}`))
            .concat(m.o?.length ? [T.sources + " :", ...m.o.map(source)] : [])
            .join("\n"),
        )
        .join("\n\n");
    }

    // Une réponse tient parfois en plusieurs bulles : toutes se copient.
    reponse() {
      const debut = this.etat.m.findLastIndex((m) => m.q === "u");
      return this.etat.m.slice(debut + 1).map((m) => m.t);
    }

    async copier(texte) {
      try {
        await navigator.clipboard.writeText(texte);
        this.dire(T.copie);
      } catch {
        this.alerter(T.copie_impossible);
      }
    }

    telecharger() {
      const u = URL.createObjectURL(new Blob([this.transcrire()], { type: "text/plain;charset=utf-8" }));
      el("a", { href: u, download: T.nom_du_fichier }).click();
      setTimeout(() => URL.revokeObjectURL(u), 1000);
      this.dire(T.telecharge);
      this.boutonMenu.focus();
    }

    demanderEffacement() {
      const non = bouton(T.annuler, () => (this.alerter(""), this.champ.focus()));
      this.alerter(T.effacer_question, bouton(T.effacer_oui, () => this.effacer()), non);
      non.focus();
    }

    async effacer() {
      this.oublierIci();
      this.champ.focus();
      try {
        const { messages } = await demander("effacer", {});
        this.recevoir(messages);
      } catch {
        this.alerter(T.efface_ici_seulement, bouton(T.renvoyer, () => this.effacer()));
      }
    }

    // Vide l'écran et l'onglet ; ce qui attendait encore ne partira pas.
    oublierIci() {
      clearTimeout(this.veille);
      this.etat = { ...this.neuf(), ouvert: this.etat.ouvert, theme: this.etat.theme, grand: this.etat.grand };
      this.journal.replaceChildren();
      this.suite.replaceChildren();
      this.alerter("");
      this.champ.value = "";
      this.compte.textContent = "";
      this.compterNonLus(0);
      try {
        sessionStorage.removeItem(CLE);
      } catch {
        // Rien n'y était.
      }
    }

    // Inactivité : annoncée avant, prolongée d'un bouton ; à l'heure dite tout s'efface, sauf le message en cours.
    minuter(secondes) {
      this.etat.expire = Date.now() + 1000 * secondes;
      this.marge = Math.min(AVERTIR_MS, 500 * secondes);
      this.averti = false;
      this.garder();
      this.veiller();
    }

    veiller() {
      clearTimeout(this.veille);
      if (!this.etat.expire) return;
      const reste = this.etat.expire - Date.now();
      if (reste <= 0) return this.expirer(null);
      const marge = this.marge || AVERTIR_MS;
      if (reste <= marge && !this.averti) {
        this.averti = true;
        this.alerter(mots(T.expire_bientot, { n: Math.ceil(reste / 60000) }), bouton(T.garder, () => this.prolonger()));
      }
      this.veille = setTimeout(() => this.veiller(), reste > marge ? reste - marge : reste);
    }

    async prolonger() {
      this.alerter("");
      this.champ.focus();
      try {
        const recu = await demander("session", {});
        if (recu.nouvelle) {
          this.expirer(null);
          this.etat.session = true;
        }
        this.minuter(recu.expire_dans);
        this.recevoir(recu.messages);
        this.dire(T.gardee);
      } catch (e) {
        this.alerter(ERREURS[e.raison] || ERREURS.reseau);
      }
    }

    expirer(enCours) {
      const brouillon = this.champ.value;
      this.oublierIci();
      this.champ.value = brouillon;
      if (enCours) this.ajouter(enCours);
      this.dire(T.expiree);
    }

    sortie() {
      return adresse(balise.dataset.sortie || "/") || new URL("/", location);
    }

    // La page de sortie, lue d'avance : le navigateur la garde et l'affichera sans attendre le réseau.
    preparerSortie() {
      if (!this.permis && this.sortie().origin === location.origin) fetch(this.sortie()).catch(() => {});
    }

    // Quitter vite : l'écran d'abord, le serveur ensuite, sans rien attendre.
    quitter() {
      this.oublierIci();
      if (jeton || !balise.dataset.jeton) requete("effacer", {}, { keepalive: true }).catch(() => {});
      const sortie = this.sortie();
      document.title = "\u00a0";
      document.body.replaceChildren();
      location.replace(sortie);
    }
  }

  const demarrer = async () => {
    if (document.querySelector("assistant-interne")) return;
    try {
      const recu = await demander("textes");
      [T, AVIS, ERREURS, SECOURS, LONGUEUR, GUIDE, LANGUES] = [recu.libelles, recu.avis, recu.erreurs, recu.secours, recu.longueur_max, recu.guide, recu.langues];
    } catch {
      // Sans ses mots, le widget ne s'affiche pas.
      return;
    }
    customElements.get("assistant-interne") || customElements.define("assistant-interne", Assistant);
    document.body.append(document.createElement("assistant-interne"));
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", demarrer);
  else demarrer();
})();
