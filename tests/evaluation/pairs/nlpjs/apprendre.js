// NLP.js en français, réglages d'origine : apprend les exemples, puis classe les messages.
// Usage : node apprendre.js exemples.json messages.json predictions.json
const { readFileSync, writeFileSync } = require('fs');
const { containerBootstrap } = require('@nlpjs/core-loader');
const { Nlp } = require('@nlpjs/nlp');
const { LangFr } = require('@nlpjs/lang-fr');

const lire = (nom) => JSON.parse(readFileSync(nom, 'utf8'));

async function principal([exemples, messages, sortie]) {
  const conteneur = await containerBootstrap();
  conteneur.use(Nlp);
  conteneur.use(LangFr);
  const nlp = conteneur.get('nlp');
  nlp.settings.autoSave = false;
  nlp.addLanguage('fr');
  for (const [texte, etiquette] of lire(exemples)) nlp.addDocument('fr', texte, etiquette);
  const debut = Date.now();
  await nlp.train();
  const entrainement_s = (Date.now() - debut) / 1000;
  console.error(`appris en ${entrainement_s} s`);
  const depart = Date.now();
  const predictions = [];
  for (const texte of lire(messages)) {
    const { classifications } = await nlp.process('fr', texte);
    predictions.push(classifications.map(({ intent, score }) => [intent, score]));
  }
  const message_ms = (Date.now() - depart) / Math.max(predictions.length, 1);
  writeFileSync(sortie, JSON.stringify({ entrainement_s, message_ms, predictions }));
}

principal(process.argv.slice(2));
