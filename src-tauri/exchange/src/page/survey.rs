//! One walk over a page: what stands where.

use std::collections::HashMap;

use dom_query::{Document, NodeData, NodeId, NodeRef};

use super::names::{Kinds, kinds};
use crate::content::OWN_ATTRIBUTES;
use crate::html::dom;

/// What one walk over a page has found. Nodes are in the order of the page.
#[derive(Default)]
pub(crate) struct Survey<'a> {
    /// `meta` elements: the name in lower case, the content.
    pub metas: Vec<(String, String)>,
    /// The texts of JSON-LD scripts.
    pub json_ld: Vec<String>,
    /// The content of `title`.
    pub title: String,
    /// `link rel=canonical`.
    pub canonical: Option<String>,
    /// `base href`.
    pub base: Option<String>,
    /// `lang` of the page.
    pub lang: Option<String>,
    pub headings: Vec<NodeRef<'a>>,
    /// `time`, and elements that name themselves a date.
    pub dates: Vec<NodeRef<'a>>,
    /// Elements that name themselves an author or a byline.
    pub bylines: Vec<NodeRef<'a>>,
    /// Elements that name themselves the function of an author.
    pub functions: Vec<NodeRef<'a>>,
    pub breadcrumbs: Vec<NodeRef<'a>>,
    /// Elements that name themselves a standfirst.
    pub standfirsts: Vec<NodeRef<'a>>,
    /// Links and elements that name themselves the section.
    pub categories: Vec<NodeRef<'a>>,
    /// `rel=tag` links.
    pub tags: Vec<NodeRef<'a>>,
    /// Where the text of the article may be, as the page itself says.
    pub bodies: Vec<NodeRef<'a>>,
    pub links: Vec<NodeRef<'a>>,
    pub images: Vec<NodeRef<'a>>,
    /// Elements whose class, id or role means something.
    pub(super) named: Vec<(NodeRef<'a>, Kinds)>,
    pub forms: Vec<NodeRef<'a>>,
    pub navs: Vec<NodeRef<'a>>,
    pub footers: Vec<NodeRef<'a>>,
    pub embeds: Vec<NodeRef<'a>>,
    pub noscripts: Vec<NodeRef<'a>>,
    /// Elements that show a formula.
    pub formulas: Vec<NodeRef<'a>>,
    /// Scripts, styles and comments: what is taken out before anything else.
    pub silent: Vec<NodeRef<'a>>,
    /// Elements by `id`, and anchors by `name`.
    pub ids: HashMap<String, NodeId>,
    /// Attributes that only preparing a page may set.
    pub forged: Vec<(NodeRef<'a>, String)>,
    /// Comments near the top.
    pub comments: Vec<String>,
}

/// Walks over a page.
pub(crate) fn survey(document: &Document) -> Survey<'_> {
    let mut survey = Survey::default();
    for node in document.root().descendants_it() {
        survey.visit(node);
    }
    for (node, name) in &survey.forged {
        node.remove_attr(name);
    }
    survey
}

impl Survey<'_> {
    /// The content of the first `meta` of one of these names, the names in order of trust.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        let content = |name: &&str| {
            self.metas
                .iter()
                .find(|(found, _)| found == name)
                .map(|(_, content)| content.as_str())
        };
        names.iter().find_map(content)
    }

    /// The contents of all `meta` of a name.
    pub fn metas_of<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.metas
            .iter()
            .filter(move |(found, _)| found == name)
            .map(|(_, content)| content.as_str())
    }
}

/// What an element says of itself in its attributes.
#[derive(Default)]
struct Said {
    kinds: Kinds,
    itemprop: String,
    breadcrumb: bool,
    rel: String,
    id: Option<String>,
    name: Option<String>,
}

impl<'a> Survey<'a> {
    fn visit(&mut self, node: NodeRef<'a>) {
        let Some((tag, said)) = self.look(&node) else { return };
        match &*tag {
            "script" => {
                let kind = dom::attribute(&node, "type").unwrap_or_default().to_ascii_lowercase();
                if kind.starts_with("application/ld+json") && self.json_ld.len() < 50 {
                    self.json_ld.push(node.text().to_string());
                }
                if kind.starts_with("math/tex") {
                    self.formulas.push(node);
                } else {
                    self.silent.push(node);
                }
                return;
            }
            "style" | "template" | "link" | "object" | "applet" | "button" | "select" | "textarea" | "dialog" => {
                if &*tag == "link" && said.rel.contains("canonical") && self.canonical.is_none() {
                    self.canonical = dom::attribute(&node, "href");
                }
                // A button may hold the text of an accordion; what holds words of some length stays.
                if &*tag != "link" || said.rel.contains("stylesheet") || said.rel.contains("preload") {
                    self.silent.push(node);
                }
            }
            "meta" => self.meta_element(&node),
            "title" if self.title.is_empty() && node.parent().is_none_or(|parent| !dom::is(&parent, &["svg"])) => {
                self.title = dom::squeeze(&node.text());
            }
            "base" => {
                if self.base.is_none() {
                    self.base = dom::attribute(&node, "href");
                }
                self.silent.push(node);
            }
            "html" => {
                self.lang = dom::attribute(&node, "lang").or_else(|| dom::attribute(&node, "xml:lang"));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.headings.push(node),
            "time" => self.dates.push(node),
            "a" => self.links.push(node),
            "img" | "amp-img" => self.images.push(node),
            "form" => self.forms.push(node),
            "footer" => self.footers.push(node),
            "nav" => self.navs.push(node),
            "iframe" | "video" | "audio" | "amp-youtube" | "amp-iframe" | "embed" => self.embeds.push(node),
            "noscript" => self.noscripts.push(node),
            "math" => self.formulas.push(node),
            _ => {}
        }
        self.sort(node, &tag, said);
    }

    /// Reads the attributes of an element, once; notes comments on the way.
    fn look(&mut self, node: &NodeRef<'a>) -> Option<(dom_query::LocalName, Said)> {
        let mut said = Said::default();
        let mut comment = None;
        let mut forged: Vec<String> = Vec::new();
        let tag = node.query_or(None, |inner| match &inner.data {
            NodeData::Element(element) => {
                for attribute in &element.attrs {
                    let value: &str = &attribute.value;
                    let short = || dom::head(value, 300);
                    match &*attribute.name.local {
                        "class" | "role" | "data-testid" | "data-component" | "data-qa" => said.kinds |= kinds(short()),
                        "id" => {
                            said.kinds |= kinds(short());
                            said.id = Some(value.to_owned());
                        }
                        "name" => said.name = Some(value.to_owned()),
                        "itemprop" => said.itemprop = short().to_ascii_lowercase(),
                        "itemtype" | "typeof" => said.breadcrumb |= short().ends_with("BreadcrumbList"),
                        "property" => said.itemprop = short().trim_start_matches("schema:").to_ascii_lowercase(),
                        "rel" => said.rel = short().to_ascii_lowercase(),
                        "aria-label" => said.breadcrumb |= is_crumbs(&short().to_lowercase()),
                        name if name.starts_with(OWN_ATTRIBUTES) => forged.push(name.to_owned()),
                        _ => {}
                    }
                }
                Some(element.name.local.clone())
            }
            NodeData::Comment { contents } => {
                comment = Some(contents.to_string());
                None
            }
            _ => None,
        });
        if let Some(comment) = comment {
            if self.comments.len() < 20 && comment.len() < 20_000 {
                self.comments.push(comment);
            }
            self.silent.push(*node);
        }
        for name in forged {
            self.forged.push((*node, name));
        }
        tag.map(|tag| (tag, said))
    }

    fn meta_element(&mut self, node: &NodeRef<'a>) {
        let Some(content) = dom::attribute(node, "content") else {
            return;
        };
        if content.len() > 20_000 || self.metas.len() > 2_000 {
            return;
        }
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(names) = dom::attribute(node, attribute) {
                for name in names.split_whitespace() {
                    self.metas.push((name.to_ascii_lowercase(), content.clone()));
                }
            }
        }
    }

    fn sort(&mut self, node: NodeRef<'a>, tag: &str, said: Said) {
        if let Some(id) = said.id {
            self.ids.entry(id).or_insert(node.id);
        }
        if tag == "a"
            && let Some(name) = said.name
        {
            self.ids.entry(name).or_insert(node.id);
        }
        if said.breadcrumb || (said.kinds.has(Kinds::CRUMBS) && !matches!(tag, "body" | "html")) {
            self.breadcrumbs.push(node);
        }
        if tag == "a" {
            if said.rel.contains("author") {
                self.bylines.push(node);
            }
            if said.rel.split_whitespace().any(|rel| rel == "tag") {
                // WordPress says « category tag » for the one, « tag » for the other.
                if said.rel.contains("category") {
                    self.categories.push(node);
                } else {
                    self.tags.push(node);
                }
            }
        }
        if !said.itemprop.is_empty() {
            self.by_itemprop(node, &said.itemprop);
        }
        if !said.kinds.is_empty() {
            self.by_kind(node, tag, said.kinds);
        }
    }

    fn by_itemprop(&mut self, node: NodeRef<'a>, itemprop: &str) {
        for word in itemprop.split_whitespace() {
            match word {
                "author" | "creator" => self.bylines.push(node),
                "jobtitle" => self.functions.push(node),
                "datepublished" | "datemodified" => self.dates.push(node),
                "articlebody" | "text" => self.bodies.push(node),
                "alternativeheadline" => self.standfirsts.push(node),
                "articlesection" => self.categories.push(node),
                _ => {}
            }
        }
    }

    fn by_kind(&mut self, node: NodeRef<'a>, tag: &str, kinds: Kinds) {
        if matches!(tag, "body" | "html" | "main" | "article") {
            return;
        }
        if kinds.has(Kinds::FUNCTION) {
            self.functions.push(node);
        } else if kinds.has(Kinds::BYLINE) {
            self.bylines.push(node);
        }
        if kinds.has(Kinds::DATE) && tag != "time" {
            self.dates.push(node);
        }
        if kinds.has(Kinds::STANDFIRST) {
            self.standfirsts.push(node);
        }
        if kinds.has(Kinds::BODY) {
            self.bodies.push(node);
        }
        if kinds.has(Kinds::SECTION) {
            self.categories.push(node);
        }
        self.named.push((node, kinds));
    }
}

/// Whether an element says that it is one of these kinds.
pub(super) fn is_kind(node: &NodeRef<'_>, wanted: Kinds) -> bool {
    node.query_or(false, |inner| match &inner.data {
        NodeData::Element(element) if !matches!(&*element.name.local, "body" | "html" | "main") => element
            .attrs
            .iter()
            .any(|attribute| matches!(&*attribute.name.local, "class" | "id") && kinds(&attribute.value).has(wanted)),
        _ => false,
    })
}

fn is_crumbs(names: &str) -> bool {
    [
        "breadcrumb",
        "ariane",
        "filariane",
        "you are here",
        "vous êtes ici",
        "مسار",
    ]
    .iter()
    .any(|word| names.contains(word))
}
