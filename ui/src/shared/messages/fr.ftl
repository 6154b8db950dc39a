### Édito, interface en français.

## shell

app-name = Édito
shell-close = Fermer
shell-cancel = Annuler
shell-undo = Annuler
shell-dismiss = Masquer cet avis
shell-notices = Avis

# --- erreurs
error-notFound = Cet article est introuvable.
error-notFound-hint = Il a peut-être été déplacé ou supprimé par un autre programme. Actualisez la bibliothèque avec F5.
error-noCollection = Il n’y a pas de telle collection dans cette bibliothèque.
error-noCollection-hint = Une autre fenêtre ou un autre poste l’a peut-être supprimée.
error-noSearch = Aucune recherche n’est enregistrée sous ce nom dans cette bibliothèque.
error-notALibrary = Ce dossier ne peut pas être ouvert comme bibliothèque.
error-notALibrary-hint = Choisissez un dossier qui contient vos articles, et non un fichier.
error-alreadyExists = Ce nom est déjà pris{ $named ->
        [yes] {" "}: { $path }.
       *[no] .
    }
error-alreadyExists-hint = Choisissez un autre nom, ou un dossier vide. Rien n’a été remplacé.
error-readOnly = Écriture refusée{ $named ->
        [yes] {" "}: { $path }.
       *[no] .
    }
error-readOnly-hint = Vérifiez les droits du fichier ou du disque. Votre texte reste ouvert : rien n’est perdu.
error-diskFull = Le disque est plein.
error-diskFull-hint = Libérez de la place, puis réessayez. Le fichier d’avant est intact et votre texte reste ouvert.
error-io = La lecture ou l’écriture sur le disque a échoué.
error-io-hint = Vérifiez qu’il est branché, puis réessayez. Détail : { $detail }
error-changed = Le fichier a changé sur le disque entre-temps.
error-changed-hint = Les deux versions sont gardées. Rouvrez l’article pour les comparer.
error-encoding = Ce fichier n’est pas dans un encodage reconnu.
error-encoding-hint = Il s’ouvre en lecture seule jusqu’à ce que vous choisissiez son encodage.
error-unencodable = L’encodage de ce fichier n’a pas de place pour tous les caractères du texte ({ $detail }).
error-unencodable-hint = Rien n’a été écrit, et rien n’est perdu. Enregistrez-le en UTF-8, qui les a tous, ou retirez ces caractères.
error-badName = Ce nom ne peut pas être celui d’un fichier.
error-badName-hint = Évitez les barres obliques, les deux-points et les noms réservés par le système.
error-corrupt = Une donnée d’Édito est abîmée et a été mise de côté.
error-corrupt-hint = Vos articles ne sont pas touchés. Détail : { $detail }
error-vanished = Le dossier de la bibliothèque n’est plus accessible.
error-vanished-hint = Rebranchez le disque ou rétablissez le partage : rien n’est considéré comme supprimé.
error-busy = Une autre opération est en cours.
error-busy-hint = Attendez qu’elle finisse, puis réessayez.
error-invalid = La demande n’a pas pu être comprise.
error-invalid-hint = Détail : { $detail }
error-tooBig = Ce fichier est trop volumineux pour être ouvert.
error-tooBig-hint = Scindez-le avec un autre outil ; Édito ne l’a pas modifié.
error-openElsewhere = Cette bibliothèque est déjà ouverte dans une autre fenêtre d’Édito.
error-openElsewhere-hint = Cette fenêtre est passée au premier plan : continuez-y, ou fermez-la d’abord.
error-noLibrary = Aucune bibliothèque n’est ouverte.
error-noLibrary-hint = Ouvrez-en une avec Ctrl+O.
error-unknown = L’opération n’a pas abouti.
error-unknown-hint = Réessayez ; si cela persiste, le journal technique (Aide, « À propos d’Édito ») en dira plus. { $detail }

# --- avis de la bibliothèque
notice-vanished = Le dossier de la bibliothèque n’est plus accessible.
notice-vanished-hint = Rebranchez le disque ou rétablissez le partage. En attendant, tout est en lecture seule ; rien n’est considéré comme supprimé.
notice-back = La bibliothèque est de nouveau accessible.
notice-polling = Le système ne peut pas surveiller autant de dossiers.
notice-polling-hint = Édito les relit régulièrement à la place : les changements faits ailleurs apparaissent un peu plus tard.
notice-indexRebuilt = L’index a été reconstruit.
notice-indexRebuilt-hint = Il était abîmé ou venait d’une autre version d’Édito. Vos articles ne sont pas touchés.
notice-historyRebuilt = L’historique des versions était abîmé : il a été mis de côté et un nouveau commence.
notice-historyRebuilt-hint = Rien n’a été supprimé : l’ancien est conservé sous { $detail }. Vos articles ne sont pas touchés, mais leurs versions antérieures ne sont plus listées.
notice-historyDamaged = Des versions antérieures de « { $detail } » sont illisibles.
notice-historyDamaged-hint = Ce qu’il en reste est conservé avec l’historique de la bibliothèque, et de nouvelles versions s’y ajoutent comme avant. L’article lui-même n’est pas touché.
notice-versionsReadOnly = Les versions ne sont plus gardées : leur historique ne peut pas être écrit.
notice-versionsReadOnly-hint = Vos textes s’enregistrent comme avant, mais sans états antérieurs. Vérifiez les droits de { $detail }.
notice-versionsDiskFull = Les versions ne sont plus gardées : le disque de leur historique est plein.
notice-versionsDiskFull-hint = Libérez de la place là où se trouve { $detail }, ou libérez celle des versions écartées. Les textes eux-mêmes sont enregistrés tant qu’il y a la place.
notice-versionsFailing = Les versions ne sont plus gardées : leur historique n’a pas pu être écrit.
notice-versionsFailing-hint = Vos textes s’enregistrent comme avant, mais sans états antérieurs. Vérifiez que le disque est branché et que rien d’autre n’occupe ce dossier. Détail : { $detail }
notice-recoveryDamaged = Une copie de secours était abîmée : elle n’est pas proposée.
notice-recoveryDamaged-hint = Elle a été mise de côté sous { $detail } ; rien n’a été supprimé, et vos articles ne sont pas touchés.
notice-journalTorn = Une ligne incomplète du journal a été mise de côté.
notice-journalTorn-hint = Elle peut concerner une étoile ou une marque de lecture, jamais le texte d’un article.
notice-readOnly = Cette bibliothèque est en lecture seule.
notice-readOnly-hint = Étoiles et lectures sont gardées dans les données d’Édito, sur cette machine.
notice-unreadable = { $count ->
        [0] Des fichiers n’ont pas pu être lus.
        [one] Un fichier n’a pas pu être lu.
       *[other] { $count } fichiers n’ont pas pu être lus.
    }
notice-unreadable-hint = Rien n’a été modifié. Vérifiez les droits d’accès, puis actualisez avec F5.{ $count ->
        [0] {" "}Détail : { $detail }
       *[other] {""}
    }

# --- groupes et commandes
group-file = Fichier
group-edit = Édition
group-view = Affichage
group-go = Aller
group-article = Article
group-tools = Outils
group-help = Aide
command-new-article = Nouvel article
command-open-library = Ouvrir un dossier…
command-new-library = Nouvelle bibliothèque…
command-open-sample = Ouvrir la bibliothèque d’exemple
command-refresh-library = Actualiser la bibliothèque
command-close-library = Fermer la bibliothèque
command-settings = Réglages
command-quit = Quitter Édito
command-toggle-rail = Replier ou déplier le volet
command-toggle-list = Masquer ou montrer la liste
command-text-alone = Le texte seul
command-toggle-theme = Basculer entre papier et nuit
command-next-region = Volet suivant
command-previous-region = Volet précédent
command-palette = Toutes les commandes
command-quick-open = Ouvrir un article par son titre
command-search = Rechercher dans les textes
command-search-here = Rechercher
command-save-search = Enregistrer cette recherche
command-update-search = Mettre à jour la recherche enregistrée
command-edit-search = Modifier la recherche enregistrée
command-search-up = Monter la recherche enregistrée
command-search-down = Descendre la recherche enregistrée
command-remove-search = Retirer la recherche enregistrée
command-go-all = Tous les articles
command-go-unread = À lire
command-go-starred = Articles étoilés
command-go-recent = Ouverts récemment
command-go-drafts = Brouillons
command-go-conflicts = Copies en conflit
command-go-trash = Corbeille
command-next-row = Ligne suivante
command-previous-row = Ligne précédente
command-next-unread = Ouvrir l’article non lu suivant
command-next-article = Ouvrir l’article suivant
command-previous-article = Ouvrir l’article précédent
command-open-article = Ouvrir
command-read-article = Lire
command-edit-article = Écrire
command-show-versions = Versions de l’article
command-undo = Annuler la dernière action
command-place-archive = Archiver
command-place-later = Mettre de côté pour plus tard
command-place-inbox = Mettre dans la boîte de réception
command-place-library = Garder dans la bibliothèque
command-edit-tags = Mots-clés de l’article
command-rename-tag = Renommer partout le mot-clé affiché
command-go-inbox = Boîte de réception
command-go-later = Plus tard
command-go-archive = Articles archivés
command-toggle-star = Mettre ou ôter l’étoile
command-toggle-read = Marquer comme lu ou non lu
command-pick-row = Ajouter à la sélection
command-article-details = Fiche de l’article
command-rename-article = Renommer le fichier
command-move-article = Changer de rubrique
command-duplicate-article = Dupliquer
command-merge-articles = Réunir en un seul
command-reveal-in-list = Montrer dans la liste
command-reveal-file = Montrer le fichier dans son dossier
command-open-original = Ouvrir la page d’origine dans le navigateur
command-trash-article = Mettre à la corbeille
command-keyboard-help = Raccourcis clavier
command-about = À propos d’Édito

# --- premier écran
start-lead = Une bibliothèque est un dossier de textes, sur votre machine : Édito les range, les cherche et les ouvre sans jamais les envoyer nulle part. Chaque article y reste un fichier Markdown que tout autre outil sait lire.
start-sample = Découvrir avec l’exemple
start-sample-means = Deux douzaines d’articles en français, en anglais et en arabe, à lire et à récrire sans risque.
start-new = Nouvelle bibliothèque
start-new-means = Un titre, une langue, un dossier vide : de quoi commencer.
start-folder = Ouvrir un dossier
start-folder-means = Un coffre Obsidian, un site Hugo ou Zola, un simple dossier de textes : il s’ouvre tel quel.
start-recent = Bibliothèques récentes
start-missing = { $path } (introuvable pour l’instant)
start-forget = Oublier « { $title } » (le dossier reste où il est)
start-choose-library = Choisir le dossier de la bibliothèque
start-choose-empty = Choisir un dossier vide pour la nouvelle bibliothèque
start-new-folder = Dossier (nouveau ou vide)
start-no-folder = Aucun dossier choisi
start-choose = Choisir…
start-create = Créer la bibliothèque

# --- volet de gauche
rail-label = Bibliothèque
rail-menu = Menu
rail-close = Refermer le volet
rail-resize = Largeur du volet
rail-entry = { $name }, { $count ->
        [0] aucun article
        [one] { $count } article
       *[other] { $count } articles
    }
rail-sections = Rubriques
rail-searches = Recherches
rail-author = Auteurs
rail-tag = Mots-clés
rail-lang = Langues
rail-acts = Actions sur « { $name } »
rail-more = Encore { $count }
rail-fewer = Moins
rail-indexing = Lecture : { $done } sur { $total }
rail-indexing-unknown = Lecture : { $done }
rail-progress = Mise à jour de l’index
rail-offline = hors ligne
rail-vanished = dossier absent
rail-read-only = lecture seule
rail-unsaved = { $count ->
        [one] { $count } non enregistré
       *[other] { $count } non enregistrés
    }

# --- liste
list-label = Liste des articles
list-resize = Largeur de la liste
list-all = Tous les articles
list-unread = À lire
list-inbox = Boîte de réception
list-later = Plus tard
list-archive = Archives
list-starred = Étoilés
list-recent = Ouverts récemment
list-drafts = Brouillons
list-trash = Corbeille
list-conflicts = Copies en conflit
list-unread-mark = non lu
list-total = { $count ->
        [0] aucun article
        [one] { $count } article
       *[other] { $count } articles
    }
list-coming = Chargement
list-sort = Trier par
list-sort-by = Tri : { $sort }
list-direction = Sens
list-filter = Filtrer
list-filters = Filtres actifs
list-remove-filter = Ôter le filtre { $filter }
list-clear-filters = Ôter tous les filtres
list-picked = { $count } articles sélectionnés
list-clear-picked = Tout désélectionner
list-article-menu = Actions sur l’article
list-vanished = Le dossier de la bibliothèque n’est pas accessible : tout est en lecture seule jusqu’à son retour.
list-indexing = Première lecture du dossier…
list-indexing-hint = Les articles apparaissent ici à mesure qu’ils sont lus.
list-empty = Cette bibliothèque est encore vide.
list-empty-hint = Écrivez un premier article, ou déposez des fichiers Markdown dans le dossier : ils apparaîtront ici.
list-empty-all = Rien ne correspond.
list-empty-all-hint = Ôtez un filtre ou choisissez une autre rubrique.
list-empty-unread = Tout est lu.
list-empty-unread-hint = Les nouveaux articles arriveront ici. La touche U marque de nouveau un article comme non lu.
list-empty-inbox = La boîte de réception est vide.
list-empty-inbox-hint = Ce qui vient d’arriver attend ici d’être trié : E archive, L met de côté pour plus tard, B garde dans la bibliothèque. La touche I y remet l’article choisi.
list-empty-later = Rien n’est mis de côté.
list-empty-later-hint = La touche L met ici l’article choisi, dans la liste comme pendant la lecture.
list-empty-archive = Les archives sont vides.
list-empty-archive-hint = La touche E archive l’article choisi et passe au suivant ; Z annule.
list-empty-starred = Aucune étoile.
list-empty-starred-hint = La touche S met une étoile à l’article choisi : il se retrouve ici.
list-empty-recent = Rien d’ouvert récemment.
list-empty-recent-hint = Les articles que vous ouvrez se retrouvent ici, le dernier en tête.
list-empty-drafts = Aucun brouillon.
list-empty-drafts-hint = Un article dont le statut est « brouillon » se retrouve ici ; Ctrl+N en commence un.
filter-section = Rubrique
filter-status = Statut
filter-tag = Mot-clé
filter-lang = Langue
filter-author = Auteur
sort-date = Date
sort-updated = Mise à jour
sort-title = Titre
sort-author = Auteur
sort-section = Rubrique
sort-words = Longueur
direction-time-descending = Du plus récent au plus ancien
direction-time-ascending = Du plus ancien au plus récent
direction-text-descending = De Z à A
direction-text-ascending = De A à Z
direction-number-descending = Du plus long au plus court
direction-number-ascending = Du plus court au plus long
status-draft = Brouillon
status-published = Publié
status-review = En relecture
status-ready = Prêt
status-none = Sans statut
lang-none = Non précisée

# --- recherche
search-title = Recherche
search-field = Rechercher dans les textes
search-placeholder = Rechercher
search-leave = Quitter la recherche
search-results = Résultats
search-found = { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
search-time = { $time } ms
search-help = Affiner : titre: auteur: rubrique: mot: statut: langue: avant: après: dans: est: avec: "mots exacts" -sans
search-none = Aucun article pour « { $text } ».
search-none-hint = Essayez un mot de moins, ou seulement le début d’un mot. Accents, majuscules et apostrophes ne comptent pas.
search-teach-title = Cherchez comme vous parlez.
search-teach = Les premières lettres suffisent ; accents, majuscules et élisions ne comptent pas.
search-example-words = eau digue
search-example-words-means = les deux mots, n’importe où
search-example-phrase = "carte scolaire"
search-example-phrase-means = ces mots, dans cet ordre
search-example-without = budget -impôt
search-example-without-means = le premier sans le second
search-example-title = titre:phare
search-example-title-means = dans le titre
search-example-author = auteur:favre
search-example-author-means = de cet auteur
search-example-section = rubrique:analyses
search-example-section-means = dans cette rubrique
search-example-tag = mot:littoral
search-example-tag-means = avec ce mot-clé
search-example-status = statut:draft
search-example-status-means = avec ce statut
search-example-lang = langue:ar
search-example-lang-means = dans cette langue
search-example-dates = après:2026-01
search-example-dates-means = depuis cette date (« avant: » pour ce qui précède)
search-example-recent = après:7j
search-example-recent-means = des sept derniers jours (s, m, a : semaines, mois, années)
search-example-place = dans:plus-tard
search-example-place-means = là où c’est rangé : réception, plus-tard, bibliothèque, archives
search-example-state = est:non-lu
search-example-state-means = non-lu, lu, étoilé ou brouillon
search-example-highlight = avec:surlignage
search-example-highlight-means = avec un passage que vous avez surligné

# --- remplacer dans la bibliothèque
command-replace-across = Remplacer dans la bibliothèque
replace-title = Remplacer dans la bibliothèque
replace-exact-typography = Respecter les apostrophes, les espaces et les traits d’union
replace-among = Chercher dans
replace-among-library = toute la bibliothèque
replace-among-section = une rubrique
replace-among-shown = la liste affichée
replace-among-chosen = les articles choisis
replace-origin = Provenance
replace-origin-any = tous les articles
replace-origin-own = ceux écrits ici
replace-origin-elsewhere = ceux venus d’ailleurs
replace-front-matter = Titres et autres champs compris
replace-hint = Chaque changement est montré avant d’être fait. Dans une expression, $1 reprend le premier groupe et $& tout ce qui a été trouvé. L’état précédent de chaque article est gardé parmi ses versions.
replace-looking =
    { $looked } articles lus sur { $total } : { $places ->
        [0] rien encore
        [one] { $places } passage
       *[other] { $places } passages
    }
replace-none =
    { $looked ->
        [0] Aucun article à lire.
        [one] Rien dans cet article.
       *[other] Rien dans ces { $looked } articles.
    }
replace-found =
    { $places ->
        [one] { $places } passage
       *[other] { $places } passages
    } dans { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }
replace-more = Il y en a davantage : seuls ceux qui sont montrés, { $shown }, seront remplacés. Recommencez ensuite pour les autres.
replace-unreadable =
    { $count ->
        [one] { $count } fichier n’a pas pu être parcouru.
       *[other] { $count } fichiers n’ont pas pu être parcourus.
    }
replace-of-article =
    { $count ->
        [one] { $count } passage
       *[other] { $count } passages
    }
replace-line = l. { $line }
replace-in-front-matter = champ
replace-no-prose = code ou adresse
replace-read-only = Ce fichier ne peut pas être modifié.
replace-unsound =
    { $count ->
        [one] { $count } passage des champs est laissé : l’en-tête ne serait plus lisible.
       *[other] { $count } passages des champs sont laissés : l’en-tête ne serait plus lisible.
    }
replace-show-rest =
    { $count ->
        [one] Montrer { $count } autre passage
       *[other] Montrer { $count } autres passages
    }
replace-show-articles =
    { $count ->
        [one] Montrer { $count } autre article
       *[other] Montrer { $count } autres articles
    }
replace-stop = Arrêter la recherche
replace-act =
    { $count ->
        [0] Remplacer
        [one] Remplacer { $count } passage
       *[other] Remplacer { $count } passages
    }
replace-working = { $done } articles sur { $total }
replace-done =
    { $places ->
        [0] Rien n’est remplacé.
        [one] { $places } passage remplacé
       *[other] { $places } passages remplacés
    }{ $articles ->
        [0] { "" }
        [one] { " " }dans { $articles } article
       *[other] { " " }dans { $articles } articles
    }
replace-cancelled = Arrêté avant la fin : ce qui est remplacé le reste, et peut être annulé.
replace-skipped =
    { $count ->
        [one] { $count } article laissé tel quel
       *[other] { $count } articles laissés tels quels
    }
replace-skipped-changed = modifié depuis qu’il a été montré
replace-skipped-tooBig = trop de passages, ou une expression trop longue à chercher
replace-skipped-busy = en cours d’écriture, et pas encore enregistré
replace-back =
    { $articles ->
        [one] { $articles } article est revenu à son texte.
       *[other] { $articles } articles sont revenus à leur texte.
    }
replace-back-some =
    { $articles ->
        [0] Aucun article n’est revenu à son texte
        [one] { $articles } article est revenu à son texte
       *[other] { $articles } articles sont revenus à leur texte
    } ; { $left ->
        [one] { $left } a été modifié depuis, et reste.
       *[other] { $left } ont été modifiés depuis, et restent.
    }

# --- modèles
command-save-template = Enregistrer comme modèle
command-templates = Modèles
field-template = Modèle
template-blank = Page blanche
template-fitting = Pour cette rubrique
template-others = Autres
template-preview = Aperçu du modèle
template-name = Nom du modèle
template-whose = À garder
template-origin-desk = avec la bibliothèque, pour la rédaction
template-origin-own = pour moi, dans toutes mes bibliothèques
template-origin-shipped = fournis avec Édito
template-for-section = Pour la rubrique « { $section } » seulement
template-save = Enregistrer
template-save-hint = Titre, chapô, dates et statut n’en font pas partie. Ce que vous écrivez entre doubles accolades, {"{{"}ainsi{"}}"}, sera à remplir : Tab mène de l’un à l’autre.
template-saved = Modèle « { $name } » enregistré.
template-removed = Modèle « { $name } » retiré.
template-rename = Renommer
template-remove = Retirer
template-rename-named = Renommer « { $name } »
template-remove-named = Retirer « { $name } »
templates-hint = Ctrl+N les propose selon la rubrique. Dans edito.toml, « template » en nomme un par rubrique.
templates-none = Aucun pour l’instant.

# --- saved searches
search-name = Nom
search-question = Ce qu’elle cherche
search-save = Enregistrer
search-dialog-hint = Ses résultats sont toujours ceux du moment. Vous la retrouvez dans le volet.
search-saved = « { $name } » est enregistrée dans le volet.
search-changed = « { $name } » est modifiée.
search-removed = « { $name } » est retirée ; ses articles restent.
search-edited = La recherche « { $name } » a été modifiée.
search-update = La mettre à jour
search-revert = Revenir
search-menu-edit = Modifier…
search-menu-up = Monter
search-menu-down = Descendre
search-menu-remove = Retirer
search-as-inbox = dans:réception
search-as-later = dans:plus-tard
search-as-archive = dans:archives
search-as-unread = est:non-lu
search-as-starred = est:étoilé
search-as-drafts = est:brouillon
search-as-section = rubrique:
search-as-status = statut:
search-as-tag = mot:
search-as-author = auteur:
search-as-lang = langue:

# --- touches
key-Shift = Maj
key-Enter = Entrée
key-Delete = Suppr
key-PageUp = Pg. préc.
key-PageDown = Pg. suiv.
key-Home = Début
key-End = Fin
key-Space = Espace
key-Escape = Échap
key-Backspace = Retour arr.
key-Tab = Tab

# --- palette
palette-field = Chercher une commande
palette-found = Résultats
palette-none = Aucune commande de ce nom.
quick-field = Chercher un article par son titre
quick-none = Aucun titre ne correspond.

# --- feuille
sheet-label = Article
sheet-bar = Article
sheet-read = Lire
sheet-write = Écrire
sheet-versions = Versions
sheet-star = Étoile
sheet-archive = Archiver
sheet-archived = Archivé
sheet-unarchive = Remettre dans la bibliothèque
sheet-aloud = Lire à voix haute
sheet-text-settings = Texte : taille, largeur, interligne
sheet-more = Autres actions
sheet-close = Fermer l’article
sheet-show-list = Montrer la liste
sheet-unsaved = Pas encore enregistré
sheet-empty = Choisissez un article.
sheet-hint-move = parcourir la liste
sheet-hint-open = ouvrir l’article

# --- dialogues
field-title = Titre
field-standfirst = Chapô
field-teaser = Accroche
field-authors = Auteurs, séparés par des virgules
field-section = Rubrique
field-status = Statut
field-date = Date
field-lang = Langue
field-tags = Mots-clés, séparés par des virgules
field-file = Nom du fichier
section-none = Sans rubrique
section-other = Autre…
section-new = Chemin de la rubrique
article-create = Créer l’article
article-untitled = Sans titre
rename-hint = Seul le fichier change de nom : le titre de l’article reste le même.
rename-act = Renommer
rename-done = Fichier renommé : { $path }
move-title = { $count ->
        [one] Changer l’article de rubrique
       *[other] Changer { $count } articles de rubrique
    }
move-act = Déplacer
move-done = { $count ->
        [one] Article déplacé vers « { $section } ».
       *[other] { $count } articles déplacés vers « { $section } ».
    }
details-save = Enregistrer
details-done = { $count ->
        [one] Un champ a été modifié.
       *[other] { $count } champs ont été modifiés.
    }
details-counts = { $words } mots · { $signs } signes, { $without } sans les espaces
details-read-only = Ce fichier est en lecture seule.
next-unread-none = Tout ce qui est affiché dans la liste est lu.
place-done-archive = { $count ->
        [one] « { $title } » est dans les archives.
       *[other] { $count } articles sont dans les archives.
    }
place-done-later = { $count ->
        [one] « { $title } » est mis de côté pour plus tard.
       *[other] { $count } articles sont mis de côté pour plus tard.
    }
place-done-inbox = { $count ->
        [one] « { $title } » est dans la boîte de réception.
       *[other] { $count } articles sont dans la boîte de réception.
    }
place-done-library = { $count ->
        [one] « { $title } » est gardé dans la bibliothèque.
       *[other] { $count } articles sont gardés dans la bibliothèque.
    }
tags-title = { $count ->
        [one] Mots-clés de « { $title } »
       *[other] Mots-clés de { $count } articles
    }
tags-field = Ajouter un mot-clé
tags-list = Mots-clés
tags-choices = Mots-clés connus
tags-new = Créer « { $tag } »
tags-of-file = (dans le fichier)
tags-part = { $on } sur { $of }
tags-take = Ôter « { $tag } »
tags-give-all = Donner « { $tag } » à tous
tags-given = Mot-clé « { $tag } » ajouté.
tags-taken = Mot-clé « { $tag } » ôté.
tags-kept = Le mot-clé « { $tag } » est aussi dans le fichier : il reste.
tags-filed-hint = Écrit dans le fichier : se change dans la fiche de l’article.
tag-rename = Renommer partout…
tag-rename-title = Renommer « { $tag } » partout
tag-rename-field = Nouveau nom
tag-rename-hint = { $count ->
        [0] Aucun article n’a plus ce mot-clé.
        [one] Un article a ce mot-clé. S’il est écrit dans son fichier, seul l’en-tête est récrit.
       *[other] { $count } articles ont ce mot-clé. Là où il est écrit dans le fichier, seul l’en-tête est récrit.
    }
tag-rename-merge = { $count ->
        [one] « { $to } » existe déjà ({ $count } article) : les deux n’en feront plus qu’un, sans retour possible.
       *[other] « { $to } » existe déjà ({ $count } articles) : les deux n’en feront plus qu’un, sans retour possible.
    }
tag-rename-report = { $renamed ->
        [0] Aucun article n’a pris le nom « { $to } ».
        [one] Un article a maintenant « { $to } ».
       *[other] { $renamed } articles ont maintenant « { $to } ».
    } { $count ->
        [one] Un fichier a gardé l’ancien nom :
       *[other] { $count } fichiers ont gardé l’ancien nom :
    }
tag-rename-report-hint = « { $tag } » reste dans ces fichiers. Levez l’obstacle, puis renommez de nouveau : ce qui est fait le reste.
tag-renamed = { $count ->
        [one] « { $from } » est devenu « { $to } » dans un article.
       *[other] « { $from } » est devenu « { $to } » dans { $count } articles.
    }
trash-done = { $count ->
        [one] « { $title } » est dans la corbeille.
       *[other] { $count } articles sont dans la corbeille.
    }
trash-restored = « { $title } » est de retour.
trash-restore = Rétablir
trash-restore-named = Rétablir « { $title } »
trash-delete = Supprimer définitivement
trash-delete-named = Supprimer définitivement « { $title } »
trash-delete-all = Vider la corbeille
trash-delete-title = { $count ->
        [one] Supprimer définitivement « { $title } » ?
       *[other] Supprimer définitivement { $count } articles ?
    }
trash-delete-text = Le fichier sera effacé du disque. Cela ne pourra pas être annulé.
trash-since = Dans la corbeille depuis le { $time }
trash-empty = La corbeille est vide.
trash-empty-hint = Ce que vous y mettez reste récupérable tant que vous ne le supprimez pas vous-même.
conflicts-hint = Un programme de synchronisation a gardé ces copies parce que l’article avait été modifié des deux côtés. Comparez, gardez ce qu’il faut ; rien n’est supprimé ici.
conflicts-original = Article
conflicts-copy = Copie
conflicts-facts = { $words ->
        [one] { $shown } mot, modifié le { $time }
       *[other] { $shown } mots, modifié le { $time }
    }
conflicts-compare = Comparer
conflicts-compare-named = Comparer « { $title } » avec sa copie
conflicts-open-original = Ouvrir l’article
conflicts-open-original-named = Ouvrir l’article « { $title } »
conflicts-open-copy = Ouvrir la copie
conflicts-open-copy-named = Ouvrir la copie de « { $title } »
conflicts-empty = Aucune copie en conflit.
conflicts-empty-hint = Quand un programme de synchronisation garde deux états d’un article, vous les retrouvez ici.
quit-title = { $count ->
        [0] Tout n’a pas pu être enregistré
        [one] Un texte n’a pas pu être enregistré
       *[other] { $count } textes n’ont pas pu être enregistrés
    }
quit-title-waiting = { $count ->
        [one] Un texte attend votre décision
       *[other] { $count } textes attendent votre décision
    }
quit-text = { $count ->
        [one] Ce texte contient des mots qui ne sont pas dans son fichier :
       *[other] Ces textes contiennent des mots qui ne sont pas dans leurs fichiers :
    }
quit-why-conflict = Un autre programme a modifié les mêmes mots. Rien n’est remplacé tant que vous n’avez pas choisi.
quit-why-gone = Son fichier a été supprimé par un autre programme.
quit-why-waiting = Son enregistrement était encore en cours.
quit-text-version = Ses mots sont gardés parmi ses versions.
quit-text-lost = Aucune copie de ses mots n’a pu être gardée.
quit-go = Y aller
quit-go-to = Aller à « { $title } »
quit-kept = { $count ->
        [one] Une copie de secours est gardée sur cette machine : elle vous sera proposée au prochain démarrage.
       *[other] { $count } copies de secours sont gardées sur cette machine : elles vous seront proposées au prochain démarrage.
    }
quit-lost = { $count ->
        [one] Aucun des deux disques n’accepte la copie d’un texte : quitter maintenant, c’est perdre ses mots non enregistrés.
       *[other] Aucun des deux disques n’accepte la copie de { $count } textes : quitter maintenant, c’est perdre leurs mots non enregistrés.
    }
quit-anyway = { $count ->
        [one] Quitter et garder la copie
       *[other] Quitter et garder les copies
    }
quit-anyway-lost = Quitter et perdre des mots
leave-kept = { $count ->
        [one] Une copie de secours est gardée sur cette machine : elle vous sera proposée à la prochaine ouverture de cette bibliothèque.
       *[other] { $count } copies de secours sont gardées sur cette machine : elles vous seront proposées à la prochaine ouverture de cette bibliothèque.
    }
leave-lost = { $count ->
        [one] Aucun des deux disques n’accepte la copie d’un texte : fermer maintenant, c’est perdre ses mots non enregistrés.
       *[other] Aucun des deux disques n’accepte la copie de { $count } textes : fermer maintenant, c’est perdre leurs mots non enregistrés.
    }
leave-anyway = { $count ->
        [one] Fermer et garder la copie
       *[other] Fermer et garder les copies
    }
leave-anyway-lost = Fermer et perdre des mots
quit-retry = Réessayer
quit-wait = Rester

# --- réglages
settings-interface = Interface
settings-language = Langue
settings-language-system = Comme le système
settings-language-fr = Français
settings-language-en = English
settings-theme = Thème
settings-theme-system = Comme le système
settings-theme-paper = Papier
settings-theme-sepia = Sépia
settings-theme-night = Nuit
settings-theme-contrast = Contraste
settings-text = Texte
settings-textSize = Taille
settings-textSize-value = { $value } pixels
settings-measure = Largeur de ligne
settings-measure-value = { $value } caractères
settings-leading = Interligne
settings-leading-value = { $value }
settings-justified = Justifier le texte
settings-face = Caractère
settings-face-literata = Literata
settings-face-inter = Inter
settings-face-system = Celui du système
settings-hyphens = Couper les mots
settings-paragraphAlone = Isoler le paragraphe
settings-ruler = Règle de lecture
settings-specimen = Voix ambiguë d’un cœur qui, au zéphyr, préfère les jattes de kiwis : la phrase a déjà servi, elle sert encore à juger d’une ligne, de son gris et de ses blancs.
settings-writing = Lecture et écriture
settings-outline = Montrer le sommaire à côté du texte
settings-reset-text = Rétablir les réglages du texte
about-lead = Lire, écrire et relire des articles, sans réseau.
about-version = Version
about-logs = Journal technique
about-licence = Licence
about-fonts = Caractères
about-private = Édito n’envoie rien : vos textes, vos recherches et vos lectures restent sur cette machine.
keyboard-in-list = dans la liste
keyboard-in-reading = en lecture
keyboard-in-writing = en écriture
keyboard-lists = Dans les listes
keyboard-arrows = Se déplacer
keyboard-arrows-keys = ↑ ↓
keyboard-ends = Début, fin, page
keyboard-ends-keys = Début · Fin · Pg. préc. · Pg. suiv.
keyboard-extend = Étendre la sélection
keyboard-extend-keys = Maj+↑ ↓
keyboard-pick = Ajouter un article à la sélection
keyboard-pick-keys = Espace · Ctrl+clic
keyboard-all = Tout sélectionner
keyboard-all-keys = Ctrl+A
keyboard-menu = Menu de l’article
keyboard-menu-keys = Maj+F10

## collections
collections = Collections
collections-none = Aucune encore
filter-collection = Collection
sort-hand = À la main
collection-rename = Renommer…
collection-rename-title = Renommer « { $name } »
collection-up = Monter
collection-down = Descendre
collection-remove = Supprimer la collection
collection-make = Créer
collection-removed = La collection « { $name } » est supprimée. Ses articles restent dans la bibliothèque.
collection-empty = Cette collection est vide.
collection-empty-hint = Choisissez un article, ou plusieurs, et pressez { $key } : ils y prennent place dans l’ordre que vous voudrez.
collection-put-done = { $count ->
    [one] « { $title } » est dans « { $name } ».
   *[other] { $count } articles sont dans « { $name } ».
}
collection-put-already = { $count ->
    [one] L’article est déjà dans « { $name } ».
   *[other] Ces articles sont déjà dans « { $name } ».
}
collection-take-done = { $count ->
    [one] « { $title } » n’est plus dans « { $name } ».
   *[other] { $count } articles ne sont plus dans « { $name } ».
}
collection-not-in = Cet article n’est pas dans « { $name } ».
collection-moved = { $count ->
    [one] « { $title } » : { $at } sur { $of }
   *[other] { $count } articles, à partir du rang { $at } sur { $of }
}
collection-is-first = Déjà en tête
collection-is-last = Déjà en fin de liste
collect-title = { $count ->
    [one] Ranger « { $title } » dans une collection
   *[other] Ranger { $count } articles dans une collection
}
collect-field = Chercher ou créer une collection
collect-name = Nom de la collection
collect-new = Nouvelle collection « { $name } »
collect-in = (dedans)
collect-some-in = ({ $on } sur { $of } dedans)
collect-put = Rangé dans « { $name } ».
collect-taken = Retiré de « { $name } ».
collect-none = Aucune collection ne porte ce nom.
collect-none-hint = Aucune collection encore : tapez un nom, puis Entrée, pour créer la première.
command-collection-put = Ranger dans une collection…
command-collection-put-again = Ranger dans la dernière collection utilisée
command-collection-take-out = Retirer de la collection
command-collection-article-up = Monter l’article dans la collection
command-collection-article-down = Descendre l’article dans la collection
command-go-collection = Aller à une collection
command-collection-new = Nouvelle collection
command-collection-rename = Renommer la collection affichée
command-collection-up = Monter la collection affichée
command-collection-down = Descendre la collection affichée
command-collection-remove = Supprimer la collection affichée
keyboard-collections = Sur une collection du volet
keyboard-collection-move = Monter, descendre
keyboard-collection-move-keys = Alt+↑ ↓
keyboard-collection-rename = Renommer
keyboard-collection-rename-keys = F2
keyboard-collection-remove = Supprimer
keyboard-collection-remove-keys = Suppr

## reader
reader-reading = Lecture
reader-text = Texte de l’article
reader-crumbs = Fil d’Ariane
reader-home = Accueil
reader-minutes = { $minutes } min
reader-signs =
    { $signs ->
        [one] { $shown } signe
       *[other] { $shown } signes
    }
reader-source = Source :
reader-also-in =
    { $language ->
        [fr] En français :
        [en] En anglais :
        [ar] En arabe :
       *[other] Dans une autre langue :
    }
reader-percent = { $percent } %
reader-minutes-left = encore { $minutes } min
reader-just-read = Lu jusqu’au bout
reader-keep-unread = Garder comme non lu
reader-gone = Le fichier de cet article a été supprimé. Le texte reste affiché tant que vous ne quittez pas l’article ; ses versions sont conservées.
reader-try-again = Réessayer
reader-outline = Sommaire
reader-table = Tableau
reader-code = Code
reader-notes = Notes
reader-note = Note { $label }
reader-task-done = Fait
reader-task-open = À faire
reader-zoom = Agrandir l’image : { $alt }
reader-image = Image
reader-image-actual-size = Afficher à la taille réelle
reader-close = Fermer
reader-cancel = Annuler
reader-found =
    { $current ->
        [0] { $count ->
            [one] { $count } occurrence
           *[other] { $count } occurrences
        }
       *[other] { $current } sur { $count }
    }
reader-next-word = Occurrence suivante
reader-previous-word = Occurrence précédente
reader-text-settings = Réglages du texte
reader-text-size = Taille
reader-text-size-value = { $size } pixels
reader-measure = Largeur
reader-measure-value = { $characters } caractères par ligne
reader-leading = Interligne
reader-reset-text = Rétablir
aloud-bar = Lecture à voix haute
aloud-play = Reprendre
aloud-pause = Pause
aloud-next = Phrase suivante
aloud-previous = Phrase précédente
aloud-stop = Arrêter la lecture à voix haute
aloud-begins = Un instant…
aloud-sentence = Phrase { $number } sur { $count }
aloud-back = Revenir à la phrase
aloud-rate = Vitesse
aloud-times = { $rate } ×
aloud-faster = Plus vite
aloud-slower = Moins vite
aloud-voices = Voix
aloud-voices-hint = Chaque langue a sa voix. Ce sont celles de votre système ; rien ne quitte cet ordinateur.
aloud-system-voice = Au choix du système
aloud-no-voice = Aucune n’est installée
aloud-missing = Aucune voix n’est installée sur cet ordinateur pour cette langue : { $language }.
aloud-missing-other = Lire avec la voix par défaut
aloud-missing-skip = Passer ces passages
aloud-noService = Rien, sur cet ordinateur, ne sait lire à voix haute.
aloud-noService-hint = Édito lit avec les voix de votre système, et n’en trouve pas.
aloud-noVoice = Aucune voix n’est installée pour les langues de ce texte.
aloud-noVoice-hint = La synthèse vocale du système répond, mais n’a pas de voix qui puisse le lire.
aloud-packages = Sous Debian et Ubuntu, ces paquets apportent des voix :
aloud-silent = Le système accepte la phrase, mais ne la dit pas.
aloud-silent-hint = Vérifiez la sortie du son de cet ordinateur, puis réessayez.
aloud-failed = La synthèse vocale du système ne répond pas.
aloud-failed-hint = Réessayez dans un instant. Si rien ne change, fermez le programme speech-dispatcher, ou rouvrez votre session.
aloud-failed-hint-elsewhere = Réessayez dans un instant. Si rien n’y fait, redémarrez votre session.
command-aloud = Lire à voix haute, ou faire une pause
command-aloud-here = Lire à voix haute à partir d’ici
command-aloud-next = Phrase suivante
command-aloud-previous = Phrase précédente
command-aloud-next-paragraph = Lire le paragraphe suivant
command-aloud-previous-paragraph = Lire le paragraphe précédent
command-aloud-faster = Lire plus vite
command-aloud-slower = Lire moins vite
command-aloud-voices = Voix de la lecture
command-aloud-stop = Arrêter la lecture à voix haute
reader-link-leave = Ouvrir ce lien dans le navigateur ?
reader-link-mail = Écrire à cette adresse ?
reader-link-ascii = Nom demandé au réseau :
reader-link-address = Adresse complète
reader-link-open = Ouvrir le lien
reader-link-write = Écrire
reader-link-user-info = L’adresse contient un nom d’utilisateur, souvent placé là pour faire croire à un autre site. Seul le nom ci-dessus compte.
reader-link-punycode = Le nom du site contient des caractères internationaux. Vérifiez qu’il s’agit bien du site attendu.
reader-link-mixed-scripts = Le nom du site mélange plusieurs alphabets, un procédé courant d’imitation.
reader-link-confusable = Le nom du site est écrit avec des lettres d’un autre alphabet qui ressemblent à des lettres latines.
reader-link-bidi = L’adresse contient des caractères invisibles qui inversent le sens de lecture.
reader-link-invisible = L’adresse contient des caractères invisibles.
reader-link-ip-address = Le site n’est désigné que par une adresse numérique.
reader-link-port = L’adresse précise un port inhabituel.
reader-link-insecure = La connexion ne serait pas chiffrée (http).
reader-link-text-differs = Le texte du lien montre une autre adresse que celle qui serait ouverte.
reader-missing = Cet article n’existe pas encore
reader-missing-offer = Aucun article de la bibliothèque ne porte le titre « { $title } ». Voulez-vous le créer ?
reader-missing-read-only = Aucun article de la bibliothèque ne porte le titre « { $title } », et la bibliothèque est en lecture seule.
reader-missing-create = Créer l’article
command-reader-outline = Afficher ou masquer le sommaire
command-reader-text-settings = Régler le texte
command-reader-paragraph-alone = Isoler le paragraphe, ou montrer tout le texte
command-reader-ruler = Montrer ou retirer la règle de lecture
command-reader-larger = Agrandir le texte
command-reader-smaller = Réduire le texte
command-reader-reset-size = Rétablir la taille du texte
command-reader-next-heading = Intertitre suivant
command-reader-previous-heading = Intertitre précédent
command-reader-next-word = Occurrence suivante
command-reader-previous-word = Occurrence précédente
command-reader-forget-words = Ne plus surligner les mots cherchés
command-reader-reload = Recharger l’article
command-reader-print = Imprimer l’article

## import

error-inboxInside = Ce dossier et la bibliothèque sont l’un dans l’autre.
error-inboxInside-hint = Choisissez un dossier ailleurs, par exemple dans vos téléchargements.
command-import-files = Importer des fichiers…
command-import-folder = Importer un dossier…
command-import-cancel = Arrêter l’import
command-import-receipt = Récépissé du dernier import
import-choose-files = Fichiers à importer
import-choose-folder = Dossier à importer
import-progress = Avancement de l’import
import-looking = Import : recherche des fichiers…
import-going = Import : { $pieces ->
        [one] { $pieces } texte
       *[other] { $pieces } textes
    }
import-going-files = Import : fichier { $file } sur { $files }, { $pieces ->
        [one] { $pieces } texte
       *[other] { $pieces } textes
    }
import-stop = Arrêter
import-drop = Déposez pour importer
import-drop-count = { $count ->
        [one] { $count } élément
       *[other] { $count } éléments
    }
import-drop-means = Pages enregistrées, lettres, listes de lecture, notes et livres deviennent des articles de la boîte de réception. Vos fichiers ne sont ni déplacés ni modifiés.
import-drop-refused = Rien ne peut être importé ici
import-drop-refused-means = Ouvrez d’abord une bibliothèque où l’on peut écrire.
import-clipboard = Presse-papiers
import-paste-nothing = Le presse-papiers ne contient rien à importer.
import-done = { $imported ->
        [0] Rien de nouveau
        [one] { $imported } article importé
       *[other] { $imported } articles importés
    }
import-done-inbox = Dossier de réception : { $imported ->
        [0] rien de nouveau
        [one] { $imported } article importé
       *[other] { $imported } articles importés
    }
import-cancelled = Import arrêté. { $imported ->
        [0] Rien n’était encore importé.
        [one] { $imported } article est gardé.
       *[other] { $imported } articles sont gardés.
    }
import-cancelled-hint = Importez les mêmes fichiers pour reprendre : rien ne viendra deux fois.
import-ended-early = L’import s’est interrompu après { $imported ->
        [one] { $imported } article
       *[other] { $imported } articles
    }.
import-merged = { $count ->
        [one] { $count } complété
       *[other] { $count } complétés
    }
import-skipped = { $count } déjà là
import-failed = { $count ->
        [one] { $count } échec
       *[other] { $count } échecs
    }
import-show-receipt = Récépissé
import-read = Lire l’article
receipts-title = Récépissé
receipts-of = Récépissé de l’import du { $at }
receipts-none = Rien n’a encore été importé depuis l’ouverture.
receipts-sources = Sources
receipts-imported = { $count ->
        [one] { $count } importé
       *[other] { $count } importés
    }
receipts-merged = { $count ->
        [one] { $count } complété
       *[other] { $count } complétés
    }
receipts-skipped = { $count } déjà là
receipts-pieces-failed = { $count ->
        [one] { $count } échec
       *[other] { $count } échecs
    }
receipts-cancelled = L’import a été arrêté avant la fin.
receipts-kept = Gardé
receipts-changed = Changé
receipts-left-out = Laissé de côté
receipts-failed = Échec
receipts-nothing-said = Rien à signaler.
receipts-times = × { $count }
receipts-more = { $count ->
        [one] { $count } autre source figure dans l’export.
       *[other] { $count } autres sources figurent dans l’export.
    }
receipts-only-problems = Seulement ce qui n’est pas venu entier
receipts-export-markdown = Exporter en Markdown
receipts-export-json = Exporter en JSON
receipts-export-dialog = Enregistrer le récépissé
receipts-exported = Récépissé enregistré : { $path }
list-empty-bring-in = Importer…
start-new-bring-in = Les textes déjà écrits ou gardés ailleurs s’importent ensuite : glissez-les dans la fenêtre.
settings-inbox = Dossier de réception
settings-inbox-none = Aucun
settings-inbox-means = Ce qui apparaît dans ce dossier est importé dans la boîte de réception, puis déplacé dans son sous-dossier « Imported ». Ce qui n’a pas pu l’être y reste.
settings-inbox-choose = Choisir…
settings-inbox-forget = Ne plus surveiller
settings-inbox-dialog = Dossier de réception de cette bibliothèque
settings-bringing-in = Importer
# Citations
command-citations = Citations…
citations-title = Citations
command-writer-insert-citation = Insérer une citation
citations-files = Fichiers de références
citations-none = Aucun. Un fichier .bib, ou .json de Zotero, à la racine de la bibliothèque est trouvé de lui-même.
citations-count =
    { $count ->
        [one] { $shown } référence
       *[other] { $shown } références
    }
citations-forget = Ne plus lire
citations-forget-file = Ne plus lire { $file }
citations-torn = Ce fichier est en cours d’écriture, ou abîmé : c’est son dernier état complet qui sert.
citations-problems =
    { $count ->
        [one] { $shown } référence n’a pas pu être lue
       *[other] { $shown } références n’ont pas pu être lues
    }
citations-problem = Ligne { $line } : { $words }.
citations-refused = Hors de la bibliothèque : un fichier nommé par edito.toml n’est lu que s’il s’y trouve, ou si vous le choisissez ici.
citations-choose = Choisir un fichier…
citations-choose-title = Fichier de références (BibTeX ou CSL JSON)
citations-files-means = Un fichier choisi ici peut se trouver n’importe où, et n’est lu que sur cet ordinateur : par exemple celui que Better BibTeX tient à jour pour Zotero.
citations-style = Style
citations-style-default = Selon la langue : { $french } en français, { $other } ailleurs
citations-style-means = Le style est écrit dans edito.toml, et vaut pour tous ceux qui partagent la bibliothèque. Un texte peut en nommer un autre : « csl: » dans son en-tête.
citation-unknown = Aucune référence pour { $keys }
citation-problem-broken = l’entrée n’est pas lisible
citation-problem-unclosed = l’entrée n’est pas fermée
citation-problem-double-key = une autre entrée a déjà cette clef
citation-problem-no-key = l’entrée n’a pas de clef
citation-problem-not-references = ce n’est pas une liste de références
citation-problem-unreadable = le fichier n’est pas lisible

# --- récépissés : une ligne par sorte
receipt-already-there = déjà là
receipt-title = titre
receipt-standfirst = chapô
receipt-author = auteur
receipt-author-function = fonction de l’auteur
receipt-section = rubrique
receipt-date = date
receipt-address = adresse
receipt-text = texte
receipt-image = image
receipt-footnotes = notes de bas de page
receipt-cover = couverture
receipt-front-matter = en-tête de la note
receipt-tag = mot-clé
receipt-collection = collection
receipt-highlight = passage surligné
receipt-highlight-note = note sur un passage
receipt-highlight-kept = surlignage resté à sa place
receipt-highlight-moved = surlignage retrouvé ailleurs, ou en d’autres mots
receipt-highlight-orphan = surlignage que le nouveau texte ne dit plus, gardé à la fin de l’article
receipt-mark-too-long = surlignage, note ou liste trop longs pour être gardés
receipt-note = note sur l’article
receipt-starred = étoile
receipt-read = lu ou non lu
receipt-progress = avancement de la lecture
receipt-saved-at = date d’enregistrement
receipt-touched-at = date du dernier usage
receipt-highlighted-at = date du surlignage
receipt-published = date de publication
receipt-encoding = encodage deviné : vérifiez les accents
receipt-structure = mise en forme perdue, texte gardé
receipt-text-from-metadata = texte repris des métadonnées de la page
receipt-no-text = aucun texte : titre et adresse seulement
receipt-items-too-many = liste trop longue : la fin manque
receipt-outlines-too-many = trop d’abonnements : la fin manque
receipt-markup = balisage réparé
receipt-item-empty = élément vide
receipt-guid-twice = élément présent deux fois
receipt-local-image = image restée dans son dossier
receipt-front-matter-field = champ d’en-tête non repris
receipt-embedded-media = vidéo ou son devenu un lien
receipt-relative-link = lien sans adresse complète
receipt-definition-list = liste de définitions mise en paragraphes
receipt-image-without-address = image sans adresse
receipt-table-flattened = tableau mis en paragraphes
receipt-table-spans = cellules fusionnées séparées
receipt-table-blocks = cellules ramenées à une ligne
receipt-remote-image = image restée sur le Web
receipt-text-never-fetched = texte jamais téléchargé par le service
receipt-note-place = note rattachée à tout l’article
receipt-date-order = jour et mois devinés
receipt-colour = couleur remplacée par la plus proche
receipt-state = état inconnu ici
receipt-row-quoting = guillemets de la ligne réparés
receipt-row-short = ligne incomplète
receipt-too-long-to-render = texte très long : lu en texte simple
receipt-id = identifiant remplacé
receipt-embedded-note = note incluse devenue un lien
receipt-missing-image = image introuvable
receipt-content-elsewhere = contenu resté à une autre adresse
receipt-content-unknown = contenu d’un type inconnu
receipt-image-kind = image d’un format qui ne s’affiche pas
receipt-superscript = exposant mis sur la ligne
receipt-subscript = indice mis sur la ligne
receipt-teaser = renvoi vers un autre article
receipt-newsletter-box = encart d’inscription à une lettre
receipt-advertisement = publicité
receipt-share-bar = boutons de partage
receipt-cookie-notice = bandeau de cookies
receipt-comments = commentaires de lecteurs
receipt-feed-item = élément de fil que personne n’a gardé
receipt-feed = fil d’actualité : à suivre, pas à importer
receipt-subscriptions = liste de fils : à suivre, pas à importer
receipt-format = format qu’Édito ne lit pas
receipt-inner-archive = archive dans une archive
receipt-attachment = pièce jointe
receipt-tracking-pixel = mouchard d’ouverture
receipt-view-in-browser = lien « voir dans le navigateur »
receipt-unsubscribe-footer = pied de désabonnement
receipt-drawing = dessin de la page
receipt-refused-link = lien dangereux
receipt-image-too-large = image trop lourde
receipt-active-drawing = dessin qui contient un programme
receipt-folder-description = description d’un dossier
receipt-media = son ou vidéo
receipt-unknown-member = fichier inconnu dans l’archive
receipt-upload = fichier déposé dans le service
receipt-annotation-body = partie d’une annotation
receipt-highlight-without-words = surlignage sans texte
receipt-selector = repère d’une annotation
receipt-picture = illustration de la liste
receipt-address-scheme = adresse d’un type refusé
receipt-field = champ inconnu
receipt-smart-list = liste automatique
receipt-column = colonne inconnue
receipt-browser-query = recherche enregistrée du navigateur
receipt-keyword = raccourci d’un marque-page
receipt-amazon-id = identifiant Amazon
receipt-highlight-location = emplacement dans le livre
receipt-highlight-not-in-export = surlignages absents de l’export
receipt-row-extra = colonne de trop
receipt-script = programme de la page
receipt-remote-part = partie restée sur le Web
receipt-inclusion = liste incluse par son adresse
receipt-in-trash = déjà dans la corbeille
receipt-not-reached = pas lu jusqu’au bout : import interrompu
receipt-crashed = la lecture a échoué : fichier mis de côté
receipt-too-slow = lecture trop longue, abandonnée
receipt-unreadable = illisible : accès refusé ou fichier disparu
receipt-too-large = trop gros
receipt-too-deep = dossier dans trop d’autres dossiers : laissé de côté
receipt-damaged = abîmé
receipt-empty = vide
receipt-encrypted = chiffré
receipt-archive-outside = nom qui mène hors de l’archive
receipt-archive-not-a-file = lien ou périphérique dans l’archive
receipt-archive-through-link = chemin qui passe par un lien
receipt-archive-duplicate = nom présent deux fois dans l’archive
receipt-archive-encrypted = fichier chiffré dans l’archive
receipt-archive-mismatched = archive qui se contredit
receipt-archive-damaged = archive abîmée
receipt-archive-too-many = trop de fichiers dans l’archive
receipt-archive-missing = fichier absent de l’archive
receipt-archive-too-large = contenu de l’archive trop gros
receipt-archive-unpackable = compression inconnue
receipt-archive-unreadable = archive illisible
receipt-cut = fichier coupé avant la fin
receipt-item = élément illisible
receipt-row = ligne illisible
receipt-name = nom de fichier refusé
receipt-disk-full = disque plein
receipt-read-only = bibliothèque en lecture seule
receipt-changed = modifié au même moment par un autre programme
receipt-library = refusé par la bibliothèque

## The redline: what changed between two texts

redline-changes =
    { $count ->
        [0] Aucun mot modifié
        [one] 1 modification
       *[other] { $count } modifications
    }
redline-inserted =
    { $count ->
        [one] + 1 mot
       *[other] + { $count } mots
    }
redline-deleted =
    { $count ->
        [one] − 1 mot
       *[other] − { $count } mots
    }
redline-moves =
    { $count ->
        [one] 1 passage déplacé
       *[other] { $count } passages déplacés
    }
redline-typography = Typographie ({ $count })
redline-only-typography = Seule la typographie diffère.
redline-unchanged =
    { $count ->
        [one] 1 paragraphe inchangé
       *[other] { $count } paragraphes inchangés
    }
redline-steps = Modifications
redline-where = { $number } sur { $count }
redline-previous = Modification précédente
redline-next = Modification suivante
redline-restore = Rétablir l’ancien texte
redline-restore-paragraph = Rétablir ce paragraphe
redline-other-end = Voir son autre place
redline-moved-from = Déplacé : il se trouvait ici
redline-moved-to = Déplacé : il se trouve ici maintenant
redline-structure = Seule la structure diffère : titre, lien, liste, mise en valeur
redline-restored = L’ancien texte est rétabli.

## goals
command-goals = Objectifs : ce qui a été écrit, jour après jour
goals-title = Objectifs
goals-today = Aujourd’hui
goals-session = Cette séance
goals-streak = D’affilée
goals-streak-days =
    { $count ->
        [one] 1 jour
       *[other] { $count } jours
    }
goals-count =
    { $unit ->
        [signs] { $count } signes
       *[words] { $count } mots
    }
goals-unit =
    { $unit ->
        [signs] signes, espaces comprises
       *[words] mots
    }
goals-left =
    { $unit ->
        [signs] encore { $count } signes
       *[words] encore { $count } mots
    }
goals-done = Objectif atteint
goals-daily = Chaque jour
goals-daily-length = À écrire
goals-session-length = Par séance
goals-counted = Unité de l’objectif du jour
goals-pastes = Compter ce qui est collé ou déposé
goals-how = Compte ce que vous ajoutez de votre main, moins ce que vous retirez : un jour n’est jamais au-dessous de zéro, et couper un article n’enlève rien à un autre. Plus de 25 mots collés, coupés ou fusionnés d’un seul geste ne sont ni écrits ni perdus.
goals-piece = Cet article
goals-piece-length = Longueur
goals-piece-counted = Unité de la longueur de l’article
goals-due = Dernier jour
goals-piece-done =
    { $unit ->
        [signs] { $length } signes : l’article a la longueur voulue.
       *[words] { $length } mots : l’article a la longueur voulue.
    }
goals-piece-left =
    { $unit ->
        [signs] { $length } signes sur { $goal }, encore { $left }.
       *[words] { $length } mots sur { $goal }, encore { $left }.
    }
goals-piece-a-day =
    { $unit ->
        [signs] Soit { $count } signes par jour jusqu’au { $due }.
       *[words] Soit { $count } mots par jour jusqu’au { $due }.
    }
goals-piece-late = Le dernier jour est passé.
goals-month = Les 30 derniers jours
goals-month-words =
    { $unit ->
        [signs] { $total } signes en 30 jours, dont { $days } jours d’écriture
       *[words] { $total } mots en 30 jours, dont { $days } jours d’écriture
    }
goals-year = L’année écoulée
goals-year-words =
    { $unit ->
        [signs] { $total } signes en un an, sur { $days } jours
       *[words] { $total } mots en un an, sur { $days } jours
    }
goals-day =
    { $unit ->
        [signs] { $day } : { $count } signes
       *[words] { $day } : { $count } mots
    }
goals-table = La même chose en tableau
goals-table-day = Jour
goals-table-pieces = Articles
goals-nothing = Rien n’a encore été écrit.
goals-gauge-day =
    { $unit ->
        [signs] Objectifs : { $count } / { $goal } signes aujourd’hui
       *[words] Objectifs : { $count } / { $goal } mots aujourd’hui
    }
goals-gauge-session =
    { $unit ->
        [signs] Objectifs : { $count } / { $goal } signes cette séance
       *[words] Objectifs : { $count } / { $goal } mots cette séance
    }
goals-gauge-piece =
    { $unit ->
        [signs] Objectifs : { $count } / { $goal } signes pour cet article
       *[words] Objectifs : { $count } / { $goal } mots pour cet article
    }
goals-gauge-only =
    { $unit ->
        [signs] Objectifs : +{ $count } signes aujourd’hui
       *[words] Objectifs : +{ $count } mots aujourd’hui
    }
goals-reached-day = L’objectif du jour est atteint.
goals-reached-session = L’objectif de la séance est atteint.
goals-reached-piece = L’article a la longueur voulue.
settings-signature = Votre nom, pour les versions
settings-signature-placeholder = Le seul auteur de la rédaction, s’il y en a un

## versions
original-title = Ouvrir la page d’origine dans le navigateur ?
original-text = Le navigateur montrera la page telle qu’elle est arrivée dans Édito. Elle peut charger des images et des programmes depuis le réseau : son site peut alors savoir que vous la lisez.
original-which = Page gardée le
original-taken = Page gardée le { $time }
original-open = Ouvrir dans le navigateur
versions-panel = Versions
versions-list = Versions, de la plus récente à la plus ancienne
versions-none = Aucune version pour l’instant
versions-none-hint = Édito garde une version avant vos premières modifications, puis régulièrement pendant que vous écrivez. Vous pouvez aussi en nommer une.
versions-automatic = Automatique
versions-named = Nommée
versions-external = Un autre programme
versions-before-external = Votre texte, avant la reprise de celui d’un autre programme
versions-before-merge = Votre texte, avant la fusion avec celui d’un autre programme
versions-day-today = Aujourd’hui
versions-day-yesterday = Hier
versions-only-typography = Typographie seulement
versions-only-structure = Structure seulement : un intertitre, un lien, une liste
versions-no-change = Aucun mot ne change
versions-rough = Compté de façon approchée : le texte est très long.
versions-search = Chercher par nom
versions-only-named = Nommées seulement
versions-none-found = Aucune version ne porte ce nom.
versions-other = comparée
versions-keys = ↑ ↓ pour lire, C pour comparer avec la précédente ; Maj et ↑ ↓ puis C pour en comparer deux ; Suppr pour supprimer.
versions-folded =
    { $count ->
        [one] 1 autre version
       *[other] { $count } autres versions
    }
versions-name-this = Nommer cette version
versions-rename = Renommer
versions-rename-label = Nouveau nom de cette version
versions-unname = Retirer le nom
versions-capture = Page capturée
versions-captured = Page capturée : { $name }
versions-before-capture = Votre texte, avant une nouvelle capture de la page
versions-compare = Comparer avec
versions-compare-none = Rien
versions-present = Texte actuel
versions-comparison = Comparaison de deux textes
versions-compared = Mots qui diffèrent
versions-same = Les deux textes sont identiques.
versions-before = Avant un changement
versions-before-reason = Avant : { $reason }
versions-before-replace = Avant un remplacement dans la bibliothèque
versions-before-replace-undone = Avant l’annulation d’un remplacement
versions-before-joined = Avant la réunion avec d’autres articles
versions-before-restore = Avant le retour à une autre version
versions-before-recovery = Au choix d’une copie de secours
versions-before-conflict-mine = Votre texte, lors d’un conflit
versions-before-conflict-merge = Texte composé par vous, lors d’un conflit
versions-before-conflict-theirs = Texte du fichier, lors d’un conflit
versions-before-encoding = Avant l’enregistrement en UTF-8
versions-before-unsaved = Mots qui n’ont pas pu être enregistrés
versions-before-conflict-copy = Avant la reprise d’une copie en conflit
versions-words =
    { $words ->
        [one] { $shown } mot
       *[other] { $shown } mots
    }
versions-delta =
    { $sign ->
        [more] + { $shown }
        [less] − { $shown }
       *[same] ± 0
    }
versions-delta-words =
    { $sign ->
        [more] { $shown } de plus
        [less] { $shown } de moins
       *[same] autant de mots
    }
versions-device = gardée sur un autre ordinateur ({ $device })
versions-name = Nommer la version actuelle
versions-name-label = Nom de la version
versions-name-placeholder = Envoyé à la relecture
versions-name-keep = Garder
versions-restore = Rétablir cette version
versions-text = Texte de la version ({ $time })
versions-choose = Choisissez une version pour la lire.
versions-cancel = Annuler
versions-close = Fermer les versions
versions-drop = Supprimer cette version
versions-dropped = { $count ->
    [one] La version est supprimée.
   *[other] { $count } versions sont supprimées.
}
versions-dropped-here = { $count ->
    [one] Une version supprimée est encore là.
   *[other] { $count } versions supprimées sont encore là.
}
versions-take-back = Reprendre
versions-clear-older = Gardées il y a plus
versions-clear-days-1 = d’un jour
versions-clear-days-7 = d’une semaine
versions-clear-days-30 = d’un mois
versions-clear-days-90 = de trois mois
versions-clear-days-365 = d’un an
versions-clear-count = { $count ->
    [0] Aucune version automatique n’est si ancienne.
    [one] Une version automatique sera supprimée.
   *[other] { $count } versions automatiques seront supprimées.
}
versions-clear-stay = Restent celles qui ont un nom, celles d’un autre programme ou d’une capture, et la plus récente. Ce qui est supprimé peut être repris tant que l’espace n’est pas libéré.
versions-clear-act = Supprimer
versions-free-weighs = L’historique de la bibliothèque pèse { $size }.
versions-free-dropped = { $count ->
    [0] Aucune version supprimée n’y attend ; il peut toutefois être resserré.
    [one] Une version supprimée y est encore : elle sera effacée et ne pourra plus être reprise.
   *[other] { $count } versions supprimées y sont encore : elles seront effacées et ne pourront plus être reprises.
}
versions-free-means = Les autres versions restent, avec leurs noms. Vous pouvez continuer d’écrire pendant ce temps.
versions-free-act = Libérer l’espace
versions-freed = L’historique pesait { $before } ; il pèse { $after }.
versions-restored = Version rétablie ({ $time }) ; l’état précédent a été gardé.
versions-undo = Annuler
versions-kept = Version « { $name } » gardée.
versions-unsaved = Des mots ne sont pas encore enregistrés.
versions-unsaved-hint = Attendez que l’article soit enregistré, puis recommencez.
versions-just-now = à l’instant
versions-minutes-ago =
    { $minutes ->
        [one] il y a { $minutes } minute
       *[other] il y a { $minutes } minutes
    }
versions-today = aujourd’hui à { $time }
versions-yesterday = hier à { $time }
command-versions-name = Nommer la version actuelle
command-versions-clear = Supprimer d’anciennes versions
command-versions-free = Libérer l’espace de l’historique

## split

split-piece = Article à côté
split-resize = Déplacer la limite entre les deux côtés
split-shown = Texte de l’article
split-preview = Aperçu
split-preview-text = Le texte tel qu’il sera lu
split-preview-close = Fermer l’aperçu
split-piece-hint = Entrée l’ouvre en lecture, { $keys } en écriture.
command-split-preview = Aperçu à côté du texte
command-split-piece = Ouvrir un article à côté…
command-split-other-side = Passer de l’autre côté
command-split-turn = Lire ou écrire l’article d’à côté
command-split-swap = Échanger les côtés
command-split-close = Fermer la vue partagée
command-open-beside = Ouvrir à côté

## editor
editor-task = Tâche faite
editor-image = Image
editor-language-none = langue non précisée
editor-image-describe = Modifier la description et la légende
editor-image-missing = Image introuvable : { $image }
editor-image-undescribed = Pas encore décrite
editor-table = Tableau, { $rows } rangées, { $columns } colonnes
editor-table-cell = Rangée { $row }, colonne { $column } { $name }
editor-table-menu = Actions sur le tableau
editor-table-over = Cette rangée a plus de cellules que le tableau n’a de colonnes ; la vue de lecture laisse celle-ci de côté.
editor-insert-alert = Encadré : { $kind }
editor-alert-note = Note
editor-alert-tip = Conseil
editor-alert-important = Important
editor-alert-warning = Attention
editor-alert-caution = Danger
editor-selection-deleted = Sélection supprimée
editor-completions = Propositions
editor-link = Lien
editor-link-words = Mots
editor-link-address = Adresse
editor-link-open = Ouvrir
editor-link-remove = Retirer le lien
editor-note = Note { $number }
editor-note-orphan = La note { $number } n’est plus appelée.
editor-note-delete = Supprimer son texte
find-panel = Rechercher et remplacer
find-text = Rechercher
find-replacement = Remplacer par
find-case = Respecter la casse
find-word = Mots entiers
find-accents = Respecter les accents et les apostrophes
find-regexp = Expression régulière
find-previous = Occurrence précédente
find-next = Occurrence suivante
find-close = Fermer la recherche
find-replace-shown = Afficher le remplacement
find-replace = Remplacer
find-replace-all = Tout remplacer
find-none = Aucune occurrence
find-count =
    { $count ->
        [one] { $count } occurrence
       *[other] { $count } occurrences
    }
find-place = { $at } sur { $total }
find-said = Occurrence : { $words }, ligne { $line }
find-replaced-here = Remplacé à la ligne { $line }
find-replaced =
    { $count ->
        [one] { $count } occurrence remplacée
       *[other] { $count } occurrences remplacées
    }
find-not-a-pattern = Expression incomplète ou incorrecte
find-too-slow = Recherche trop longue : simplifiez l’expression

## en-tête de l’article
head-form = En-tête de l’article
head-offers = Ce que l’en-tête peut encore dire
head-title-placeholder = Titre
head-standfirst-placeholder = Chapô
head-teaser-placeholder = Ce qui annonce le texte ailleurs
head-authors = Auteurs
head-author = Auteur { $number }
head-author-name = Nom de l’auteur { $number }
head-author-function = Fonction de l’auteur { $number }
head-author-placeholder = Nom
head-function-placeholder = fonction
head-author-before = Avancer { $name } d’une place
head-author-remove = Retirer { $name }
head-author-add = Ajouter un auteur
head-tags = Mots-clés
head-tag-add = Ajouter un mot-clé
head-tag-placeholder = mot-clé
head-tag-remove = Retirer le mot-clé { $tag }
head-date-placeholder = date
head-date-time = { $date }, { $time }
head-add-section = Ajouter une rubrique
head-add-standfirst = Ajouter un chapô
head-add-teaser = Ajouter une accroche
head-add-authors = Ajouter un auteur
head-add-date = Ajouter une date
head-add-lang = Ajouter une langue
head-add-status = Ajouter un statut
head-add-tags = Ajouter des mots-clés
head-as-text = En texte
head-as-form = En formulaire
head-refused-value = Ce n’est pas une valeur pour ce champ.
head-refused-locked = Ce champ est écrit d’une façon que seule une modification du texte peut changer.
head-obstacle-syntax = L’en-tête est montré en texte : il est illisible près de la ligne { $line }.
head-obstacle-duplicateKey = L’en-tête est montré en texte : à la ligne { $line }, un champ figure pour la seconde fois.
head-obstacle-alias = L’en-tête est montré en texte : à la ligne { $line }, une valeur renvoie à une autre.
head-obstacle-tooBig = L’en-tête est montré en texte : il est trop long pour un formulaire.

## writer
writer-text-of = Texte de « { $title } »
writer-status = État du texte
writer-state-loading = Ouverture…
writer-state-saved = Enregistré
writer-state-saving = Enregistrement…
writer-state-unsaved = Non enregistré
writer-state-problem = À régler
writer-state-read-only = Lecture seule
writer-words =
    { $count ->
        [one] { $shown } mot
       *[other] { $shown } mots
    }
writer-words-selected =
    { $count ->
        [one] { $shown } mot sélectionné
       *[other] { $shown } mots sélectionnés
    }
writer-signs =
    { $count ->
        [one] { $shown } signe
       *[other] { $shown } signes
    }
writer-signs-title = { $shown } signes sans les espaces
writer-slot-title = Titre
writer-slot-standfirst = Chapô
writer-slot-teaser = Accroche
writer-slot-body = Texte
writer-slot-notes = Notes
writer-slot-letter = Lettre
writer-slot-left =
    { $count ->
        [one] { $slot } : encore 1 signe
       *[other] { $slot } : encore { $count } signes
    }
writer-slot-over =
    { $count ->
        [one] { $slot } : 1 signe de trop
       *[other] { $slot } : { $count } signes de trop
    }
writer-minutes = { $minutes } min de lecture
writer-position = { $line } : { $column }
writer-merged = Un autre programme a modifié ce fichier ailleurs dans le texte ; vos modifications et les siennes sont réunies.
writer-reloaded = Le fichier a changé sur le disque ; le texte a été mis à jour.
writer-not-saved = Le texte n’est pas enregistré.
writer-retry = Réessayer
writer-save-utf8 = Enregistrer en UTF-8
writer-gone = Le fichier de cet article a été supprimé.
writer-gone-hint = Le texte est toujours là. L’enregistrer recrée le fichier.
writer-recreate = Recréer le fichier
writer-conflict = Un autre programme a modifié les mêmes mots.
writer-conflict-hint = Rien n’est écrit tant que vous n’avez pas choisi. Le texte écarté reste dans les versions.
writer-conflict-over = Le conflit a pris fin avant votre choix.
writer-conflict-over-hint = Le texte que vous composiez est gardé dans les versions.
writer-composed-kept = Le texte que vous composiez est gardé dans les versions.
writer-compare = Comparer
writer-comparison = Comparaison des deux textes
writer-comparison-words = Choisissez l’un des deux textes, ou composez celui de droite en y reprenant des passages. Ce qui est écarté reste dans les versions.
writer-comparison-typography = La typographie aussi
writer-mine = Votre texte
writer-theirs = Texte du fichier
writer-mine-over-theirs = Votre texte, comparé à celui du fichier
writer-keep-mine = Garder mon texte
writer-take-theirs = Prendre celui du fichier
writer-keep-text = Garder ce texte composé
writer-take-change = Reprendre ce passage
writer-keep-change = Garder le mien
writer-later = Plus tard
writer-copy = Texte de la copie
writer-copy-words = Une copie de cet article a été gardée par un programme de synchronisation. Reprenez-en des passages, ou tout le texte. Ce qui est écarté de l’article reste dans ses versions ; le fichier de la copie n’est pas touché.
writer-mine-over-copy = Votre texte, comparé à celui de la copie
writer-take-copy = Prendre celui de la copie
writer-unchanged-lines = $ lignes identiques
writer-read-only = Lecture seule.
writer-read-only-file = Ce fichier est protégé contre l’écriture. Retirez la protection, ou dupliquez l’article pour y travailler.
writer-read-only-library = La bibliothèque ne peut pas être modifiée pour l’instant : son dossier est protégé ou hors d’atteinte.
writer-read-only-encoding = L’encodage de ce fichier n’a pas été reconnu. Choisissez celui dans lequel les mots se lisent bien pour pouvoir le modifier.
writer-encoding = Encodage
writer-use-encoding = Ouvrir avec cet encodage
writer-focus-off = Tout le texte est mis en avant.
writer-focus-paragraph = Le paragraphe en cours est mis en avant.
writer-focus-sentence = La phrase en cours est mise en avant.
writer-typewriter-on = La ligne du curseur reste à la même hauteur.
writer-typewriter-off = La ligne du curseur se déplace dans la fenêtre.
writer-source-on = Le texte est montré tel qu’il est écrit, avec tous ses signes.
writer-source-off = Le texte est montré tel qu’il sera lu.
writer-marks-on = Ce qui ne se voit pas est montré : espaces insécables, fins de paragraphe.
writer-marks-off = Les caractères invisibles ne sont plus montrés.
writer-typing-typography-on = La typographie est composée pendant la frappe.
writer-typing-typography-off = Ce que vous tapez reste tel quel.
writer-mark-no-break = Espace insécable
writer-mark-thin = Espace fine insécable
writer-mark-tab = Tabulation
writer-no-heading = Le curseur n’est sous aucun intertitre.
writer-pieces-made = { $count ->
    [one] « { $title } » est désormais un article à part entière.
   *[other] { $count } articles ont été faits des parties.
}
writer-pieces-stay = Les mots n’ont pas pu revenir dans le texte ; rien n’a été mis à la corbeille.
copy-word = copie
copy-title = { $title } (copie)
copy-title-again = { $title } (copie { $number })
merge-done = { $count } articles n’en font plus qu’un : « { $title } ».
merge-kept = « { $title } » a été modifié depuis et garde son texte ; les autres sont revenus.
writer-outline = Plan
writer-outline-empty = Les intertitres du texte paraîtront ici.
writer-outline-untitled = Intertitre sans mots
writer-outline-hint = { $up } et { $down } déplacent une partie entière.
writer-section-moved = « { $title } » : { $at } sur { $total }
writer-section-stays = Cette partie ne va pas plus loin.
writer-paste-revised = Le texte collé avait des modifications suivies : elles sont prises comme acceptées.
writer-paste-elsewhere = Ce que vous avez collé se trouve maintenant dans « { $title } ».
writer-paste-images-left = { $count ->
    [one] Une image n’a pas pu être reprise.
   *[other] { $count } images n’ont pas pu être reprises.
}
writer-no-image = « { $name } » n’est pas une image qu’Édito affiche.
writer-drop-images = Mettre dans le texte
writer-drop-images-means = Une copie est rangée à côté de l’article. Vos fichiers restent où ils sont.
describe-act = Décrire
describe-words = Ce que l’on voit
describe-words-hint = Lu à qui ne voit pas l’image, et montré là où elle manque.
describe-caption = Légende
image-size = Taille
image-size-same = Telle quelle
image-size-longest = { $longest } px
image-size-pixels = { $width } × { $height } px
image-size-ending = en .{ $ending }
image-size-stays = Le texte n’est plus ouvert pour l’écriture : les copies réduites y restent.
image-size-done = { $count ->
    [one] Une copie est montrée à sa place : { $before } avant, { $after } à présent.
   *[other] { $count } copies sont montrées à leur place : { $before } avant, { $after } à présent.
}
image-left-moving = Elle est animée : elle est laissée telle quelle.
image-left-drawing = Un dessin (SVG) est net à toutes les tailles : il est laissé tel quel.
image-left-form = Les images de cette forme (AVIF) sont laissées telles quelles.
image-left-damaged = Le fichier est coupé ou abîmé : il est laissé tel quel.
image-notes-gone = Une copie réduite ne garde rien de ce que l’appareil a noté.
image-notes-gone-place = L’original dit où la photo a été prise ; une copie réduite ne le dit plus.
image-clean = Sans ce que l’appareil a noté
image-clean-means = Appareil, heure, logiciels. Les pixels et les couleurs restent.
image-clean-place = La photo dit où elle a été prise, et par quel appareil. Les pixels et les couleurs restent.
image-place-stays = L’image dit où elle a été prise, et cette forme de fichier le garde.
image-aside = Mettre l’original à la corbeille
image-aside-others = D’autres articles le montrent peut-être.
image-remember = Proposer cela pour les prochaines images
bytes-thousands = { $count } ko
bytes-millions = { $count } Mo
settings-image-size = Taille des images
settings-image-place = Retirer des photos le lieu où elles ont été prises
writer-link-missing = Aucun article ne correspond à « { $target } ».
writer-leave = Ouvrir ce lien dans le navigateur ?
writer-leave-open = Ouvrir le lien
writer-cancel = Annuler
writer-recovery = Des mots non enregistrés ont été retrouvés
writer-recovery-words = Édito s’est arrêté avant d’avoir enregistré « { $title } ». Une copie a été gardée le { $time }.
writer-recovery-newer = Le fichier a été modifié depuis, sans doute par un autre programme.
writer-recovery-no-file = Le fichier n’existe plus.
writer-recovery-kept = Le texte que vous ne choisissez pas reste dans les versions.
writer-recovery-file = Seulement dans le fichier
writer-recovery-copy = Seulement dans la copie
writer-recovery-count = { $at } sur { $total }
writer-recovery-take = Reprendre la copie
writer-recovery-drop = Garder le fichier
writer-recovery-taken = La copie de « { $title } » est devenue le texte.
writer-recovery-dropped = Le fichier de « { $title } » est gardé tel quel ; la copie est dans ses versions.
command-writer-save = Enregistrer maintenant
command-writer-undo = Annuler la frappe
command-writer-redo = Rétablir la frappe
command-writer-find = Rechercher dans le texte
command-writer-replace = Remplacer dans le texte
command-writer-strong = Gras
command-writer-emphasis = Italique
command-writer-strikethrough = Barré
command-writer-marked = Surligné
command-writer-code = Code
command-writer-paragraph = Paragraphe
command-writer-heading-1 = Intertitre de niveau 1
command-writer-heading-2 = Intertitre de niveau 2
command-writer-heading-3 = Intertitre de niveau 3
command-writer-heading-4 = Intertitre de niveau 4
command-writer-quotation = Citation
command-writer-bullets = Liste à puces
command-writer-numbers = Liste numérotée
command-writer-tasks = Liste de tâches
command-writer-head = Aller à l’en-tête de l’article
command-writer-head-text = L’en-tête en texte ou en formulaire
command-writer-insert-link = Insérer ou modifier un lien
command-writer-edit-note = Ouvrir la note
command-writer-insert-footnote = Insérer une note de bas de page
command-writer-language = Langue du paragraphe…
command-writer-insert-table = Insérer un tableau…
command-writer-table-row-above = Insérer une rangée au-dessus
command-writer-table-row-below = Insérer une rangée au-dessous
command-writer-table-row-up = Monter la rangée
command-writer-table-row-down = Descendre la rangée
command-writer-table-row-delete = Supprimer la rangée
command-writer-table-column-before = Insérer une colonne avant
command-writer-table-column-after = Insérer une colonne après
command-writer-table-column-left = Déplacer la colonne à gauche
command-writer-table-column-right = Déplacer la colonne à droite
command-writer-table-column-delete = Supprimer la colonne
command-writer-table-align-none = Colonne sans alignement
command-writer-table-align-left = Aligner la colonne à gauche
command-writer-table-align-center = Centrer la colonne
command-writer-table-align-right = Aligner la colonne à droite
command-writer-table-text = Modifier le tableau comme texte
command-writer-table-delete = Supprimer le tableau
writer-table-title = Insérer un tableau
writer-language-of-paragraphs = Langue du paragraphe
writer-language-of-phrase = Langue de l’expression
writer-language-say = Appliquer
writer-language-choices = Langue
writer-language-found = Celle de l’article
writer-language-found-hint = { $language }, sauf si le paragraphe est manifestement dans une autre langue
writer-language-found-alone = Celle que le texte semble avoir
writer-language-other = Une autre langue
writer-language-other-hint = Laissée en paix : ni orthographe, ni grammaire, ni typographie
writer-language-tag = Code de la langue
writer-table-insert = Insérer
writer-table-rows = Rangées, tête comprise
writer-table-columns = Colonnes
command-writer-insert-rule = Insérer un filet
command-writer-insert-image = Insérer une image
command-writer-describe-image = Décrire l’image
command-writer-resize-image = Taille de l’image
command-writer-block-up = Monter le bloc ou l’élément
command-writer-block-down = Descendre le bloc ou l’élément
command-writer-insert-alert = Insérer un encadré
command-writer-insert-code-block = Insérer un bloc de code
command-writer-insert = Menu d’insertion
command-writer-focus = Mettre en avant le paragraphe, puis la phrase
command-writer-typewriter = Défilement de machine à écrire
command-writer-typing-typography = Composer la typographie pendant la frappe
command-writer-source = Afficher le texte brut (Markdown)
command-writer-marks = Afficher les caractères invisibles
command-writer-selection-to-piece = Nouvel article à partir de la sélection
command-writer-selection-moved-to-piece = Déplacer la sélection dans un nouvel article
command-writer-split-here = Couper à cet intertitre
command-writer-split-level = Couper à chaque intertitre de ce niveau
command-writer-outline = Plan du texte
command-writer-section-up = Monter la partie
command-writer-section-down = Descendre la partie
command-writer-follow = Suivre le lien ou cocher la tâche
advice-panel = Conseils
advice-close = Fermer les conseils
advice-list = Ce qui est dit du texte
advice-count =
    { $count ->
        [0] aucun conseil
        [one] 1 conseil
       *[other] { $shown } conseils
    }
advice-kind-spelling = Orthographe
advice-kind-grammar = Grammaire
advice-kind-style = Style
advice-kind-house = Marche maison
advice-want-spelling = Vérifier l’orthographe, en français et en anglais
advice-want-grammar = Signaler les fautes de grammaire
advice-want-style = Proposer de meilleures tournures
advice-want-house = Appliquer la marche maison
advice-french = Orthographe du français
advice-french-both = Classique et de 1990
advice-french-classical = Classique
advice-french-revised = De 1990 seulement
advice-english = Orthographe de l’anglais
advice-english-both = Britannique et américaine
advice-english-gb = Britannique
advice-english-us = Américaine
advice-rule-unknown-word = Mot inconnu
advice-menu = Conseils sur « { $words } »
advice-said = « { $words } » : { $rule }
advice-looking = Recherche de mots…
advice-no-fixes = Pas de suggestion
advice-delete = Supprimer
advice-take = Remplacer par « { $fix } »
advice-taken = « { $words } » est devenu « { $fix } ».
advice-vouch-me = Ajouter à mon dictionnaire
advice-vouch-desk = Ajouter au dictionnaire de la rédaction
advice-vouched-me = « { $word } » est dans votre dictionnaire.
advice-vouched-desk = « { $word } » est dans le dictionnaire de la rédaction, dans edito.toml.
advice-ignore = Ignorer dans ce texte
advice-ignored = « { $word } » est ignoré dans ce texte jusqu’à la fermeture d’Édito.
advice-turn-off = Désactiver cette règle
advice-rule-off = Règle désactivée : { $rule }
advice-take-back = Annuler
advice-none = Rien à dire de ce texte.
advice-none-hint = Les noms propres et ce qui est cité dans une autre langue sont laissés en paix.
advice-none-here = Rien n’est dit du mot sous le curseur.
advice-off = Aucun conseil n’est demandé.
advice-off-hint = La partie Lecture et écriture des réglages dit ce qui doit être signalé.
advice-more = Montrer les { $shown } autres
advice-keys = ↑ ↓ parcourir · Entrée montrer dans le texte · A ou 1–6 remplacer · D dictionnaire · X ignorer
advice-my-words =
    { $count ->
        [one] Mon dictionnaire : 1 mot
       *[other] Mon dictionnaire : { $count } mots
    }
advice-remove = Retirer
advice-remove-word = Retirer « { $word } »
command-writer-advice = Conseils sur le texte
command-writer-advice-menu = Suggestions pour le mot sous le curseur
command-writer-advice-next = Conseil suivant
command-writer-advice-previous = Conseil précédent
typography-panel = Typographie
typography-close = Fermer la typographie
typography-list = Corrections proposées
typography-count =
    { $count ->
        [one] { $shown } correction
       *[other] { $shown } corrections
    }
typography-accept = Accepter
typography-refuse = Refuser
typography-accept-all = Tout accepter
typography-accept-rule = Tout accepter : { $rule } ({ $count })
typography-refuse-rule = Tout refuser : { $rule } ({ $count })
typography-becomes = devient
typography-more = Montrer les { $shown } autres
typography-keys = ↑ ↓ parcourir · Entrée voir dans le texte · A accepter · X refuser
typography-accepted =
    { $count ->
        [one] { $shown } correction faite
       *[other] { $shown } corrections faites
    }
typography-refused =
    { $count ->
        [one] { $shown } correction refusée
       *[other] { $shown } corrections refusées
    }
typography-none = Rien à corriger.
typography-none-hint = Espaces, guillemets, apostrophes, tirets et capitales sont en ordre.
typography-none-refused =
    { $count ->
        [one] Une correction a été refusée.
       *[other] { $shown } corrections ont été refusées.
    }
typography-offer-again = Les proposer de nouveau
typography-space-no-break = espace insécable
typography-space-thin = espace fine insécable
typography-space-plain = espace

typography-rule-high-punctuation = Espaces avant la ponctuation haute
typography-rule-thin-space = Espace fine ou pleine
typography-rule-guillemets = Guillemets français
typography-rule-nested-quotes = Guillemets de second rang
typography-rule-apostrophe = Apostrophes
typography-rule-ellipsis = Points de suspension
typography-rule-dialogue-dash = Tirets de dialogue
typography-rule-dash = Tirets
typography-rule-number-group = Tranches de trois chiffres
typography-rule-unit-space = Nombres et unités
typography-rule-no-break = Espaces insécables (noms, dates, renvois)
typography-rule-incise = Tirets d’incise
typography-rule-numero = Numéros
typography-rule-century = Siècles
typography-rule-ordinal = Ordinaux
typography-rule-accented-capital = Capitales accentuées
typography-rule-double-space = Espaces doubles
typography-rule-space-before = Espace de trop avant une ponctuation
typography-rule-english-quotes = Guillemets anglais
typography-rule-arabic-punctuation = Ponctuation arabe
typography-rule-arabic-quotes = Guillemets arabes
command-writer-typography = Typographie…

# --- quotations
quotation-panel = Citations
quotation-close = Fermer les citations
quotation-list = Citations du texte
quotation-filter = Montrer seulement
quotation-count =
    { $count ->
        [one] { $shown } citation : { $parts }
       *[other] { $shown } citations : { $parts }
    }
quotation-count-proved =
    { $count ->
        [one] { $shown } prouvée
       *[other] { $shown } prouvées
    }
quotation-count-altered =
    { $count ->
        [one] { $shown } altérée
       *[other] { $shown } altérées
    }
quotation-count-unsourced = { $shown } sans source
quotation-count-changed =
    { $count ->
        [one] { $shown } dont la source a changé
       *[other] { $shown } dont la source a changé
    }
quotation-count-missing = { $shown } à la source perdue
quotation-count-elsewhere =
    { $count ->
        [one] { $shown } venue d’ailleurs
       *[other] { $shown } venues d’ailleurs
    }
quotation-count-tooLong = { $shown } à la source trop longue
quotation-verdict-proved = Prouvée : la source le dit mot pour mot
quotation-verdict-altered = Altérée : la source dit autre chose
quotation-verdict-absent = Altérée : la source ne le dit pas
quotation-verdict-unsourced = Sans source
quotation-verdict-changed = La source le disait et ne le dit plus
quotation-verdict-missing = Source perdue : le lien ne mène nulle part
quotation-verdict-elsewhere = Source hors de la bibliothèque
quotation-verdict-tooLong = Source trop longue pour être vérifiée
quotation-source-says = (la source dit)
quotation-open-source = Ouvrir la source :
quotation-since = La source le disait encore le { $day }.
quotation-take-words = Reprendre les mots de la source
quotation-mark-omission = Marquer la coupe […]
quotation-found = Se trouve dans « { $title } »
quotation-take-source = En faire la source
quotation-mended = La citation a repris les mots de sa source.
quotation-omission-marked = La coupe est marquée.
quotation-source-named = La source est indiquée.
quotation-edited = Le texte vient de changer : rien n’a été modifié.
quotation-none = Aucune citation.
quotation-none-hint = Écrivez >> au début d’une ligne, ou [[> dans une phrase, pour citer un passage surligné.
quotation-keys = ↑ ↓ parcourir · Entrée voir dans le texte · Échap fermer
quotation-quoted = Cité dans « { $title } ».
quotation-open-draft = Ouvrir
highlights-quote = Citer dans « { $title } »
highlights-quote-short = Citer
command-writer-quotations = Citations et leurs sources
command-writer-quote = Passage surligné à citer…
command-highlight-quote = Citer ce passage dans le brouillon

# Conseils : ce que disent les règles de grammaire, de style et de la maison
advice-rule-a-accent = « a » ou « à »
advice-rule-a-accent-why = « a » est le verbe avoir, « à » la préposition : on peut dire « avait » à la place du premier.
advice-rule-participle-or-infinitive = Participe ou infinitif
advice-rule-participle-or-infinitive-why = Après une préposition ou un verbe comme « devoir », l’infinitif ; après un auxiliaire, le participe.
advice-rule-conditional-after-si = « Si » et conditionnel
advice-rule-conditional-after-si-why = Après un « si » de condition, l’imparfait ou le plus-que-parfait : « si j’avais su ».
advice-rule-subjunctive = Subjonctif attendu
advice-rule-subjunctive-why = Cette conjonction demande le subjonctif.
advice-rule-confusion = Confusion de mots
advice-rule-confusion-why = Deux mots qui se ressemblent : le contexte demande l’autre.
advice-rule-agreement = Accord
advice-rule-agreement-why = Ces mots vont ensemble et s’accordent en genre et en nombre.
advice-rule-number = Nombres en lettres
advice-rule-number-why = « Vingt » et « cent » prennent un s quand ils sont multipliés et terminent le nombre ; « mille » n’en prend jamais.
advice-rule-elision = Élision
advice-rule-elision-why = Devant une voyelle ou un h muet, la voyelle finale cède la place à une apostrophe.
advice-rule-hyphen = Trait d’union
advice-rule-hyphen-why = Ces mots s’écrivent avec un trait d’union, ou sans, selon l’usage fixé par les dictionnaires.
advice-rule-negation = Négation
advice-rule-negation-why = La négation n’est pas construite comme il le faut.
advice-rule-pleonasm = Pléonasme
advice-rule-pleonasm-why = Un mot redit ce que l’autre dit déjà.
advice-rule-anglicism = Anglicisme
advice-rule-anglicism-why = Le français a un mot pour le dire.
advice-rule-construction = Tournure
advice-rule-construction-why = Une tournure plus juste ou plus brève existe.
advice-rule-its-it-s = « its » et « it’s »
advice-rule-its-it-s-why = « Its » est un possessif ; « it’s » abrège « it is » ou « it has ».
advice-rule-their-there-they-re = « their », « there », « they’re »
advice-rule-their-there-they-re-why = « Their » est un possessif, « there » un lieu, « they’re » abrège « they are ».
advice-rule-then-than = « then » et « than »
advice-rule-then-than-why = « Than » compare ; « then » situe dans le temps.
advice-rule-could-of = « could of »
advice-rule-could-of-why = On entend « of », on écrit « have ».
advice-rule-article = « a » ou « an »
advice-rule-article-why = « An » se met devant un son de voyelle, « a » devant un son de consonne.
advice-rule-wordy = Trop de mots
advice-rule-wordy-why = Moins de mots disent la même chose.
advice-rule-less-fewer = « less » et « fewer »
advice-rule-less-fewer-why = « Fewer » va avec ce qui se compte, « less » avec le reste.
advice-rule-doubled-word = Mot redoublé
advice-rule-doubled-word-why = Le même mot est écrit deux fois de suite.
advice-rule-doubled-mark = Ponctuation redoublée
advice-rule-doubled-mark-why = Deux signes se suivent où un seul suffit.
advice-rule-missing-space = Espace manquante
advice-rule-missing-space-why = Une espace suit la virgule et le point-virgule.
advice-rule-comma-before-bracket = Virgule avant une parenthèse
advice-rule-comma-before-bracket-why = La virgule se met après la parenthèse fermante.
advice-rule-unclosed-pair = Signe qui n’est pas fermé
advice-rule-unclosed-pair-why = Une parenthèse ou un guillemet s’ouvre et ne se ferme pas dans ce paragraphe.
advice-rule-house-term = Terme de la maison
advice-rule-house-term-why = La rédaction a choisi un autre mot.
advice-rule-house-banned = Mot à éviter
advice-rule-house-banned-why = La rédaction a choisi de ne pas employer ce mot.
advice-rule-house-capitals = Majuscules de la maison
advice-rule-house-capitals-why = La rédaction écrit ces mots avec d’autres majuscules.
advice-rule-house-number = Nombres de la maison
advice-rule-house-number-why = La rédaction a choisi comment s’écrivent ces nombres.

# Flux
list-feeds = Flux
rail-feeds = Flux, { $count ->
    [0] rien de non lu
    [one] { $count } billet non lu
   *[other] { $count } billets non lus
  }
rail-feed = { $name }, { $count ->
    [0] rien de non lu
    [one] { $count } billet non lu
   *[other] { $count } billets non lus
  }{ $trouble ->
    [no] {""}
   *[other] . { $trouble }
  }
rail-feeds-muted = Tus, { $count ->
    [one] { $count } billet
   *[other] { $count } billets
  }
command-go-feeds = Flux
command-feeds-add = Ajouter un flux
command-feeds-refresh = Actualiser tous les flux
command-feeds-rules = Règles des flux
command-feeds-times = Quand interroger les flux
command-feeds-import = Importer une liste de flux (OPML)
command-feeds-export = Exporter la liste des flux (OPML)
command-feeds-mark-all = Tout marquer comme lu
command-feeds-next = Billet suivant
command-feeds-previous = Billet précédent
command-feeds-open = Ouvrir le billet
command-feeds-next-unread = Suivant non lu
command-feeds-keep-library = Garder le billet dans la bibliothèque
command-feeds-keep-later = Garder le billet pour plus tard
command-feeds-keep-inbox = Garder le billet dans la boîte de réception
command-feeds-keep-archive = Garder le billet dans les archives
command-feeds-toggle-read = Marquer le billet comme lu ou non lu
feeds-tree = Dossiers et flux
feeds-all = Tous les flux
feeds-muted = Tus
feeds-part = Choisir des flux
feeds-part-of = Choisir des flux, à présent { $name }
feeds-unread-only = Non lus
feeds-menu = Autres actions sur les flux
feeds-refreshing = Flux interrogés : { $done } sur { $total }
feeds-progress = Interrogation des flux
feeds-refreshed = { $count ->
    [0] Rien de nouveau
    [one] { $count } nouveau billet
   *[other] { $count } nouveaux billets
  }{ $muted ->
    [0] {""}
    [one] , { $muted } tu
   *[other] , { $muted } tus
  }{ $kept ->
    [0] {""}
    [one] , { $kept } gardé par une règle
   *[other] , { $kept } gardés par des règles
  }{ $failed ->
    [0] .
    [one] . { $failed } flux n’a pas pu être lu : il est signalé dans la liste.
   *[other] . { $failed } flux n’ont pas pu être lus : ils sont signalés dans la liste.
  }
feeds-refresh-cancelled = L’interrogation des flux est arrêtée ; ce qui est arrivé est là.
feeds-all-read = Tout est lu.
feeds-try-again = Réessayer
feeds-edit = Modifier le flux…
feeds-remove = Retirer le flux
feeds-refresh-one = Actualiser
feeds-open-site = Ouvrir le site
feeds-rule-for = Lui donner une règle…
feeds-removed = « { $name } » est retiré.
feeds-none = Aucun flux pour l’instant.
feeds-none-hint = Un flux apporte ce qu’un site publie. Ses billets restent ici, à part de votre bibliothèque, jusqu’à ce que vous en gardiez un d’une touche. Édito n’interroge que sur votre demande, ou aux heures que vous fixez.
feeds-no-unread = Tout est lu.
feeds-no-unread-hint = De nouveaux billets arrivent quand les flux sont actualisés.
feeds-no-items = Rien ici pour l’instant.
feeds-no-items-hint = Actualisez les flux pour recevoir ce qu’ils ont.
feeds-no-muted = Rien n’est tu.
feeds-no-muted-hint = Ce qu’une règle fait taire reste hors de vue, et se regarde ici.
feeds-show-all = Montrer aussi les billets lus
feeds-items = Billets
feeds-untitled = Sans titre
feeds-muted-because = Tu à cause de « { $words } »
feeds-is-kept = Dans la bibliothèque
feeds-total = { $count ->
    [one] { $shown } billet
   *[other] { $shown } billets
  }
feeds-in-trash = « { $title } » est dans la corbeille de la bibliothèque : restaurez-le de là.
feeds-kept = « { $title } » est { $place ->
    [later] gardé pour plus tard
    [inbox] dans la boîte de réception
    [archive] dans les archives
   *[other] dans la bibliothèque
  }{ $missing ->
    [0] .
    [one] , mais { $missing } image n’a pas pu être prise.
   *[other] , mais { $missing } images n’ont pas pu être prises.
  }
feeds-kept-again = « { $title } » était déjà dans la bibliothèque{ $missing ->
    [0] .
    [one] , et { $missing } image n’a pas pu être prise.
   *[other] , et { $missing } images n’ont pas pu être prises.
  } { $place ->
    [later] Il est gardé pour plus tard.
    [inbox] Il est dans la boîte de réception.
    [archive] Il est dans les archives.
   *[other] {""}
  }
feeds-marked-read = { $count ->
    [one] { $count } billet est marqué comme lu.
   *[other] { $count } billets sont marqués comme lus.
  }
feeds-keep = Garder
feeds-later = Plus tard
feeds-open-kept = Ouvrir dans la bibliothèque
feeds-open-page = Ouvrir la page
feeds-capture-page = Capturer la page…
feeds-item-text = Texte du billet
feeds-full = texte entier
feeds-reasons = Règles qui s’appliquent
feeds-reason = { $action ->
    [mute] Tu
    [tag] Étiqueté « { $tag } »
    [keep] Gardé
   *[other] Une règle s’applique
  } : { $place ->
    [title] le titre contient
    [author] l’auteur contient
    [content] le texte contient
    [feed] le nom du flux contient
   *[other] une étiquette contient
  } « { $words } ».
feeds-images-away = { $count ->
    [one] Une image reste sur le web ; elle est prise quand vous gardez le billet.
   *[other] { $count } images restent sur le web ; elles sont prises quand vous gardez le billet.
  }
feeds-enclosure = Joint : { $name }
feeds-address = Adresse d’un site ou d’un flux
feeds-address-hint = Édito y cherche une fois des flux.
feeds-looking = Recherche de flux…
feeds-look = Chercher des flux
feeds-found = { $count ->
    [one] Un flux
   *[other] { $count } flux
  }
feeds-found-items = { $count ->
    [0] vide à présent
    [one] { $count } billet
   *[other] { $count } billets
  }
feeds-found-comments = , commentaires
feeds-subscribe = S’abonner
feeds-added = { $count ->
    [one] Le flux est ajouté.
   *[other] { $count } flux sont ajoutés.
  }
feeds-folder = Dossier
feeds-folder-hint = aucun, ou un chemin comme Revues / Politique
feeds-title = Titre
feeds-feed-address = Adresse
feeds-when = Quand il est interrogé de lui-même
feeds-when-all = Les flux sont interrogés d’eux-mêmes
feeds-when-usual = Comme tous les flux
feeds-when-never = Jamais : seulement sur ma demande
feeds-when-halfHour = Toutes les demi-heures
feeds-when-hour = Toutes les heures
feeds-when-threeHours = Toutes les trois heures
feeds-when-twelveHours = Toutes les douze heures
feeds-when-day = Chaque jour
feeds-when-hint = Tant qu’Édito est ouvert sur cette bibliothèque, sur cet ordinateur. Un flux qui veut être interrogé moins souvent l’est.
feeds-local = Interroger aussi les adresses de cet ordinateur et de son réseau
feeds-local-hint = À laisser désactivé, sauf si vous lisez des flux ou des pages d’un serveur à vous : une page étrangère pourrait y mener.
feeds-full-text = Prendre les pages de ses billets pour avoir le texte entier
feeds-full-text-hint = Pour les flux qui ne donnent que le début. Une demande de plus pour chaque nouveau billet.
feeds-save = Enregistrer
feeds-rules-list = Règles
feeds-rules-hint = Une règle fait taire, étiquette ou garde ce que les flux apportent, d’après des mots. Ce qui est tu se regarde toujours, avec la raison.
feeds-rule-new = Nouvelle règle
feeds-rule-changing = Modifier la règle
feeds-rule-words = Mots
feeds-rule-words-hint = Tous, en toute casse, avec ou sans accents ; les « mots entre guillemets » se suivent, et * termine le début d’un mot.
feeds-rule-expression = Expression rationnelle
feeds-rule-expression-hint = En toute casse ; dans les premières pages d’un texte.
feeds-rule-regex = C’est une expression rationnelle
feeds-rule-where = Où
feeds-rule-place-any = partout
feeds-rule-place-title = dans le titre
feeds-rule-place-author = dans l’auteur
feeds-rule-place-content = dans le texte
feeds-rule-place-feed = dans le nom du flux
feeds-rule-feeds = De
feeds-rule-all = tous les flux
feeds-rule-does = Effet
feeds-rule-action-mute = fait taire le billet
feeds-rule-action-tag = étiquette le billet
feeds-rule-action-keep = le garde dans la bibliothèque
feeds-rule-tag = Étiquette
feeds-rule-says = { $action ->
    [mute] Faire taire
    [tag] Étiqueter « { $tag } »
   *[keep] Garder
  } { $place ->
    [title] si le titre contient
    [author] si l’auteur contient
    [content] si le texte contient
    [feed] si le nom du flux contient
   *[any] ce qui contient
  } { $regex ->
    [yes] l’expression
   *[no] {""}
  } « { $text } »
feeds-rule-change = Modifier la règle « { $text } »
feeds-rule-remove = Retirer la règle « { $text } »
feeds-rule-make = Créer la règle
feeds-rule-leave = Plutôt une nouvelle règle
feeds-rule-empty = Il manque quelque chose.
feeds-rule-syntax = Ce n’est pas une expression rationnelle.
feeds-rule-tooLarge = Cette expression est trop grande.
feeds-import-dialog = Une liste de flux (OPML)
feeds-imported = { $count ->
    [0] Tous les flux de la liste étaient déjà là.
    [one] { $count } flux est nouveau.
   *[other] { $count } flux sont nouveaux.
  }
feeds-export-dialog = Exporter la liste des flux
feeds-export-name = Flux — { $of }
feeds-exported = Flux exportés : { $path }

# Pages du web, et ce qui peut clocher avec une adresse
command-capture-page = Capturer une page du web
capture-address = Adresse de la page
capture-hint = La page est prise une fois, avec les images de l’article, et devient un article de votre boîte de réception.
capture-busy = La page arrive…
capture-act = Capturer
capture-new = « { $title } » est dans la boîte de réception{ $missing ->
    [0] .
    [one] , mais { $missing } image sur { $images } n’a pas pu être prise.
   *[other] , mais { $missing } images sur { $images } n’ont pas pu être prises.
  }
capture-known = « { $title } » était déjà là, avec le même texte{ $missing ->
    [0] .
    [one] , et { $missing } image sur { $images } n’a pas pu être prise.
   *[other] , et { $missing } images sur { $images } n’ont pas pu être prises.
  }
capture-again = « { $title } » a maintenant un autre texte, et le précédent est une version{ $missing ->
    [0] .
    [one] , mais { $missing } image sur { $images } n’a pas pu être prise.
   *[other] , mais { $missing } images sur { $images } n’ont pas pu être prises.
  }
capture-highlights = Surlignages : à leur place, { $kept } ; retrouvés ailleurs, { $moved } ; absents du texte et gardés à sa fin, { $lost }.
capture-inTrash = « { $title } » est dans la corbeille de la bibliothèque : restaurez-le de là.
web-notWeb = Ce n’est pas une adresse du web.
web-notWeb-hint = Elle devrait commencer par https://.
web-local = Cette adresse mène à cet ordinateur ou à son réseau, qu’Édito n’interroge pas : { $detail }
web-local-hint = Si c’est un serveur à vous, autorisez-le sous « Quand interroger les flux ».
web-forbidden = Aucun serveur du web n’a cette adresse : { $detail }
web-redirects = L’adresse renvoie ailleurs sans fin.
web-redirects-hint = Ouvrez-la dans le navigateur, et copiez l’adresse où elle aboutit.
web-tooLarge = Ce qui s’y trouve dépasse 20 Mo.
web-tooLarge-hint = Enregistrez la page dans le navigateur, et importez le fichier.
web-tooSlow = Le serveur a mis plus de 20 secondes.
web-tooSlow-hint = Réessayez plus tard.
web-network = Personne ne répond à cette adresse.
web-network-hint = Y a-t-il un réseau ? L’adresse est-elle juste ?
web-untrusted = La connexion n’est pas sûre : le certificat du serveur n’est pas reconnu.
web-untrusted-hint = Rien ne lui a été envoyé, rien n’en a été pris.
web-protocol = La réponse du serveur est incompréhensible.
web-protocol-hint = Réessayez plus tard.
web-cancelled = Arrêté.
web-notFound = Il n’y a rien à cette adresse ({ $detail }).
web-notFound-hint = Cherchez la nouvelle adresse sur le site.
web-gone = C’est parti pour de bon, dit le serveur ({ $detail }).
web-gone-hint = Il n’est plus interrogé de lui-même. Ce qui en est venu reste ; le flux peut être retiré, ou recevoir une autre adresse.
web-signIn = Le serveur demande une identification, ou refuse ({ $detail }).
web-signIn-hint = Édito ne s’identifie jamais. Enregistrez la page dans le navigateur, et importez le fichier.
web-server = Le serveur a échoué ({ $detail }).
web-server-hint = Réessayez plus tard.
web-wait = Le serveur veut qu’on le laisse en paix un moment ({ $detail }).
web-wait-hint = Il est interrogé de nouveau plus tard.
web-page = Il y a une page à cette adresse, pas un flux.
web-page-hint = Le site a peut-être déplacé son flux : cherchez-le avec « Ajouter un flux ».
web-feed = C’est un flux, pas une page.
web-feed-hint = Abonnez-vous plutôt.
web-notAFeed = On n’y trouve pas de flux.
web-notAFeed-hint = Essayez l’adresse de la première page du site, ou celle du flux lui-même.
web-notAPage = Il n’y a pas de page à cette adresse, mais autre chose ({ $detail }).
web-notAPage-hint = Téléchargez-le dans le navigateur, et importez le fichier.
web-empty = Il n’y a pas de texte sur cette page.
web-empty-hint = Certaines pages ne montrent leur texte qu’à un navigateur : enregistrez-la là, et importez le fichier.
web-unreadable = La lecture a demandé trop de temps ou de mémoire, et a été abandonnée.
web-unreadable-hint = Rien n’a changé.

# La Une et les pages des rubriques
list-front = La Une
front-label = La Une
front-section-label = Rubrique : { $name }
front-lead = À la une
front-latest = Les derniers textes
front-new = { $count ->
    [one] { $count } nouveau texte
   *[other] { $count } nouveaux textes
  }
front-empty = La Une attend son premier texte.
front-empty-hint = Elle se compose seule de ce que contient la bibliothèque : un texte y paraît dès qu’il n’est plus un brouillon et que sa date est venue.
front-pinned = Épinglé
front-outlet = { $outlet }, lire chez l’éditeur
front-pieces = { $count ->
    [0] aucun texte
    [one] { $count } texte
   *[other] { $shown } textes
  }
front-as-list = En liste
front-below = Sous-rubriques
front-section-empty = Aucun texte paru dans cette rubrique.
front-pages = Pages de la rubrique
front-newer = Plus récents
front-older = Plus anciens
front-range = { $from } à { $to } sur { $total }
# Ce qui entoure un texte est dans la langue du texte, quelle que soit celle de l’interface.
front-read-on-fr = Lire la suite »
front-read-on-en = Read on »
front-read-on-ar = تتمة المقال »
front-by-fr = Par
front-by-en = By
front-by-ar = بقلم
front-and-fr = et
front-and-en = and
front-and-ar = و
command-go-front = La Une
command-go-section-page = Page de la rubrique
command-return-to-front = Revenir à la Une
command-front-settings = Composer la Une
command-pin-lead = Épingler en tête de la Une, ou détacher
command-pin-slot = Épingler en tête de sa rubrique à la Une, ou détacher
command-pin-up = Monter le texte épinglé
command-pin-down = Descendre le texte épinglé
pin-lead-done = « { $title } » ouvre la Une.
pin-slot-done = « { $title } » est en tête de sa rubrique à la Une.
pin-taken = « { $title } » n’est plus épinglé.
pin-nowhere = La Une n’a pas de place pour ce texte. « Composer la Une » en ajoute une.
front-settings-derived = Ces parties découlent des rubriques, car edito.toml n’en nomme pas. Enregistrées, elles s’y écrivent ; rien d’autre du fichier ne change.
front-settings-hint = Ces parties sont écrites dans edito.toml ; rien d’autre du fichier ne change. Alt et les flèches les déplacent.
front-settings-usual = Revenir aux parties habituelles
front-settings-save = Enregistrer
front-slot-what = Contenu
front-slot-all = Toute la bibliothèque
front-slot-kinds = Selon le genre de la rubrique
front-slot-title = Titre
front-slot-role = Présentation
front-role-lead = Ouverture
front-role-list = Liste
front-slot-order = Choix
front-order-date = Épinglés, puis récents
front-order-hand = Épinglés seulement
front-slot-number = Textes
front-slot-teaser = Signes
front-slot-column = Colonne
front-slot-up = Monter « { $name } »
front-slot-down = Descendre « { $name } »
front-slot-remove = Retirer « { $name } »
front-slot-add = Ajouter une partie
front-slot-moved = { $name } : { $place } sur { $count }
front-kind-edito = Éditos
front-kind-analyses = Analyses
front-kind-medias = Dans les médias
front-kind-lectures = Lectures
front-kind-lettre = Lettre d’information
related-title = À lire aussi
related-linkedTo = cité dans cet article
related-linkedFrom = cite cet article
related-author = aussi de { $name }
related-tag = mot-clé : { $name }
related-section = { $name }
related-words = sur le même sujet

# Surlignages
list-highlights = Surlignages
rail-highlights = Surlignages, { $count ->
    [0] aucun passage
    [one] { $count } passage
   *[other] { $count } passages
  }
command-go-highlights = Surlignages
command-highlight-choose = Surligner au clavier
command-highlight-yellow = Surligner en jaune
command-highlight-green = Surligner en vert
command-highlight-blue = Surligner en bleu
command-highlight-red = Surligner en rouge
command-highlight-note = Surligner et noter
command-highlight-tags = Surligner et étiqueter
command-highlight-quote-chosen = Citer le passage dans le brouillon
command-export-highlights-markdown = Exporter les surlignages (Markdown)
command-export-highlights-csv = Exporter les surlignages (CSV)
command-export-highlights-json = Exporter les surlignages (annotations W3C)
colour-yellow = jaune
colour-green = vert
colour-blue = bleu
colour-red = rouge
marking-bar = Surligner la sélection
marking-colour = Surligner en { $colour }
marking-note = Note
marking-tag = Étiquette
marking-quote = Citer
marking-word = mot
marking-word-keys = ← →
marking-sentence = phrase
marking-sentence-keys = ↑ ↓
marking-extend = étendre
marking-extend-keys = Maj
marking-widen = élargir
marking-widen-keys = Espace
marking-mark = surligner
marking-mark-keys = Entrée
marking-leave = quitter
marking-leave-keys = Échap
marking-changed = Le texte vient de changer.
marking-changed-hint = Choisissez le passage de nouveau dans le texte mis à jour.
highlight-marked = Surligné
highlight-changed = Surligné, texte modifié
highlight-of-article = Note sur l’article
highlight-edit = Passage surligné
highlight-colour = Couleur
highlight-note = Note
highlight-tags = Étiquettes
highlight-tags-hint = séparées par des virgules
highlight-remove = Retirer
highlight-done = Terminé
highlight-removed = Surlignage retiré.
highlight-orphans = { $count ->
    [one] Un passage que le texte ne dit plus
   *[other] Passages que le texte ne dit plus
  }
highlight-ambiguous = dit plusieurs fois
highlights-total = { $count ->
    [0] aucun passage
    [one] { $count } passage
   *[other] { $count } passages
  }
highlights-narrow = Filtrer les surlignages
highlights-words = Filtrer par mots
highlights-tag = Étiquette
highlights-all-tags = Toutes les étiquettes
highlights-gone = Article supprimé
highlights-none = Aucun passage ne correspond.
highlights-none-hint = Retirez un filtre pour en voir davantage.
highlights-empty = Rien n’est encore surligné.
highlights-empty-hint = En lisant, sélectionnez des mots, ou appuyez sur H pour les choisir au clavier ; ils se retrouvent ici.
highlights-export = Exporter
highlights-format-markdown = Markdown
highlights-format-csv = Tableau (CSV)
highlights-format-json = Annotations W3C (JSON)
highlights-export-dialog = Exporter les surlignages
highlights-export-name = Surlignages — { $of }
highlights-export-source = sur le web
highlights-exported = Surlignages exportés : { $path }
marking-paragraph-keys = Ctrl+↑ Ctrl+↓
keyboard-marking = En surlignant au clavier (H)
keyboard-marking-word = Mot suivant, précédent
keyboard-marking-sentence = Phrase suivante, précédente
keyboard-marking-paragraph = Paragraphe suivant, précédent
keyboard-marking-extend = Étendre le passage, avec une flèche
keyboard-marking-widen = Élargir à la phrase, au paragraphe
keyboard-marking-mark = Surligner, ou ouvrir le surlignage
keyboard-marking-leave = Quitter sans surligner
