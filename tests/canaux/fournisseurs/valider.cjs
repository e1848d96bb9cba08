// Valide des cartes avec la bibliothèque de leur fournisseur : une carte JSON par ligne, ses défauts en retour.
// Une propriété que la bibliothèque ne rend pas après l'avoir lue est une propriété qu'elle ne connaît pas.
const AC = require("./adaptivecards.min.js");
const LIBRES = new Set(["$schema", "msteams", "data"]);

function perdues(lue, rendue, chemin = "") {
  if (Array.isArray(lue)) {
    return lue.flatMap((e, i) => perdues(e, Array.isArray(rendue) ? rendue[i] : undefined, `${chemin}[${i}]`));
  }
  if (lue === null || typeof lue !== "object") return rendue === undefined ? [`perdue : ${chemin}`] : [];
  return Object.keys(lue)
    .filter((cle) => !LIBRES.has(cle))
    .flatMap((cle) => perdues(lue[cle], rendue ? rendue[cle] : undefined, `${chemin}.${cle}`));
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (ligne) => {
    const contexte = new AC.SerializationContext(AC.Versions.v1_5);
    const carte = new AC.AdaptiveCard();
    const defauts = [];
    // Défaut de la bibliothèque : cette expression est « globale » et garde sa position d'une carte à l'autre.
    AC.CardElement.langProperty.regEx.lastIndex = 0;
    try {
      const lue = JSON.parse(ligne);
      carte.parse(lue, contexte);
      for (let i = 0; i < contexte.eventCount; i++) defauts.push(contexte.getEventAt(i).message);
      for (const e of carte.validateProperties().validationEvents) defauts.push(e.message);
      defauts.push(...perdues(lue, carte.toJSON(new AC.SerializationContext(AC.Versions.v1_5))));
    } catch (erreur) {
      defauts.push(String(erreur));
    }
    process.stdout.write(JSON.stringify(defauts) + "\n");
  });
