// Invented articles for the in-memory backend: French, English, one Arabic, and as many generated ones as wanted.
import type { Row } from "../src/backend/bindings";

/** An article of the in-memory library: its row and its text. */
export type FakeArticle = { row: Row; text: string; html: string };

type Seed = {
  title: string;
  section: string;
  author: string;
  job?: string;
  date: string;
  teaser: string;
  tags?: string[];
  lang?: string;
  status?: string;
  read?: boolean;
  starred?: boolean;
  progress?: number;
  place?: Row["place"];
};

/** Names of the sections by path. */
export const sectionNames: Record<string, string> = {
  editos: "Éditos",
  analyses: "Analyses",
  "analyses/littoral": "Littoral",
  "analyses/economie": "Économie",
  medias: "Dans les médias",
  lectures: "Lectures",
  lettres: "Lettres d’information",
};

const seeds: Seed[] = [
  {
    title: "Le phare et la facture",
    section: "editos",
    author: "Maud Kerbrat",
    job: "directrice de la rédaction",
    date: "2026-11-18",
    teaser:
      "Entretenir une lumière que plus aucun équipage ne regarde : la dépense est petite, la question ne l’est pas.",
    tags: ["budget", "littoral"],
    starred: true,
  },
  {
    title: "Qui garde la digue ?",
    section: "analyses/littoral",
    author: "Paul Ansermet",
    date: "2026-11-15",
    teaser:
      "Quatre communes, deux syndicats et une préfecture se partagent onze kilomètres d’enrochements. Personne n’en tient la carte.",
    tags: ["littoral", "eau"],
    progress: 0.42,
  },
  {
    title: "A ferry for the off season",
    section: "analyses/economie",
    author: "Ruth Calder",
    date: "2026-11-12",
    teaser:
      "An island timetable says more about public money than most budgets do, and it is easier to read.",
    tags: ["transport"],
    lang: "en",
  },
  {
    title: "« On ne ferme pas une école comme on ferme un robinet »",
    section: "medias",
    author: "Samir Oudghiri",
    date: "2026-11-10",
    teaser: "Entretien accordé au Courrier des deux rives sur la carte scolaire des vallées.",
    tags: ["école"],
    read: true,
  },
  {
    title: "Petit éloge du procès-verbal",
    section: "lectures",
    author: "Anne-Lise Favre",
    date: "2026-11-08",
    teaser: "Un recueil de comptes rendus municipaux, relu comme un roman à clefs.",
    read: true,
  },
  {
    title: "Ce que disent les marges",
    section: "editos",
    author: "La rédaction",
    date: "2026-11-06",
    teaser: "Relire, c’est répondre : pourquoi nous publions désormais les corrections que nous recevons.",
    tags: ["métier"],
  },
  {
    title: "Le prix du gravier, de la rivière au rond-point",
    section: "analyses/economie",
    author: "Lucie Tamburini",
    date: "2026-11-03",
    teaser:
      "On en consomme plus que de blé. Enquête sur une ressource que l’on croit inépuisable parce qu’elle est partout.",
    tags: ["budget", "eau"],
    progress: 0.8,
  },
  {
    title: "Brouillon : la saison des pétitions",
    section: "editos",
    author: "Maud Kerbrat",
    date: "2026-11-02",
    teaser: "Signer ne coûte rien, compter les signatures non plus.",
    status: "draft",
  },
  {
    title: "The quiet arithmetic of libraries",
    section: "lectures",
    author: "Dana Whitlock",
    date: "2026-10-30",
    teaser: "Three small towns counted what their reading rooms lend besides books.",
    lang: "en",
    tags: ["école"],
  },
  {
    title: "مدينة على حافة الملح",
    section: "analyses/littoral",
    author: "ليلى منصور",
    date: "2026-10-27",
    teaser: "حين يتراجع الشاطئ كل شتاء، تعيد المدينة رسم خرائطها وتعيد معها رسم علاقتها بالبحر.",
    lang: "ar",
    tags: ["littoral"],
  },
  {
    title: "Lettre n° 41 : l’automne des commissions",
    section: "lettres",
    author: "La rédaction",
    date: "2026-10-25",
    teaser: "Trois rapports, deux auditions et une bonne nouvelle pour les abonnés.",
    read: true,
  },
  {
    title: "L’heure d’été du droit",
    section: "analyses",
    author: "Jonas Berthier",
    date: "2026-10-22",
    teaser: "Les textes provisoires ont la vie longue. Inventaire de ceux qui ont fêté leurs vingt ans.",
    tags: ["droit"],
    starred: true,
    read: true,
  },
  {
    title: "Œuvres complètes d’un cantonnier",
    section: "lectures",
    author: "Anne-Lise Favre",
    date: "2026-10-19",
    teaser: "Quarante ans de carnets de route, publiés par une petite maison de Mende.",
  },
  {
    title: "Vingt maires et un barème",
    section: "analyses/economie",
    author: "Lucie Tamburini",
    date: "2026-10-16",
    teaser: "La péréquation expliquée par ceux qui la reçoivent, et par ceux qui la paient.",
    tags: ["budget", "droit"],
  },
  {
    title: "Revue de presse : l’eau, encore",
    section: "medias",
    author: "La rédaction",
    date: "2026-10-14",
    teaser: "Nos travaux sur les réserves cités par trois quotidiens régionaux.",
    tags: ["eau"],
    read: true,
  },
  {
    title: "Draft: what the harbour master knows",
    section: "editos",
    author: "Ruth Calder",
    date: "2026-10-12",
    teaser: "Notes toward a piece on the last public servant who can still read the sky.",
    lang: "en",
    status: "draft",
  },
];

/** The articles of the in-memory library: about thirty, or `count` generated ones. */
export function fakeArticles(count: number): FakeArticle[] {
  const articles: FakeArticle[] = [];
  const wanted = Math.max(count, 30);
  for (let i = 0; i < wanted; i++) {
    const seed = seeds[i % seeds.length] as Seed;
    const round = Math.floor(i / seeds.length);
    articles.push(article(seed, i, round));
  }
  return articles;
}

/** An article made from what is known of it, with a text that has every kind of content. */
export function article(seed: Seed, index: number, round: number): FakeArticle {
  const day = new Date(Date.parse(`${seed.date}T12:00:00Z`) - round * 35 * 86_400_000);
  const title = round === 0 ? seed.title : `${seed.title} (${round + 1})`;
  const words = 420 + ((index * 397) % 1900);
  const row: Row = {
    id: `article-${index}`,
    path: `${seed.section}/${slug(title) || `piece-${index}`}.md`,
    title,
    standfirst: seed.teaser,
    teaser: seed.teaser,
    authors: [{ name: seed.author, function: seed.job ?? null }],
    section: seed.section,
    sectionName: sectionNames[seed.section] ?? seed.section,
    tags: [...(seed.tags ?? [])],
    ownTags: [],
    date: day.toISOString().slice(0, 10),
    updated: null,
    lang: seed.lang ?? "fr",
    status: seed.status ?? "published",
    words,
    signs: words * 6,
    signsWithoutSpaces: words * 5,
    readingMinutes: Math.max(1, Math.round(words / 230)),
    modified: day.getTime(),
    read: seed.read ?? false,
    starred: seed.starred ?? false,
    progress: seed.progress ?? 0,
    place: seed.place ?? "library",
    problems: 0,
  };
  // A hundred thousand texts are made only when they are asked for.
  let text: string | undefined;
  return {
    row,
    get text() {
      return (text ??= textOf(row));
    },
    set text(changed) {
      text = changed;
    },
    get html() {
      return htmlOf(row);
    },
  };
}

function slug(title: string): string {
  return title
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function textOf(row: Row): string {
  return `---
title: "${row.title}"
authors:
  - ${row.authors[0]?.name ?? ""}
date: ${row.date ?? ""}
lang: ${row.lang ?? "fr"}
status: ${row.status ?? ""}
tags: [${row.tags.join(", ")}]
---

${row.teaser}

## Ce que l'on sait

Il y a *trois manières* de compter, et **une seule** qui se vérifie.[^1] Voir [[Qui garde la digue ?]] et [le registre](https://example.org/registre).

> Les chiffres ne mentent pas, ils attendent qu'on les relise.

- les relevés du printemps ;
- les relevés de l'automne.

| année | relevés |
| --- | ---: |
| 2025 | 1 204 |
| 2026 | 1 377 |

## Ce que l'on cherche

Reste à savoir qui paie ; c'est l'objet du second volet.

[^1]: Rapport annuel, page 12.
`;
}

function htmlOf(row: Row): string {
  const filler = Array.from(
    { length: 6 },
    (_, i) =>
      `<p data-line="${30 + i * 2}" dir="auto">Le registre du port tient en deux volumes. On y lit la hauteur de l’eau, le nom des bateaux et, dans la marge, l’humeur de celui qui écrivait. C’est cette marge qui a servi de preuve : une phrase au crayon, datée, que personne n’avait songé à recopier.</p>`,
  ).join("\n");
  return `<p data-line="11" dir="auto">${row.teaser}</p>
<h2 id="ce-que-l-on-sait" data-line="13">Ce que l’on sait</h2>
<p data-line="15" dir="auto">Il y a <em>trois manières</em> de compter, et <strong>une seule</strong> qui se vérifie.<sup><a class="footnote-ref" href="#fn-1" data-footnote="fn-1">1</a></sup> Voir <a data-article="article-1" href="#">Qui garde la digue ?</a>, <a data-external href="https://example.org/registre">le registre</a> et <a class="missing">une page absente</a>.</p>
<blockquote data-line="17" dir="auto"><p>Les chiffres ne mentent pas, ils attendent qu’on les relise.</p></blockquote>
<ul data-line="19"><li>les relevés du printemps ;</li><li>les relevés de l’automne.</li></ul>
<div class="table" tabindex="0" role="region" aria-label="tableau" data-line="22"><table><thead><tr><th>année</th><th>relevés</th></tr></thead><tbody><tr><td>2025</td><td>1 204</td></tr><tr><td>2026</td><td>1 377</td></tr></tbody></table></div>
<div class="markdown-alert markdown-alert-note" data-line="26"><p class="markdown-alert-title">Note</p><p>Un relevé vaut ce que vaut celui qui relève.</p></div>
<h2 id="ce-que-l-on-cherche" data-line="28">Ce que l’on cherche</h2>
${filler}
<p data-line="44" dir="auto" lang="ar">البحر لا يكتب، لكنه يصحّح كل ما نكتبه.</p>
<section class="footnotes" data-line="46"><ol><li id="fn-1"><p>Rapport annuel, page 12. <a href="#fnref-1" class="footnote-backref">↩</a></p></li></ol></section>`;
}
