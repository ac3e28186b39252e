//! Which addresses lead to the same page, and which name a work by its DOI or arXiv id.

use std::fmt::{Display, Formatter, Result};

use url::{Position, Url};

use super::percent_decode;

/// What an address has in common with every other spelling of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::compile) enum Identity {
    /// In lower case, without resolver.
    Doi(String),
    /// Without version.
    Arxiv(String),
    /// Host, path and what matters of the query.
    Page { host: String, rest: String },
}

impl Display for Identity {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        match self {
            Identity::Doi(doi) => formatter.write_str(doi),
            Identity::Arxiv(id) => write!(formatter, "arxiv:{id}"),
            Identity::Page { host, rest } => write!(formatter, "{host}{rest}"),
        }
    }
}

/// Wrappers in wrappers are unwrapped so often.
const MOST_WRAPPERS: usize = 4;
/// Last path components that only name what a server shows anyway.
const INDEX_PAGES: [&str; 10] = [
    "index.html",
    "index.htm",
    "index.php",
    "index.asp",
    "index.aspx",
    "index.jsp",
    "default.htm",
    "default.html",
    "default.asp",
    "default.aspx",
];
/// Query parameters that tell where a reader came from, not where the page is; in lower case.
const TRACKING: [&str; 50] = [
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "ab_channel",
    "cmp",
    "cmpid",
    "dclid",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "feature",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "icid",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ns_campaign",
    "ns_mchannel",
    "ocid",
    "oly_anon_id",
    "oly_enc_id",
    "ref_src",
    "ref_url",
    "s_cid",
    "scm",
    "si",
    "smid",
    "smtyp",
    "spm",
    "srsltid",
    "sr_share",
    "trk",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "wt_mc",
    "xtor",
    "yclid",
];
/// Families of such parameters.
const TRACKING_PREFIXES: [&str; 5] = ["utm_", "at_", "pk_", "mtm_", "piwik_"];

/// The identity of an absolute address, written out.
pub(in crate::compile) fn identity(address: &str) -> Option<String> {
    identify(address).map(|identity| identity.to_string())
}

/// The identity of an absolute address.
pub(in crate::compile) fn identify(address: &str) -> Option<Identity> {
    let mut url = parse(address)?;
    for _ in 0..MOST_WRAPPERS {
        match unwrap(&url) {
            Some(inner) => url = inner,
            None => break,
        }
    }
    let host = host(url.host_str()?);
    let path = percent_decode(url.path());
    if let Some(identity) = work(&host, &path) {
        return Some(identity);
    }
    if let Some(video) = youtube(&host, &url) {
        return Some(Identity::Page { host: "youtube.com".to_owned(), rest: format!("/watch?v={video}") });
    }
    let mut rest = page_path(&path).to_owned();
    rest.push_str(&query(url.query().unwrap_or_default()));
    if let Some(fragment) = url.fragment().filter(|fragment| fragment.starts_with('!')) {
        rest.push('#');
        rest.push_str(&percent_decode(fragment));
    }
    let host = match url.port() {
        None | Some(80 | 443) => host,
        Some(port) => format!("{host}:{port}"),
    };
    Some(Identity::Page { host, rest })
}

fn parse(address: &str) -> Option<Url> {
    let address = address.trim();
    // Archives write the scheme of what they keep with one slash, or leave it out.
    let rest = match address.split_once(':') {
        Some((scheme, rest))
            if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") =>
        {
            rest
        }
        _ if address.contains("://") => return Url::parse(address).ok(),
        _ => address,
    };
    let rest = rest.trim_start_matches('/');
    rest.contains('.').then(|| Url::parse(&format!("https://{rest}")).ok()).flatten()
}

/// Without the labels that name a way to serve a site, and without the dot that ends a full name.
fn host(name: &str) -> String {
    let name = name.trim_end_matches('.');
    let mut labels: Vec<&str> = name.split('.').collect();
    if labels.len() > 2 && labels.first().is_some_and(|first| matches!(*first, "www" | "www2" | "mobile")) {
        labels.remove(0);
    }
    // `m.example.org`, `en.m.wikipedia.org`
    if let Some(mobile) = labels.iter().take(2).position(|label| *label == "m")
        && labels.len() > mobile + 2
    {
        labels.remove(mobile);
    }
    labels.join(".")
}

/// What an archive keeps or a redirection leads to.
fn unwrap(url: &Url) -> Option<Url> {
    let host = host(url.host_str()?);
    if host == "google.com" && url.path() == "/url" {
        let mut pairs = url.query_pairs();
        return pairs.find(|(name, _)| matches!(&**name, "q" | "url")).and_then(|(_, value)| parse(&value));
    }
    let path = url[Position::BeforePath..].strip_prefix('/')?;
    let kept = match host.as_str() {
        "web.archive.org" | "archive.org" => path.strip_prefix("web/")?,
        "archive.ph" | "archive.today" | "archive.is" | "archive.li" | "archive.vn" | "archive.fo"
        | "archive.md" => path,
        _ => return None,
    };
    if looks_absolute(kept) {
        return parse(kept);
    }
    let (stamp, kept) = kept.split_once('/')?;
    let is_stamp = matches!(stamp, "newest" | "oldest")
        || stamp.starts_with(|c: char| c.is_ascii_digit())
        || (stamp == "o" && looks_absolute(kept.split_once('/').map_or("", |(_, rest)| rest)));
    let kept = if stamp == "o" { kept.split_once('/')?.1 } else { kept };
    is_stamp.then(|| parse(kept)).flatten()
}

fn looks_absolute(text: &str) -> bool {
    ["http:/", "https:/", "http%3", "https%3"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The work that an address names, when its host is known to name works.
fn work(host: &str, path: &str) -> Option<Identity> {
    let path = path.strip_prefix('/')?;
    if matches!(host, "doi.org" | "dx.doi.org") {
        return Some(of_doi(&super::doi(path)?));
    }
    if host == "arxiv.org" || host.ends_with(".arxiv.org") || host == "ar5iv.org" {
        let (kind, id) = path.split_once('/')?;
        return match kind {
            "abs" | "pdf" | "html" | "format" | "ps" => arxiv(id).map(Identity::Arxiv),
            _ => None,
        };
    }
    // Publishers: `/doi/10.…`, `/doi/full/10.…`
    let mut rest = path.strip_prefix("doi/")?;
    if !rest.starts_with("10.") {
        rest = rest.split_once('/')?.1;
    }
    if !rest.starts_with("10.") {
        return None;
    }
    let rest = rest.trim_end_matches('/');
    let views = ["/full", "/pdf", "/epdf", "/abstract", "/html", ".pdf"];
    let rest = views.iter().find_map(|view| rest.strip_suffix(view)).unwrap_or(rest);
    Some(of_doi(&super::doi(rest)?))
}

/// The DOIs that arXiv gives are its ids.
fn of_doi(doi: &str) -> Identity {
    match doi.strip_prefix("10.48550/arxiv.").and_then(arxiv) {
        Some(id) => Identity::Arxiv(id),
        None => Identity::Doi(doi.to_owned()),
    }
}

/// An arXiv id without its version: `2101.00001`, or `math/0309136` without the subject's class.
pub(in crate::compile) fn arxiv(written: &str) -> Option<String> {
    let written = written.trim().to_ascii_lowercase();
    let written = written.strip_prefix("arxiv:").unwrap_or(&written).trim();
    let written = written.trim_end_matches('/').trim_end_matches(".pdf");
    let written = match written.rsplit_once('v') {
        Some((id, version))
            if !version.is_empty()
                && id.ends_with(|c: char| c.is_ascii_digit())
                && version.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            id
        }
        _ => written,
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((month, number)) = written.split_once('.')
        && month.len() == 4
        && matches!(number.len(), 4 | 5)
        && are_digits(month)
        && are_digits(number)
    {
        return Some(written.to_owned());
    }
    let (archive, number) = written.split_once('/')?;
    let archive = archive.split('.').next()?;
    let is_archive =
        !archive.is_empty() && archive.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (is_archive && number.len() == 7 && are_digits(number)).then(|| format!("{archive}/{number}"))
}

/// The name of the video that an address of YouTube leads to.
fn youtube(host: &str, url: &Url) -> Option<String> {
    let mut path = url.path_segments()?.filter(|part| !part.is_empty());
    match host {
        "youtu.be" => path.next().map(str::to_owned),
        "youtube.com" | "music.youtube.com" | "youtube-nocookie.com" => match path.next()? {
            "watch" => url.query_pairs().find(|(name, _)| name == "v").map(|(_, value)| value.into_owned()),
            "embed" | "shorts" | "live" | "v" => path.next().map(str::to_owned),
            _ => None,
        },
        _ => None,
    }
}

/// Without what servers add or leave out as they like.
fn page_path(path: &str) -> &str {
    let path = path.split(";jsessionid=").next().unwrap_or(path);
    let path = path.trim_end_matches('/');
    let path = match path.rsplit_once('/') {
        Some((folder, page)) if INDEX_PAGES.iter().any(|index| index.eq_ignore_ascii_case(page)) => folder,
        _ => path,
    };
    path.strip_suffix("/amp").unwrap_or(path).trim_end_matches('/')
}

/// The parameters that tell pages apart, in the order of their names; with a question mark if there are any.
fn query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| !is_tracking(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    pairs.sort();
    pairs.dedup();
    let mut text = String::new();
    for (name, value) in pairs {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(&name);
        if !value.is_empty() {
            text.push('=');
            text.push_str(&value);
        }
    }
    text
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.is_empty()
        || TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::identity;

    #[test]
    fn spellings_of_an_address_are_one() {
        let spellings = [
            ("https://example.org/a", "http://www.example.org/a/"),
            ("https://example.org/a", "HTTPS://EXAMPLE.ORG:443/a/index.html#top"),
            ("https://example.org/a", "http://m.example.org:80/a?utm_source=x&fbclid=y"),
            ("https://example.org/a", "https://web.archive.org/web/20200101000000/http://example.org/a"),
            ("https://example.org/a", "https://web.archive.org/web/2020id_/https:/example.org/a/"),
            ("https://example.org/a", "https://archive.ph/20200101/https://example.org/a"),
            ("https://example.org/a", "https://archive.is/o/Xy1z/https://example.org/a"),
            ("https://example.org/a", "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa&sa=D"),
            ("https://example.org/a?x=1&y=2", "https://example.org/a?y=2&gclid=3&x=1"),
            ("https://example.org/caf%C3%A9", "https://example.org/café"),
            ("https://en.wikipedia.org/wiki/Light", "https://en.m.wikipedia.org/wiki/Light#History"),
            ("https://youtu.be/abc?t=5", "https://www.youtube.com/watch?list=x&v=abc"),
            ("https://www.youtube.com/embed/abc", "https://m.youtube.com/watch?v=abc&feature=share"),
            ("https://doi.org/10.1000/AbC", "http://dx.doi.org/10.1000%2Fabc"),
            ("https://doi.org/10.1000/abc", "https://journals.example.org/doi/full/10.1000/abc"),
            ("https://arxiv.org/abs/2101.00001v2", "http://arxiv.org/pdf/2101.00001.pdf"),
            ("https://arxiv.org/abs/2101.00001", "https://doi.org/10.48550/arXiv.2101.00001"),
            ("https://arxiv.org/abs/math.GT/0309136", "https://export.arxiv.org/abs/math/0309136v1"),
        ];
        for (one, other) in spellings {
            assert_eq!(identity(one), identity(other), "{one} and {other}");
            assert!(identity(one).is_some(), "{one}");
        }
    }

    #[test]
    fn other_pages_stay_apart() {
        let pages = [
            ("https://example.org/a", "https://example.org/A"),
            ("https://example.org/a", "https://example.org/a?page=2"),
            ("https://example.org/#!/a", "https://example.org/#!/b"),
            ("https://example.org/a", "https://example.org:8080/a"),
            ("https://archive.ph/AbCdE", "https://archive.ph/XyZ12"),
            ("https://youtu.be/abc", "https://youtu.be/abd"),
            ("https://m.co/a", "https://n.co/a"),
            ("https://arxiv.org/list/cs/new", "https://arxiv.org/list/cs/recent"),
        ];
        for (one, other) in pages {
            assert_ne!(identity(one), identity(other), "{one} and {other}");
        }
    }
}
