// Ce que les pages gagnent quand les scripts marchent : chercher, calculer, copier. Rien n'est envoyé ni gardé.
"use strict";

// Reste à payer, en centimes : la même règle que actions/eligibilite/cout.py, comparée par les tests.
function calculer(saisie, regles) {
  const aides = Math.min(saisie.dotation_employeur + saisie.financement_opco + saisie.autres_financements, saisie.prix);
  const net = saisie.prix - aides;
  const droits = regles.plafond === null ? saisie.solde_cpf : Math.min(saisie.solde_cpf, regles.plafond);
  const exonere = saisie.sans_emploi || saisie.dotation_employeur > 0 || saisie.financement_opco > 0 || saisie.points;
  const sans_participation = Math.max(0, net - droits);
  const reste = exonere ? sans_participation : Math.max(sans_participation, Math.min(regles.participation, net));
  return { aides, cpf: net - reste, reste, exonere };
}

// « 1 200,50 » -> 120050 ; vide -> 0 ; sinon null.
function lire_montant(texte) {
  const net = texte.replace(/[\s\u00a0\u202f€]/g, "").replace(",", ".");
  if (net === "") return 0;
  return /^\d{1,9}(\.\d{1,2})?$/.test(net) ? Math.round(Number(net) * 100) : null;
}

// Comme l'écriture de l'assistant : milliers séparés, virgule, centimes entiers.
function ecrire_montant(centimes) {
  const euros = String(Math.floor(centimes / 100)).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  const reste = centimes % 100;
  return euros + (reste ? "," + String(reste).padStart(2, "0") : "") + "\u00a0€";
}

function sans_accents(texte) {
  return texte.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFD").replace(/\p{M}/gu, "");
}

// Pages qui répondent le mieux : chaque mot compte selon sa rareté, plus s'il est dans le titre, peu s'il est partout.
function chercher(question, { creux, pages }) {
  const ignores = new Set(creux.split(" "));
  const decouper = (texte) => sans_accents(texte).match(/[a-z0-9]{2,}/g) || [];
  const mots = [...new Set(decouper(question))];
  const notes = pages.map(() => 0);
  for (const mot of mots) {
    const racine = mot.length > 4 ? mot.replace(/(es|s|x|e)$/, "") : mot;
    const convient = (autre) => autre === mot || (mot.length > 3 && autre.startsWith(racine));
    const partout = ignores.has(mot);
    const forces = pages.map(([titre, , cles]) => {
      if (decouper(titre).some(convient)) return partout ? 0.4 : 2;
      return !partout && cles.split(" ").some(convient) ? 1 : 0;
    });
    const rarete = Math.log(1 + pages.length / (1 + forces.filter(Boolean).length));
    forces.forEach((force, rang) => (notes[rang] += force * rarete));
  }
  return pages
    .map(([titre, adresse], rang) => ({ titre, adresse, note: notes[rang] }))
    .filter((page) => page.note > 0)
    .sort((a, b) => b.note - a.note)
    .slice(0, 12);
}

function installer_recherche(zone) {
  const index = JSON.parse(document.getElementById("index").textContent);
  const champ = document.getElementById("mots");
  const resultats = document.getElementById("resultats");
  const compte = document.getElementById("compte");
  zone.hidden = false;
  champ.addEventListener("input", () => {
    const pages = champ.value.trim() ? chercher(champ.value, index) : [];
    resultats.replaceChildren(...pages.map(({ titre, adresse }) => {
      const lien = document.createElement("a");
      lien.href = adresse;
      lien.textContent = titre;
      const ligne = document.createElement("li");
      ligne.append(lien);
      return ligne;
    }));
    document.getElementById("titre-resultats").hidden = !pages.length;
    const muet = !champ.value.trim();
    compte.textContent = muet ? "" : pages.length ? `${pages.length} ${zone.dataset.compte}` : zone.dataset.aucun;
  });
}

function installer_calculette(zone) {
  const regles = {
    plafond: zone.dataset.plafond === "" ? null : Number(zone.dataset.plafond),
    participation: Number(zone.dataset.participation),
  };
  const formulaire = zone.querySelector("form");
  const resultat = document.getElementById("resultat").firstElementChild;
  const montants = [...formulaire.querySelectorAll("input[type=text]")];
  const marquer = (champ, faute) => {
    const erreur = document.getElementById(`${champ.id}-erreur`);
    erreur.hidden = !faute;
    champ.toggleAttribute("aria-invalid", faute);
    if (faute) {
      champ.setAttribute("aria-invalid", "true");
      champ.setAttribute("aria-describedby", erreur.id);
    } else champ.removeAttribute("aria-describedby");
  };
  zone.hidden = false;
  formulaire.addEventListener("reset", () => {
    resultat.hidden = true;
    montants.forEach((champ) => marquer(champ, false));
  });
  formulaire.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const saisie = { sans_emploi: formulaire.sans_emploi.checked, points: formulaire.points.checked };
    for (const champ of montants) {
      saisie[champ.id] = lire_montant(champ.value);
      marquer(champ, saisie[champ.id] === null || (champ.id === "prix" && !saisie.prix));
    }
    const faute = montants.find((champ) => champ.hasAttribute("aria-invalid"));
    resultat.hidden = Boolean(faute);
    if (faute) return faute.focus();
    const calcul = calculer(saisie, regles);
    for (const nom of ["aides", "cpf", "reste"]) document.getElementById(nom).textContent = ecrire_montant(calcul[nom]);
    document.getElementById("exonere").hidden = !calcul.exonere;
    document.getElementById("comprise").hidden = calcul.exonere || !regles.participation;
  });
}

function installer_copie(bouton) {
  if (!navigator.clipboard) return;
  const etat = document.getElementById("copie");
  bouton.hidden = false;
  bouton.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("lettre").innerText);
    etat.textContent = etat.dataset.texte;
  });
}

if (typeof document !== "undefined") {
  const avec = (id, installer) => {
    const element = document.getElementById(id);
    if (element) installer(element);
  };
  avec("recherche", installer_recherche);
  avec("calculette", installer_calculette);
  avec("copier", installer_copie);
  avec("imprimer", (bouton) => {
    bouton.hidden = false;
    bouton.addEventListener("click", () => window.print());
  });
  // Remplacer la page dans l'historique : « précédent » n'y ramène pas.
  document.querySelector(".quitter")?.addEventListener("click", (evenement) => {
    evenement.preventDefault();
    location.replace(evenement.currentTarget.href);
  });
}
